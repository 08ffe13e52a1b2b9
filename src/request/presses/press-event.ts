import type { Services } from '../../actions/services.ts'
import type { Action, ActionState } from '../../domain/action.ts'
import { againKey, askedEvent, onceEvent, overrideEvent } from '../../domain/once.ts'
import type { Request } from '../../domain/request.ts'

/** Ends after which the same may be asked for again. */
const cameToNothing: readonly ActionState[] = ['refused', 'failed', 'cancelled', 'expired']

/** The events of orders in the place of one that came to nothing: by the buttons under it, or by the same one again. */
const insteadOf = (id: string) => [askedEvent(id), overrideEvent(id), onceEvent(againKey(id))]

/**
 * The request of a press on a button that gives one order, under the event of the order that it leads to: the first, or
 * the one after those that came to nothing, however they were asked for. A press that comes twice leads to its own.
 */
export async function pressedRequest({ storage }: Services, request: Request): Promise<Request> {
  const { tenantId, input, eventId } = request
  if (input.kind !== 'order' || input.pressId === undefined) return request
  const first = await storage.ledger.findByEvent(tenantId, eventId)
  if (!first) return request
  let last = first
  for (const open: Action[] = [first]; ; ) {
    const known = open.shift()
    if (!known) return { ...request, eventId: onceEvent(againKey(last.id)) }
    const isOver = cameToNothing.includes(known.state) && known.origin?.pressId !== input.pressId
    if (!isOver) return { ...request, eventId: known.eventId }
    const others = await Promise.all(insteadOf(known.id).map((each) => storage.ledger.findByEvent(tenantId, each)))
    open.push(...others.filter((each) => each !== null))
    last = known
  }
}
