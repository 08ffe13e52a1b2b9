import type { Arguments, ParsedOrder } from '../domain/command-spec.ts'
import { nextTimes } from '../domain/recurrence.ts'
import { sayRecurrence } from '../domain/say-recurrence.ts'
import { scheduleButtons, scheduleWhat } from '../domain/say-schedule.ts'
import type { Schedule } from '../domain/schedule.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { commandName } from './done-to.ts'
import { scheduleWords } from './words/schedule.ts'

/** Times that are read back. */
const mostTimes = 3
/** Schedules that one person may have open. */
export const mostSchedules = 50

/** The order that a schedule gives. */
export function wrappedOrder(args: Arguments): ParsedOrder | null {
  const { run } = args
  return typeof run === 'object' ? { command: run.command, args: run.args } : null
}

/** `Prochaines fois : …`: when it comes next, in the reader's own time. */
export async function nextLine(cron: string, timeZone: string, after: number): Promise<Phrase> {
  const times = await nextTimes(cron, timeZone, after, mostTimes)
  if (times.length === 0) return phrase('schedule.next.none')
  const items = times.map((at) => ({ kind: 'time', at, as: 'date' }) as const)
  return phrase('schedule.next', { times: { kind: 'list', items } })
}

/** A look where it matters most, which everybody may repeat: what it repeats is not weighed where examples are. */
function exampleFor({ services: [service] }: Knowledge): Arguments | null {
  const places = service?.targets.map((target) => target.environment) ?? []
  const environment = places.find((each) => each === 'production') ?? places[0]
  if (!service || environment === undefined) return null
  return { cron: '0 9 * * 1', run: { command: 'status', args: { service: service.name, environment } } }
}

async function make(context: CommandContext, args: Arguments): Promise<Outcome> {
  const { action, tenant, schedules } = context
  const order = wrappedOrder(args)
  if (!order) throw new TypeError('a schedule was made of nothing')
  const cron = text(args, 'cron')
  const [nextDueAt] = await nextTimes(cron, tenant.timeZone, context.now(), 1)
  const failed = (title: Phrase): Outcome => ({ result: 'failed', changed: false, answer: { kind: 'outcome', title } })
  if (nextDueAt === undefined) return failed(phrase('schedule.never'))
  const mine = await schedules.list({ ownerId: action.userId, limit: mostSchedules + 1 })
  if (mine.length >= mostSchedules && !mine.some(({ id }) => id === action.id)) {
    return failed(phrase('schedule.tooMany', { n: mostSchedules }))
  }
  const schedule: Schedule = {
    tenantId: tenant.id,
    id: action.id,
    number: action.number,
    ownerId: action.userId,
    order,
    language: action.language,
    cron,
    timeZone: tenant.timeZone,
    place: action.place,
    state: 'active',
    nextDueAt,
    lastRunAt: null,
    createdAt: context.now(),
  }
  await schedules.create(schedule)
  const words = { ...scheduleWhat(schedule, context.describe), zone: tenant.timeZone }
  return {
    result: 'done',
    changed: true,
    answer: {
      kind: 'outcome',
      title: phrase('schedule.made', words),
      lines: [await nextLine(cron, tenant.timeZone, context.now()), phrase('schedule.rights')],
      buttons: scheduleButtons(schedule, context.describe),
    },
    details: { cron, zone: tenant.timeZone, order: context.say(order.command, order.args).slice(0, 500) },
  }
}

export const schedule: Command = {
  words: scheduleWords,
  theme: 'schedules',
  timeLimitMs: 30_000,
  example: exampleFor,
  subject: () => ({ environment: null, resources: [] }),
  describe: (args, _knowledge, other) => {
    const order = wrappedOrder(args)
    const when = typeof args.cron === 'string' ? sayRecurrence(args.cron) : ''
    return phrase('action.schedule', {
      action: order ? (other ?? (({ command }) => commandName(command)))(order) : '',
      when,
    })
  },
  run: make,
}
