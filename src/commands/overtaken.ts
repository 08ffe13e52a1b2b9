import type { Action } from '../domain/action.ts'
import type { ServiceTarget } from '../domain/catalogue.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext, Knowledge, Outcome } from './command.ts'
import { orderedTarget } from './service-order.ts'

/** Commands that set which version of a service runs. */
const versioning: readonly string[] = ['deploy', 'rollback']

const places = ['environment', 'clusterId', 'namespace', 'deployment'] as const

/** Sets an order which version runs there? */
export const setsVersion = ({ command }: Action): boolean => versioning.includes(command)

/**
 * The order that changed a target after this one did: the one that the target itself names, else the newest that fits.
 * `null` = it was none of NOX's, as far as it can be told.
 * @param lastActionId what the target was last changed by
 */
export async function overtaker(
  context: CommandContext,
  target: ServiceTarget,
  kind: (order: Action) => boolean,
  fits: (order: Action) => boolean,
  lastActionId: string | null = null,
): Promise<Action | null> {
  const isThere = (order: Action) => kind(order) && isAt(context.knowledge, order, target)
  const marked = lastActionId === null || lastActionId === context.action.id ? null : await context.order(lastActionId)
  if (marked && isThere(marked) && !wasOver(marked, context.action)) return marked
  return (await context.ordersSince()).find((order) => isThere(order) && fits(order)) ?? null
}

/** Had an order ended before another began? Then its mark came back with its revision. */
const wasOver = ({ finishedAt }: Action, { startedAt, createdAt }: Action): boolean =>
  finishedAt !== null && finishedAt < (startedAt ?? createdAt)

function isAt(knowledge: Knowledge, { args }: Action, target: ServiceTarget): boolean {
  try {
    const there = orderedTarget(knowledge, args).target
    return places.every((place) => there[place] === target[place])
  } catch {
    // It names what is gone from the catalogue.
    return false
  }
}

/** ` (#142, Carol)`, behind what it went to; nothing where nobody knows who it was. */
export async function byWhom(context: CommandContext, order: Action | null): Promise<Phrase | ''> {
  if (!order) return ''
  return phrase('state.replaced.by', { n: String(order.number), person: await context.nameOf(order.userId) })
}

/** How an order ends that another took over from. @param to what stands now */
export const replacedOutcome = (title: Phrase, to: string | number, by: Action | null): Outcome => ({
  result: 'cancelled',
  changed: true,
  answer: { kind: 'outcome', title },
  details: { replacedBy: to, ...(by ? { order: by.number } : {}) },
})
