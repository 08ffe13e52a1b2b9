import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { name } from './arbitrary-order.ts'
import { parser } from './understands.ts'

const listIn = (text: string) =>
  parser.parse(text).list?.map(({ command, args }) => [command, args.service ?? args.target, args.environment])

describe('a list among other orders', () => {
  it.each([
    [
      'déploie web et user-api en staging puis montre les logs de web',
      [
        ['deploy', 'web', 'staging'],
        ['deploy', 'user-api', 'staging'],
        ['logs', 'web', undefined],
      ],
    ],
    [
      'deploy web v2 to dev and staging, then status web',
      [
        ['deploy', 'web', 'development'],
        ['deploy', 'web', 'staging'],
        ['status', 'web', undefined],
      ],
    ],
  ])('%s', (text, orders) => {
    expect(listIn(text)).toEqual(orders)
    expect(parser.parse(text).orders).toBeUndefined()
  })

  it.each(['restart web v2\nstatus web and api', 'redémarre web et api tralala'])('are not in: %j', (text) => {
    expect(parser.parse(text).list).toBeUndefined()
  })
})

describe('several environments in one order', () => {
  it.each([
    ['déploie web v2.4.0 en staging et en prod', 'deploy', ['staging', 'production']],
    ['deploy web to dev and staging', 'deploy', ['development', 'staging']],
    ['restart web in staging, dev and production please', 'restart', ['staging', 'development', 'production']],
    ['status web en préprod et en production', 'status', ['staging', 'production']],
    ['passe web à 3 réplicas en staging et en dev', 'scale', ['staging', 'development']],
  ])('%s', (text, command, environments) => {
    expect(listIn(text)).toEqual(environments.map((each) => [command, 'web', each]))
    expect(parser.parse(text)).toMatchObject({ command: null, args: {}, missing: [] })
  })
})

describe('several names in one order, each with a value of its own', () => {
  const valuesIn = (text: string) =>
    parser
      .parse(text)
      .list?.map(({ args }) => [args.service, args.tag ?? args.branch ?? args.replicas ?? args.since, args.environment])

  it.each([
    [
      'déploie web v2.4.1 et user-api v2.4.0 en staging',
      [
        ['web', 'v2.4.1', 'staging'],
        ['user-api', 'v2.4.0', 'staging'],
      ],
    ],
    [
      'please deploy web v2.4.1, user-api branch feature/auth and billing v2 to prod, thanks',
      [
        ['web', 'v2.4.1', 'production'],
        ['user-api', 'feature/auth', 'production'],
        ['billing', 'v2', 'production'],
      ],
    ],
    [
      'déploie web v2.4.1 en staging et user-api v2.4.0 en prod',
      [
        ['web', 'v2.4.1', 'staging'],
        ['user-api', 'v2.4.0', 'production'],
      ],
    ],
    [
      'scale web to 3 and user-api to 2 in staging',
      [
        ['web', 3, 'staging'],
        ['user-api', 2, 'staging'],
      ],
    ],
    [
      'logs web depuis 1h et user-api depuis 2h',
      [
        ['web', 'PT1H', undefined],
        ['user-api', 'PT2H', undefined],
      ],
    ],
  ])('%s', (text, values) => {
    expect(valuesIn(text)).toEqual(values)
    expect(parser.parse(text)).toMatchObject({ command: null, args: {} })
  })

  it.each([
    'ne déploie pas web v2.4.1 et api v2.4.0 en staging',
    'déploie web v2.4.1 et pas api v2.4.0 en staging',
    'déploie web v2.4.1 en staging et api v2.4.0',
    'déploie web v2.4.1 et web v2.4.0 en staging',
    'déploie web v2.4.1 et fais un café',
    'si ça plante, déploie web v2.4.1 et api v2.4.0 en staging',
    "j'ai déployé web v2.4.1 et api v2.4.0 en staging",
    'crée un ticket déploie web v2.4.1 et api v2.4.0',
  ])('are not in: %s', (text) => {
    expect(parser.parse(text).list).toBeUndefined()
    expect(parser.parse(text).orders).toBeUndefined()
  })
})

describe('several names in one order', () => {
  it.each([
    ['déploie web et web-b en staging', 'deploy', ['web', 'web-b'], 'staging'],
    ['déploie web-b et web en staging', 'deploy', ['web-b', 'web'], 'staging'],
    ['deploy web and web-b to staging', 'deploy', ['web', 'web-b'], 'staging'],
    ['redémarre web, web-b et web-b-c en prod', 'restart', ['web', 'web-b', 'web-b-c'], 'production'],
    ['restart web, web-b, and web-b-c in prod', 'restart', ['web', 'web-b', 'web-b-c'], 'production'],
    ['salut @NOX, redémarre le service web et l’api stp', 'restart', ['web', 'api'], undefined],
    ['please restart web & api, thanks', 'restart', ['web', 'api'], undefined],
    ['logs web et web-b', 'logs', ['web', 'web-b'], undefined],
    ['sauvegarde orders et client-Z', 'backup', ['orders', 'client-Z'], undefined],
    ['redémarre les services web et web-b en staging', 'restart', ['web', 'web-b'], 'staging'],
    ['restart services web, api', 'restart', ['web', 'api'], undefined],
    ['restart the web and api services in staging', 'restart', ['web', 'api'], 'staging'],
    ['redémarre web, web et api', 'restart', ['web', 'api'], undefined],
  ])('%s', (text, command, names, environment) => {
    expect(listIn(text)).toEqual(names.map((each) => [command, each, environment]))
    // By itself it orders nothing: whoever knows the tenant decides.
    expect(parser.parse(text)).toMatchObject({ command: null, args: {}, missing: [] })
  })

  it.each([
    'ne redémarre pas web et api',
    "don't deploy web and web-b to staging",
    "j'ai redémarré web et api",
    'Paul, redémarre web et api',
    'si ça plante, redémarre web et api',
    'redémarre web et web',
    'redémarre web api',
    'redémarre les services web',
    'redémarre tous les services',
    'redémarre services et web',
    'logs et pods de web',
    'deploy web v2 and the api to staging',
    'déploie web en staging et pas en prod',
    'deploy web to staging and not to prod',
    'déploie web en staging et demain en prod',
    'deploy web to staging, and to prod if it works',
    'déploie web et api en staging et en prod',
    'déploie web et redémarre api',
    'crée un ticket web et api tombent',
    'invite bob et carol',
    'salut et merci',
  ])('are not in: %s', (text) => {
    expect(parser.parse(text).list).toBeUndefined()
  })

  it('are each the order that they make alone, in their order, whatever names contain one another', () => {
    const family = name.chain((stem) =>
      fc.uniqueArray(fc.constantFrom(stem, `${stem}-b`, `${stem}b`, `a${stem}`, `${stem}-b-c`), {
        minLength: 2,
        maxLength: 5,
      }),
    )
    const names = fc.oneof(family, fc.uniqueArray(name, { minLength: 2, maxLength: 6 }))
    const frame = fc
      .constantFrom(
        ['déploie ', ' et ', ' en staging'],
        ['déploie ', ', et ', ' en production stp'],
        ['redémarre ', ' et ', ''],
        ['@NOX logs de ', ' et ', ' en staging'],
        ['deploy ', ' and ', ' to staging'],
        ['please restart ', ', and ', ' in production, thanks'],
        ['scale ', ' and ', ' to 3'],
        ['show logs of ', ' & ', ' in staging'],
      )
      .map(([before = '', and = '', after = '']) => ({ before, and, after }))
    fc.assert(
      fc.property(names, frame, (given, { before, and, after }) => {
        const list = `${given.slice(0, -1).join(', ')}${and}${given.at(-1)}`
        const text = `${before}${list}${after}`
        const alone = given.map((each) => parser.parse(`${before}${each}${after}`))
        expect(
          alone.map(({ args }) => args.service),
          text,
        ).toEqual(given)
        const { language } = parser.parse(text)
        expect(parser.parse(text).list, text).toEqual(alone.map((each) => ({ ...each, language })))
      }),
      { numRuns: 400 },
    )
  })
})
