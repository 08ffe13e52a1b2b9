import { quotaClaim, quotaPeriods } from '../actions/quota.ts'
import type { Services } from '../actions/services.ts'
import type { OrderOrigin } from '../domain/origin.ts'
import type { Request } from '../domain/request.ts'
import type { NewAction } from '../storage/types/ledger.ts'
import type { Planned } from './make-plan.ts'
import type { Writer } from './words/not-understood.ts'
import type { Reading } from './words/read-order.ts'

/** What was read and planned, under the id of its action. */
export interface Drafted {
  readonly reading: Reading
  readonly planned: Planned
  readonly actionId: string
}

/** An order as the ledger takes it. */
export function newAction(
  services: Services,
  { snapshot, member }: Writer,
  request: Request,
  { reading, planned, actionId }: Drafted,
): NewAction {
  const name = reading.kind === 'told' ? reading.command : reading.order.command
  const command = services.findCommand(name)
  const { tenant } = snapshot.knowledge
  const now = services.now()
  const runs = planned.plan.kind === 'run' && command !== undefined
  return {
    tenantId: request.tenantId,
    id: actionId,
    eventId: request.eventId,
    memberId: member.id,
    userId: request.userId,
    place: request.place,
    command: name,
    args: planned.args,
    language: reading.language,
    environment: planned.environment,
    resource: planned.resource,
    plan: planned.plan,
    origin: originOf(request, planned),
    quota: runs ? quotaClaim(services, command, tenant, member) : null,
    tellsUsed: runs && command.tellsUsed ? quotaPeriods(now, tenant) : null,
    now,
    leaseMs: services.leaseMs,
  }
}

const originOf = ({ input }: Request, { origin }: Planned): OrderOrigin | null =>
  input.kind === 'order' && input.pressId !== undefined ? { ...origin, pressId: input.pressId } : origin
