import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import { createSayer, toContractJson } from '../../src/language/index.ts'
import { argumentsOf, orderOf } from './arbitrary-order.ts'
import { parser } from './understands.ts'

const say = createSayer(allWords)
const language = fc.constantFrom('fr', 'en')

describe.each(allWords.filter(({ name }) => name !== 'schedule'))('$name', (command) => {
  it('is read back as it was said', () => {
    fc.assert(
      fc.property(argumentsOf(command), language, (args, spoken) => {
        const said = say(command.name, args, spoken)
        expect(parser.parse(said, { defaultLanguage: spoken }), said).toMatchObject({
          command: command.name,
          args,
          corrections: [],
        })
        expect(Object.keys(parser.parse(said).args).sort(), said).toEqual(Object.keys(args).sort())
      }),
      { numRuns: 60 },
    )
  })
})

const order = orderOf(allWords)
const simple = orderOf(
  allWords.filter((command) => command.arguments.every(({ kind }) => kind !== 'rest' && kind !== 'quoted')),
)
const write = orderOf(allWords.filter(({ effect }) => effect === 'write'))
const result = (text: string) => toContractJson(parser.parse(text))
const same = (said: string, other: string) => expect(result(other), `${said} ↔ ${other}`).toEqual(result(said))

describe('any order', () => {
  it('is the same in a schedule', () => {
    const cron = fc.constantFrom(
      '0 9 * * 1',
      '*/15 * * * *',
      '30 18 * * *',
      '0 7 1 * *',
      '0 8 * * 1-5',
      '5 0,12 * * 0,6',
    )
    fc.assert(
      fc.property(order, cron, language, ({ command, args }, when, spoken) => {
        const said = say('schedule', { cron: when, run: { command, args } }, spoken)
        expect(parser.parse(said, { defaultLanguage: spoken }), said).toMatchObject({
          command: 'schedule',
          args: { cron: when, run: { command, args } },
          missing: [],
        })
      }),
      { numRuns: 400 },
    )
  })

  it('is the same whatever spaces, politeness, mentions and emoji stand around it', () => {
    const before = fc.constantFrom(
      '  ',
      '\n',
      '<@U0NOX> ',
      '@NOX ',
      'hey @nox, ',
      'stp ',
      'please ',
      'ok ',
      '👋 ',
      ':wave: ',
      'bonjour, ',
    )
    const after = fc.constantFrom(
      '  ',
      '\n',
      ' <@U0NOX>',
      ' 🙏',
      ' :rocket:',
      ' stp',
      ' please',
      ', merci',
      '!',
      ' svp !',
      ' <@U0NOX|nox>',
    )
    fc.assert(
      fc.property(simple, language, before, after, ({ command, args }, spoken, start, end) => {
        const said = say(command, args, spoken)
        const { language: _, ...rest } = result(said) as { language: string }
        expect(result(`${start}${said}${end}`), `${start}${said}${end}`).toMatchObject(rest)
      }),
      { numRuns: 800 },
    )
  })

  it('is the same without accents, in capitals and with curly quotes', () => {
    fc.assert(
      fc.property(order, language, ({ command, args }, spoken) => {
        const said = say(command, args, spoken)
        const opening = /^[^-"\d]*? /.exec(said)?.[0] ?? ''
        same(said, `${opening.toUpperCase()}${said.slice(opening.length)}`)
        same(said, `${opening.normalize('NFD').replace(/\p{M}/gu, '')}${said.slice(opening.length)}`)
        same(said, said.normalize('NFC').replaceAll("'", '’'))
      }),
      { numRuns: 500 },
    )
  })

  it("is the same in Slack's encodings", () => {
    fc.assert(
      fc.property(order, language, ({ command, args }, spoken) => {
        const said = say(command, args, spoken)
        const encoded = said.replaceAll('&', '&amp;').replace(/\S+@acme\.fr/g, (mail) => `<mailto:${mail}|${mail}>`)
        same(said, encoded)
      }),
      { numRuns: 500 },
    )
  })

  it('changes nothing where it is negated, told, supposed or forbidden', () => {
    const before = fc.constantFrom(
      ...["don't ", 'do not ', 'never ', 'please do not ', 'ne ', 'surtout ne pas ', 'il ne faut pas ', 'ne pas '],
      ...['je vais ', "j'ai ", 'I will ', 'we should ', 'si tu ', 'if you ', 'pourquoi ', 'why ', 'faut-il '],
    )
    fc.assert(
      fc.property(write, language, before, ({ command, args }, spoken, start) => {
        expect(parser.parse(start + say(command, args, spoken)), start + say(command, args, spoken)).toMatchObject({
          command: null,
          args: {},
        })
      }),
      { numRuns: 1500 },
    )
  })
})

describe('any text', () => {
  const words = fc.constantFrom(
    ...[
      'deploy',
      'déploie',
      'logs',
      'every',
      'chaque',
      'lundi',
      'à 9h',
      '"',
      "'",
      '`',
      '```',
      '<',
      '>',
      '<@U1>',
      '&amp;',
    ],
    ...[
      '--',
      '--env',
      '—',
      '-e',
      'ne',
      'pas',
      'if',
      ',',
      ':',
      '?',
      '\n',
      'ticket',
      'incident',
      'in',
      'Notion',
      'prod',
      '42',
    ],
    ...[
      '🚀',
      ':x:',
      'v1.2',
      'user-api',
      "l'",
      '\\',
      '«',
      '»',
      '(',
      '*',
      '_',
      '\u0000',
      '\ud800',
      'OPS-1',
      'depuis',
      '2h',
    ],
  )
  it('never throws and is always answered in full', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(words, { maxLength: 60 }).map((each) => each.join(' ')),
      fc.array(words, { maxLength: 60 }).map((each) => each.join('')),
    )
    fc.assert(
      fc.property(text, (written) => {
        const parsed = result(written) as Record<string, unknown>
        expect(Object.keys(parsed).slice(0, 5)).toEqual(['command', 'args', 'missing', 'language', 'corrections'])
        if (parsed.command === null) expect(parsed.args).toEqual({})
        expect(() => JSON.stringify(parsed)).not.toThrow()
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a text of 40,000 characters', () => {
  const pieces = fc.constantFrom(
    ...[
      'deploy ',
      'déploie ',
      'logs ',
      'de la ',
      'every ',
      'day ',
      'à 9h ',
      ':',
      '"',
      '\\',
      "l'",
      '`',
      '<',
      '>',
      '&amp;',
      '<@U1>',
    ],
    ...[
      '- ',
      '--env ',
      '--title ',
      ', ',
      '. ',
      '? ',
      '\n',
      '🚀',
      'é',
      'ticket ',
      'OPS-1 ',
      'mets ',
      'en ',
      'passe ',
      '5 ',
      'can ',
    ],
    ...['cherche ', 'dans ', 'notion ', 'deplooy ', 'a', 'x-', 'v1.', 'service ', 'si ', 'ne ', '«', '(', '*', '@nox '],
  )
  // The figure is the bench's (`npm run bench -- --only parse`); growth that is not linear would outlast the runner's limit.
  it('comes to an end, whatever is repeated in it', () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 5 }), (repeated) => {
        const piece = repeated.join('')
        const text = piece.repeat(Math.ceil(40_000 / piece.length)).slice(0, 40_000)
        expect(parser.parse(text).args, piece).toBeTypeOf('object')
      }),
      { numRuns: 150 },
    )
  })
})
