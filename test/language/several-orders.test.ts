import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import { createSayer } from '../../src/language/index.ts'
import { orderOf } from './arbitrary-order.ts'
import { parser } from './understands.ts'

const say = createSayer(allWords)
const plain = allWords.filter(({ arguments: specs }) => specs.every(({ kind }) => kind !== 'rest' && kind !== 'quoted'))
const order = orderOf(plain)
const write = orderOf(plain.filter(({ effect }) => effect === 'write'))
const language = fc.constantFrom('fr', 'en')
const separator = fc.constantFrom(
  '\n',
  '; ',
  ' puis ',
  ' et puis ',
  ', ensuite ',
  ' then ',
  ' and then ',
  '\n\n- ',
  ';\n',
)
const ordersIn = (text: string) => parser.parse(text).orders?.map(({ command, args }) => ({ command, args }))

describe('several orders in one message', () => {
  it.each([
    ['déploie user-api en staging puis affiche les logs', ['deploy', 'logs']],
    ['bonjour @NOX,\nlogs billing\nstatus web\nmerci', ['logs', 'status']],
    ['1. logs billing\n2. status web', ['logs', 'status']],
    ['- logs billing\n- status web', ['logs', 'status']],
    ['logs billing contenant "a puis b" puis status web', ['logs', 'status']],
    ['logs billing puis crée un ticket la base tombe puis redémarre web', ['logs', 'ticket.create']],
    ['create ticket "a; b then c"; logs billing', ['ticket.create', 'logs']],
  ])('%s', (text, commands) => {
    expect(parser.parse(text).orders?.map(({ command }) => command)).toEqual(commands)
    const suggestions = [...new Set(commands)].slice(0, 3)
    expect(parser.parse(text)).toMatchObject({ command: null, args: {}, corrections: [], suggestions })
  })

  it.each([
    'puis-je déployer en prod ?',
    'crée un ticket la base tombe puis redémarre billing',
    'cherche timeout puis logs billing dans Notion',
    'alias x = logs billing puis status',
    'crée un ticket :\nredémarre billing\nlogs web',

    'ne déploie pas billing puis redémarre billing',
    'si ça plante puis redémarre billing',
    "j'ai redémarré billing puis déploie user-api",
    'deploy billing to prod\nrestart billing in prod if needed',
    'chaque lundi à 9h logs billing puis status',
    '> logs billing\nstatus',
    '```\nlogs billing\nstatus web\n```',
    'logs billing puis',
    '; ; ;',
  ])('are not in: %s', (text) => {
    expect(parser.parse(text).orders).toBeUndefined()
  })

  it('are each read as they are alone, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(order, separator), { minLength: 2, maxLength: 10 }), language, (given, spoken) => {
        const orders = given.map(([each]) => each)
        const text = given
          .map(([{ command, args }, mark], at) => say(command, args, spoken) + (at < given.length - 1 ? mark : ''))
          .join('')
        expect(ordersIn(text), text).toEqual(orders)
      }),
      { numRuns: 300 },
    )
  })

  it('are none where one of them is negated, told, supposed or forbidden', () => {
    const before = fc.constantFrom("don't ", 'never ', 'ne ', 'il ne faut pas ', 'je vais ', "j'ai ", 'si tu ', 'why ')
    fc.assert(
      fc.property(
        order,
        write,
        before,
        separator,
        fc.boolean(),
        language,
        (one, other, start, mark, isFirst, spoken) => {
          const negated = start + say(other.command, other.args, spoken)
          const said = say(one.command, one.args, spoken)
          const text = isFirst ? negated + mark + said : said + mark + negated
          expect(parser.parse(text).orders, text).toBeUndefined()
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('a word of a team', () => {
  const aliases = new Map([
    ['zmep', 'deploy --env production'],
    ['deux', 'zmep'],
    ['lb', 'logs billing'],
  ])
  const parse = (text: string) => parser.parse(text, { aliases })

  it('is put in full where it begins an order', () => {
    expect(parse('@NOX stp zmep user-api v2.0 ?')).toMatchObject({
      command: 'deploy',
      args: { service: 'user-api', tag: 'v2.0', environment: 'production' },
      alias: { name: 'zmep', text: 'deploy --env production' },
    })
    expect(parse('ZMEP <@U0NOX> Web').args).toEqual({ service: 'Web', environment: 'production' })
    expect(parse('lb puis zmep web').orders?.map(({ command }) => command)).toEqual(['logs', 'deploy'])
  })

  it.each([
    'ne zmep pas user-api',
    "don't zmep user-api",
    'logs zmep',
    'deux user-api',
    '"zmep" user-api',
    '`zmep` web',
  ])('is left as it is in: %s', (text) => {
    const { command, alias } = parse(text)
    expect(alias).toBeUndefined()
    expect(command === null || command === 'logs').toBe(true)
  })

  it('keeps the people and channels that a message names', () => {
    expect(parse('zmep web <@U123>').command).not.toBe('can')
    const history = new Map([['hist', 'historique des déploiements de']])
    expect(parser.parse('hist <@U123>', { aliases: history })).toMatchObject({
      command: 'audit',
      args: { actor: 'U123' },
    })
  })
})
