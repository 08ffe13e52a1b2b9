import fc from 'fast-check'

const tricks = [
  '<!channel>',
  '<!here|x>',
  '<@U123>',
  '<#C1|x>',
  '<https://evil.example|safe.example>',
  '&lt;!channel&gt;',
  '@channel',
  '`',
  '```',
  '*bold*',
  '_x_',
  '~x~',
  '> quote',
  ':white_check_mark:',
  '\n✅ *Approuvé*',
  '\u202egnp.exe',
  '\u2066',
  '\u200b`\u200b',
  '\u0000',
  '\ud800',
  '👩‍💻',
  '|',
  '^',
  '𝕏'.repeat(200),
  'https://example.com/a',
  ' ',
]

/** Text as an attacker writes it: Slack's own tokens, marks, invisible characters, at any length. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...tricks), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 12 })
    .map((parts) => parts.join('')),
  fc.constantFrom(...tricks).map((trick) => trick.repeat(1_500)),
)
