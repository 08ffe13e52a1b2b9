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
const joint = fc.constantFrom(' et ', ' and ', ', et ', ', ')
const ordersIn = (text: string) => parser.parse(text).orders?.map(({ command, args }) => ({ command, args }))

describe('orders that `et` joins, each with its verb', () => {
  it.each([
    ['redémarre user-api en staging et montre ses logs', ['restart', 'logs']],
    ['restart user-api in staging and show me its logs, please', ['restart', 'logs']],
    ['peux-tu redémarrer web en staging et afficher ses logs stp ?', ['restart', 'logs']],
    ['redémarre web en staging, déploie api v2 et montre les logs', ['restart', 'deploy', 'logs']],
    ['status web et logs user-api', ['status', 'logs']],
    ['sauvegarde client-Z et redémarre web en staging', ['backup', 'restart']],
    ['redémarre user-api en staging et crée un ticket web est lent et lourd', ['restart', 'ticket.create']],
    ['approuve 12 et refuse 13', ['approve', 'deny']],
  ])('%s', (text, commands) => {
    expect(parser.parse(text).orders?.map(({ command }) => command)).toEqual(commands)
    expect(parser.parse(text)).toMatchObject({ command: null, args: {}, corrections: [] })
  })

  it.each([
    'puis-je redémarrer web et déployer api ?',
    'qui a déployé web et redémarré api ?',
    'comment redémarrer web et déployer api',
    'ne redémarre pas web et déploie api',
    'redémarre web et ne déploie pas api',
    "j'ai redémarré web et déployé api",
    'Paul, redémarre web et déploie api',
    'si ça plante, redémarre web et déploie api en staging',
    'redémarre web en staging et déploie api si les tests passent',
    'redémarre web en staging et déploie api demain à 9h',
    'tous les jours à 9h redémarre web et montre ses logs',
    'redémarre web, déploie api en staging et redémarre billing en prod',
    'annule et redéploie web v2.4.0 en staging',
    'annule le déploiement de web et redéploie la v2.4.0',
    'logs et pods de web',
    'déploie web en staging et dis-moi quand c’est fini',
    'redémarre et',
  ])('are not in: %s', (text) => {
    expect(parser.parse(text).orders).toBeUndefined()
  })

  it.each([
    ['redémarre web et déploie api v2 en staging', 'redémarre web', 'redémarre web en staging', 'staging'],
    [
      'please restart web and deploy api v2 to prod',
      'please restart web',
      'please restart web in production',
      'production',
    ],
  ])('share the environment that one of them says, as a reading to confirm: %s', (text, from, to, environment) => {
    const [first, second] = parser.parse(text).orders ?? []
    expect(first).toMatchObject({ command: 'restart', args: { environment }, missing: [], corrections: [{ from, to }] })
    expect(second).toMatchObject({ command: 'deploy', args: { environment }, corrections: [] })
  })

  it('are no other orders than they are alone', () => {
    fc.assert(
      fc.property(order, order, joint, language, (one, other, mark, spoken) => {
        const text = say(one.command, one.args, spoken) + mark + say(other.command, other.args, spoken)
        const found = parser.parse(text).orders
        if (found?.every(({ corrections }) => corrections.length === 0)) {
          expect(ordersIn(text), text).toEqual([one, other])
        }
      }),
      { numRuns: 600 },
    )
  })

  it('are none where one of them is negated, told, supposed or forbidden', () => {
    const before = fc.constantFrom("don't ", 'never ', 'ne ', 'il ne faut pas ', 'je vais ', "j'ai ", 'si tu ', 'why ')
    fc.assert(
      fc.property(write, write, before, joint, fc.boolean(), language, (one, other, start, mark, isFirst, spoken) => {
        const negated = start + say(other.command, other.args, spoken)
        const said = say(one.command, one.args, spoken)
        const text = isFirst ? negated + mark + said : said + mark + negated
        expect(parser.parse(text).orders, text).toBeUndefined()
        expect(parser.parse(text).list, text).toBeUndefined()
      }),
      { numRuns: 600 },
    )
  })
})
