import type { Services } from '../../actions/services.ts'
import type { ActionState } from '../../domain/action.ts'
import { againKey, onceEvent } from '../../domain/once.ts'
import type { Request } from '../../domain/request.ts'

/** Ends after which the same may be asked for again. */
const cameToNothing: readonly ActionState[] = ['refused', 'failed', 'cancelled', 'expired']

/**
 * The request of a press on a button that gives one order, under the event of the order that it leads to: the first, or
 * the one after those that came to nothing, however they were asked for. A press that comes twice leads to its own.
 */
export async function pressedRequest({ storage }: Services, request: Request): Promise<Request> {
  const { tenantId, input } = request
  if (input.kind !== 'order' || input.pressId === undefined) return request
  let { eventId } = request
  for (;;) {
    const known = await storage.ledger.findByEvent(tenantId, eventId)
    if (!known || !cameToNothing.includes(known.state) || known.origin?.pressId === input.pressId) {
      return { ...request, eventId }
    }
    eventId = onceEvent(againKey(known.id))
  }
}
