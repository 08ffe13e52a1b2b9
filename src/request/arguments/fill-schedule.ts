import type { Services } from '../../actions/services.ts'
import { optionalText } from '../../commands/arguments.ts'
import type { Command, Knowledge } from '../../commands/command.ts'
import { notInVersion } from '../../commands/feature.ts'
import { wrappedOrder } from '../../commands/schedule.ts'
import type { Arguments, ArgumentValue } from '../../domain/command-spec.ts'
import { nextTimes } from '../../domain/recurrence.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Found, missing } from './found.ts'

/** Orders that decide on others, explain, or set NOX up are nothing to repeat. */
const never = new Set(['approve', 'words', 'schedules', 'incidents', 'team'])

/** Arguments of the order inside a schedule are asked for under this. */
const inside = 'run.'

/** The command and arguments that an order wraps; `null` where it is no schedule. */
export function wrapped(services: Services, command: Command, args: Arguments) {
  const order = command.words.name === 'schedule' ? wrappedOrder(args) : null
  const inner = order && services.findCommand(order.command)
  return order && inner ? { command: inner, args: order.args } : null
}

/** The name by which an argument is known, wherever it stands. */
export const plainArgument = (argument: string): string =>
  argument.startsWith(inside) ? argument.slice(inside.length) : argument

/** Arguments with one more, also where it belongs to the order inside. */
export function withArgument(args: Arguments, argument: string, value: ArgumentValue): Arguments {
  const order = wrappedOrder(args)
  if (!order || !argument.startsWith(inside)) return { ...args, [argument]: value }
  return { ...args, run: { ...order, args: { ...order.args, [plainArgument(argument)]: value } } }
}

/** A schedule is whole where its time can come, and the order inside names all that it needs. */
export async function fillSchedule(
  services: Services,
  args: Arguments,
  knowledge: Knowledge,
  fillInner: (command: Command, given: Arguments) => Promise<Found>,
): Promise<Found> {
  const order = wrappedOrder(args)
  if (!order) return missing(args, 'run', [])
  const command = services.findCommand(order.command)
  if (!command) return { kind: 'told', args: { ...args, run: order }, phrase: notInVersion(order.command) }
  if (never.has(command.theme) || command.words.name === 'help') {
    const next = phrase('schedule.notThis.next')
    return { kind: 'told', args: { ...args, run: order }, phrase: phrase('schedule.notThis'), next }
  }
  const found = await fillInner(command, order.args)
  const whole: Arguments = { ...args, run: { command: order.command, args: found.args } }
  if (found.kind === 'told') return { ...found, args: whole }
  if (found.kind !== 'complete') return { ...found, args: whole, argument: `${inside}${found.argument}` }
  const cron = optionalText(args, 'cron')
  if (cron === undefined) return missing(whole, 'cron', [])
  return (await whyNever(cron, knowledge.tenant.timeZone, services.now(), whole)) ?? { kind: 'complete', args: whole }
}

async function whyNever(cron: string, timeZone: string, now: number, args: Arguments): Promise<Found | null> {
  try {
    const isOurs = cron.split(' ').length === 5
    const times = isOurs ? await nextTimes(cron, timeZone, now, 1) : null
    if (times?.length === 0) return { kind: 'told', args, phrase: phrase('schedule.never') }
    if (times) return null
  } catch {
    // Croner says in English what is wrong with a line; the person hears it in their own words.
  }
  return { kind: 'told', args, phrase: phrase('schedule.badCron', { cron }) }
}
