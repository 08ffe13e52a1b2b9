import fc from 'fast-check'
import type { ArgumentSpec, Arguments, ArgumentValue, CommandWords } from '../../src/domain/command-spec.ts'

import { type DayPart, dayParts, lookBackText } from '../../src/domain/day-part.ts'

/** Names as teams give them: no word of any language. */
export const name: fc.Arbitrary<string> = fc
  .tuple(fc.stringMatching(/^[a-uw-zA-UW-Z][a-zA-Z0-9]{1,7}$/), fc.stringMatching(/^[a-z]{2,6}x[a-z]$/))
  .map(([first, second]) => `${first}-${second}`)

/** Text with words that would be orders, negations and arguments elsewhere. */
export const title: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'deploy',
        'prod',
        'ne',
        'pas',
        "don't",
        'la base',
        'OPS-12',
        'v1.2.3',
        'stop',
        'Échec',
        'R&D',
        '--env',
        '100 %',
      ],
      ...['every day at 9am', 'si', 'rollback', 'in Notion', '😀', 'type', 'priority', 'a:b', "l'API", 'user-api'],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((words) => words.join(' '))

const cron = fc.oneof(
  fc
    .record({
      minute: fc.integer({ min: 0, max: 59 }),
      hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 2 }),
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
      monthDays: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 2 }),
      which: fc.constantFrom('daily', 'weekly', 'monthly'),
    })
    .map(({ minute, hours, days, monthDays, which }) => {
      const list = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b).join(',')
      return `${minute} ${list(hours)} ${which === 'monthly' ? list(monthDays) : '*'} * ${which === 'weekly' ? list(days) : '*'}`
    }),
  fc.constantFrom('* * * * *', '*/15 * * * *', '0 * * * *', '0 */6 * * *', '0 8 * * 1-5'),
)

const values: Readonly<Record<Exclude<ArgumentSpec['kind'], 'choice' | 'order'>, fc.Arbitrary<ArgumentValue>>> = {
  name,
  environment: fc.constantFrom('production', 'staging', 'development', 'qa', 'eu-west'),
  branch: fc.oneof(
    fc.constantFrom('main', 'develop'),
    name.map((each) => `feature/${each}`),
  ),
  tag: fc.constantFrom('v1.2.3', '2.0', '2026.11.1', 'v2.3.1-rc.1'),
  sha: fc.constantFrom('a1b2c3d', '0123456789abcdef0123456789abcdef01234567'),
  duration: fc.constantFrom('PT15M', 'PT90M', 'PT1H30M', 'PT24H', 'P7D'),
  count: fc.integer({ min: 0, max: 99 }),
  lines: fc.integer({ min: 1, max: 5000 }),
  revision: fc.integer({ min: 0, max: 999 }),
  level: fc.constantFrom('error', 'warn', 'info', 'debug'),
  flag: fc.constant(true),
  quoted: title,
  rest: title,
  alias: name.map((each) => each.toLowerCase()),
  id: fc.integer({ min: 1, max: 99_999 }).map(String),
  key: fc.integer({ min: 1, max: 9999 }).map((number) => `OPS-${number}`),
  email: name.map((each) => `${each.toLowerCase()}@acme.fr`),
  actor: fc.constantFrom('U123', 'W9ABC', 'me', 'anyone'),
  cron,
  date: fc.constantFrom('2026-12-31', 'P3D'),
  action: fc.constantFrom('deploy', 'restart', 'logs', 'approve'),
  command: fc.constantFrom('deploy', 'logs', 'backup'),
}

const lookBack = fc
  .record({ part: fc.constantFrom(...(Object.keys(dayParts) as DayPart[])), isSince: fc.boolean() })
  .map(lookBackText)

const arbitraryOf = (spec: ArgumentSpec): fc.Arbitrary<ArgumentValue> => {
  if (spec.kind === 'order') throw new Error('a schedule is made by its own arbitrary')
  if (spec.name === 'since') return fc.oneof(values.duration, lookBack)
  return spec.kind === 'choice' ? fc.constantFrom(...Object.keys(spec.choices ?? {})) : values[spec.kind]
}

/** The arguments of a command: all required ones, and any of the others. */
export function argumentsOf(command: CommandWords): fc.Arbitrary<Arguments> {
  const always = command.arguments.filter((spec) => spec.required || (command.name === 'can' && spec.name === 'actor'))
  const sometimes = command.arguments.filter((spec) => !always.includes(spec))
  const pairs = (specs: readonly ArgumentSpec[], isAlways: boolean) =>
    specs.map((spec) =>
      fc.tuple(fc.constant(spec.name), arbitraryOf(spec), isAlways ? fc.constant(true) : fc.boolean()),
    )
  return fc
    .tuple(...pairs(always, true), ...pairs(sometimes, false))
    .map((given) => Object.fromEntries(given.flatMap(([name, value, isGiven]) => (isGiven ? [[name, value]] : []))))
}

/** Any order but a schedule. */
export const orderOf = (commands: readonly CommandWords[]): fc.Arbitrary<{ command: string; args: Arguments }> =>
  fc.oneof(
    ...commands
      .filter((command) => command.name !== 'schedule')
      .map((command) => argumentsOf(command).map((args) => ({ command: command.name, args }))),
  )
