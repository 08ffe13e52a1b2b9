import type { Actions } from '../../actions/index.ts'
import { stepEvent } from '../../actions/sequence.ts'
import type { Services } from '../../actions/services.ts'
import { tellExhausted } from '../../actions/tell-end.ts'
import { findService } from '../../commands/find-target.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import type { Request } from '../../domain/request.ts'
import type { Accepted, NewAction } from '../../storage/types/ledger.ts'
import { newAction } from '../new-action.ts'
import type { Writer } from './not-understood.ts'
import { planReading } from './plan-reading.ts'
import type { Reading } from './read-order.ts'
import { aboutOf } from './surroundings.ts'

/**
 * Several orders of one message: each an action of its own, all in one durable unit. The first begins; each other one
 * waits in the ledger until the one before it is done.
 */
export async function acceptSeveral(
  services: Services,
  actions: Actions,
  request: Request,
  writer: Writer,
  readings: readonly Reading[],
): Promise<void> {
  const drafts: NewAction[] = []
  const abouts: Arguments[] = []
  for (const [index, reading] of readings.entries()) {
    const step = { key: request.eventId, at: index + 1, of: readings.length }
    const actionId = services.newId()
    const before = nearest(writer, abouts, reading)
    const inMessage = { step, ...(before ? { before } : {}) }
    const planned = await planReading(services, writer, request, reading, actionId, inMessage)
    const action = newAction(services, writer, request, { reading, planned, actionId })
    const isFirst = index === 0
    drafts.push({
      ...action,
      eventId: stepEvent(step.key, step.at),
      ...(isFirst ? {} : { isQueued: true, quota: null }),
    })
    const about = aboutOf(planned.args)
    if (Object.keys(about).length > 0) abouts.push({ ...about })
  }
  const [first] = await services.storage.ledger.acceptAll(drafts)
  if (first && first.kind !== 'duplicate') begin(services, actions, first)
}

/** What the last order before was about, or the last of the same service: `… puis montre les logs de web`. */
function nearest({ snapshot }: Writer, abouts: readonly Arguments[], reading: Reading): Arguments | undefined {
  const nameOf = ({ service }: Arguments) =>
    service === undefined ? undefined : findService(snapshot.knowledge, String(service))?.name
  const named = reading.kind === 'order' ? nameOf(reading.order.args) : undefined
  const same = named === undefined ? undefined : abouts.findLast((about) => nameOf(about) === named)
  return same ?? abouts.at(-1)
}

/** What follows the acknowledgement. */
function begin(services: Services, actions: Actions, first: Exclude<Accepted, { kind: 'duplicate' }>): void {
  setImmediate(() => {
    if (first.kind === 'accepted') {
      void actions.perform(first.action)
      return
    }
    tellExhausted(services, first.action, first)
      .then(() => actions.sequences.ended(first.action))
      .catch((error: unknown) =>
        services.log.error({ err: error, action: first.action.id }, 'a used quota could not be told'),
      )
  })
}
