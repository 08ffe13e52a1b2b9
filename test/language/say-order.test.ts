import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import type { Arguments } from '../../src/domain/command-spec.ts'
import { createParser, createSayer } from '../../src/language/index.ts'

const say = createSayer(allWords)
const parser = createParser(allWords)

const orders: readonly (readonly [string, Arguments])[] = [
  ['deploy', { service: 'user-api', branch: 'feature/auth', environment: 'staging' }],
  ['deploy', { service: 'user-api', tag: 'v2.4.0', environment: 'production' }],
  ['rollback', { service: 'user-api', environment: 'production' }],
  ['restart', { service: 'billing', environment: 'staging' }],
  ['scale', { service: 'billing', replicas: 3, environment: 'staging' }],
  ['logs', { service: 'user-api', lines: 200, since: 'PT2H' }],
  ['status', {}],
  ['status', { cluster: 'prod-eu' }],
  ['pods', { service: 'user-api' }],
  ['events', { service: 'user-api' }],
  ['backup', { target: 'client-Z' }],
  ['whoami', {}],
  ['usage', {}],
  ['approve', { id: '42' }],
  ['help', { topic: 'deploy' }],
]

describe.each(['fr', 'en'] as const)('an order said in %s', (language) => {
  it.each(orders)('%s %o is read back as it is', (command, args) => {
    const said = say(command, args, language)
    expect(parser.parse(said, { defaultLanguage: language }), said).toMatchObject({ command, args, corrections: [] })
  })
})
