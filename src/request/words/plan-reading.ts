import type { Services } from '../../actions/services.ts'
import { gapOf } from '../../commands/feature.ts'
import type { ActionPlan } from '../../domain/action.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import type { OrderOrigin } from '../../domain/origin.ts'
import type { Request } from '../../domain/request.ts'
import { fillForMember } from '../arguments/fill-for-member.ts'
import { wrapped } from '../arguments/fill-schedule.ts'
import { makePlan, type Planned } from '../make-plan.ts'
import { gapRefusal, type Writer } from './not-understood.ts'
import type { Reading } from './read-order.ts'

/** Where an order stands in a message of several. */
export interface InMessage {
  readonly step: NonNullable<OrderOrigin['step']>
  /** What the order before it is about. */
  readonly before?: Arguments
}

/** What is to be done with what was read: filled from what stands around it, and decided by the rules. */
export async function planReading(
  services: Services,
  { snapshot, member }: Writer,
  request: Request,
  reading: Reading,
  actionId: string,
  inMessage?: InMessage,
): Promise<Planned> {
  const step = inMessage ? { step: inMessage.step } : {}
  const told = (plan: ActionPlan, args: Arguments = {}): Planned => {
    return { plan, args, environment: null, resource: null, origin: inMessage ? step : null }
  }
  if (reading.kind === 'told') {
    const { answer, why } = reading
    return told({ kind: 'tell', answer, result: 'refused', details: { rule: why } })
  }
  const command = services.findCommand(reading.order.command)
  if (!command) throw new TypeError('an order was read for a command that does not exist')
  const { goesOn = false, confirmed, asks, order, lender } = reading
  const does = wrapped(services, command, order.args) ?? { command, args: order.args }
  const gap = gapOf(does.command, snapshot.knowledge, does.args)
  if (gap) {
    const answer = await gapRefusal(services, { member, snapshot }, does.command, gap, actionId)
    return told({ kind: 'tell', answer, result: 'refused', details: { rule: `missing.${gap}` } }, order.args)
  }
  const channel = snapshot.channels.get(request.place.conversationId)
  const before = inMessage?.before ? { before: inMessage.before } : {}
  const filled = await fillForMember(services, member, command, order.args, snapshot.knowledge, {
    where: request,
    channel,
    goesOn,
    ...before,
  })
  // A ticket of another's message is what the shortcut is for, and harms nobody.
  const isBorrowed = request.input.kind === 'text' && request.input.isBorrowed && command.words.name !== 'ticket.create'
  const origin = { ...reading.origin, ...step, ...(isBorrowed ? { isGuess: true } : {}) }
  return makePlan(services, snapshot, member, { actionId, command, filled, origin, lender, confirmed, asks })
}
