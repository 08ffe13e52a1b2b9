/** What a Slack reference in the text stands for. */
export interface Reference {
  readonly start: number
  readonly end: number
  readonly kind: 'mention' | 'channel'
  /** The user's or the channel's id. */
  readonly id: string
}

/** A message as the person wrote it: Slack's encodings undone, invisible characters and the bot's own name taken out. */
export interface CleanText {
  readonly text: string
  readonly references: readonly Reference[]
  /** True where the message speaks to the bot by name. */
  readonly mentionsBot: boolean
}

// What needs a look: Slack's marks, typographic quotes, and characters that nobody sees (tabs and newlines are seen).
const special = /[<&@‘’ʼ“”„]|(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Variation_Selector}/gu
// Slack escapes these three characters and no others.
const entities: readonly (readonly [string, string])[] = [
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
]
const straight: Readonly<Record<string, string>> = { '‘': "'", '’': "'", ʼ: "'", '“': '"', '”': '"', '„': '"' }

/** Undoes Slack's encodings in one pass over the text. */
export function cleanText(raw: string, botUserId: string): CleanText {
  const references: Reference[] = []
  let text = ''
  let mentionsBot = false
  let at = 0
  // The next `>`, looked for once and not from every `<`.
  let closing = raw.indexOf('>')
  for (;;) {
    special.lastIndex = at
    const found = special.exec(raw)
    if (!found) return { text: at === 0 ? raw : text + raw.slice(at), references, mentionsBot }
    text += raw.slice(at, found.index)
    at = found.index
    const char = found[0]
    if (char === '<') {
      if (closing !== -1 && closing < at) closing = raw.indexOf('>', at)
      const end = closing
      const inside = end === -1 ? '' : raw.slice(at + 1, end)
      if (inside === '' || inside.includes('<')) {
        text += char
        at += 1
        continue
      }
      const start = text.length
      if (isBot(inside, botUserId)) {
        mentionsBot = true
        text += ' '
      } else {
        text += readable(inside)
        const reference = referenceOf(inside)
        if (reference) references.push({ start, end: text.length, ...reference })
      }
      at = end + 1
    } else if (char === '&') {
      const entity = entities.find(([code]) => raw.startsWith(code, at))
      text += entity ? entity[1] : char
      at += entity ? entity[0].length : 1
    } else if (char === '@') {
      if (isBotName(raw, at)) {
        mentionsBot = true
        text += ' '
        at += 4
      } else {
        text += char
        at += 1
      }
    } else {
      text += straight[char] ?? (char === '\u2028' || char === '\u2029' ? '\n' : '')
      at += char.length
    }
  }
}

const isBot = (inside: string, botUserId: string): boolean =>
  inside === `@${botUserId}` ||
  inside.startsWith(`@${botUserId}|`) ||
  inside === '@U0NOX' ||
  inside.startsWith('@U0NOX|')

/** `@NOX` as typed text, not the middle of an address. */
function isBotName(raw: string, at: number): boolean {
  if (raw.slice(at, at + 4).toLowerCase() !== '@nox') return false
  const before = raw[at - 1]
  const after = raw[at + 4]
  return (
    (before === undefined || !/[\p{L}\p{N}._-]/u.test(before)) &&
    (after === undefined || !/[\p{L}\p{N}_-]/u.test(after))
  )
}

function referenceOf(inside: string): { kind: Reference['kind']; id: string } | null {
  const [target = ''] = inside.split('|')
  if (/^@[UW][A-Z0-9]+(?:_[A-Z0-9]+)?$/.test(target)) return { kind: 'mention', id: target.slice(1) }
  if (/^[#!]/.test(target)) return { kind: 'channel', id: target.slice(1) }
  return null
}

/** The text that a person saw where Slack wrote `<…>`. */
function readable(inside: string): string {
  const bar = inside.indexOf('|')
  const target = bar === -1 ? inside : inside.slice(0, bar)
  const label = bar === -1 ? '' : inside.slice(bar + 1)
  if (target.startsWith('@')) return `<${target}>`
  if (target.startsWith('#')) return `#${label || target.slice(1)}`
  if (target.startsWith('!')) return label || `@${target.slice(1)}`
  if (target.startsWith('mailto:')) return label || target.slice('mailto:'.length)
  if (/^(https?|ftp|tel|slack):/.test(target)) return unescaped(label || target)
  return `<${inside}>`
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
