import type { Actions } from '../actions/index.ts'
import { quotaClaim } from '../actions/quota.ts'
import { exhaustedAnswer } from '../actions/refusal.ts'
import type { Services } from '../actions/services.ts'
import { tellEnd } from '../actions/tell-end.ts'
import type { TenantSnapshot } from '../actions/tenant-knowledge.ts'
import type { Member } from '../domain/member.ts'
import type { Request } from '../domain/request.ts'
import type { Road } from '../domain/road.ts'
import type { Parser } from '../language/index.ts'
import type { Accepted, NewAction } from '../storage/types.ts'
import { fillArguments } from './fill-arguments.ts'
import { findMember, outsider } from './find-member.ts'
import { handlePress } from './handle-press.ts'
import { makePlan, type Planned } from './make-plan.ts'
import { type Reading, readOrder, refuseOutsider } from './read-order.ts'

/**
 * THE ROAD. Every request travels it: tenant → words → permission → quota → ledger, and only then is it acknowledged;
 * what was planned follows by itself, and a restart goes on with it.
 */
export function createRoad(services: Services, actions: Actions, parser: Parser): Road {
  return {
    async handle(request) {
      const snapshot = await services.knowledge.snapshot(request.tenantId)
      const { tenant } = snapshot.knowledge
      const member = request.isOutsider
        ? outsider(tenant, request.userId)
        : await findMember(services, tenant, request.userId)
      if (request.isOutsider && request.input.kind === 'press') return
      if (request.input.kind === 'press') return handlePress(services, actions, request, snapshot, member)

      const reading = request.isOutsider
        ? refuseOutsider(tenant)
        : readOrder(services, parser, request, snapshot.knowledge)
      const actionId = services.newId()
      const planned = await planReading(services, snapshot, member, request, reading, actionId)
      let isRunning = false
      const begin = (written: Accepted) => {
        if (written.kind !== 'accepted' || !isRead(services, planned, written)) return
        isRunning = true
        void actions.perform(written.action, { durable: accepting })
      }
      const accepting = accept(services, snapshot, member, request, reading, planned, actionId, begin)
      const accepted = await accepting
      if (accepted.kind === 'duplicate' || isRunning) return
      follow(services, actions, snapshot, accepted)
    },
  }
}

async function planReading(
  services: Services,
  snapshot: TenantSnapshot,
  member: Member,
  request: Request,
  reading: Reading,
  actionId: string,
): Promise<Planned> {
  if (reading.kind === 'told') {
    const { answer, why } = reading
    const plan = { kind: 'tell', answer, result: 'refused', details: { rule: why } } as const
    return { plan, args: {}, environment: null, resource: null }
  }
  const command = services.findCommand(reading.order.command)
  if (!command) throw new TypeError('an order was read for a command that does not exist')
  const { corrected, confirmed, order } = reading
  const filled = await fillArguments(services, command, order.args, snapshot.knowledge, request)
  return makePlan(services, snapshot, member, { actionId, command, filled, corrected, confirmed })
}

/** A read changes nothing: it may run while its row is made durable, and is told afterwards. */
const isRead = (services: Services, planned: Planned, { action }: Accepted): boolean =>
  planned.plan.kind === 'run' && services.findCommand(action.command)?.words.effect === 'read'

/** One durable unit: the row, its number, both quotas. */
function accept(
  services: Services,
  snapshot: TenantSnapshot,
  member: Member,
  request: Request,
  reading: Reading,
  planned: Planned,
  actionId: string,
  onWritten: (accepted: Accepted) => void,
): Promise<Accepted> {
  const name = reading.kind === 'told' ? reading.command : reading.order.command
  const command = services.findCommand(name)
  const now = services.now()
  const runs = planned.plan.kind === 'run' && command !== undefined
  const action: NewAction = {
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
    quota: runs ? quotaClaim(services, command, snapshot.knowledge.tenant, member) : null,
    now,
    leaseUntil: now + services.leaseMs,
  }
  return services.storage.ledger.accept(action, onWritten)
}

/** What follows the acknowledgement. */
function follow(services: Services, actions: Actions, snapshot: TenantSnapshot, accepted: Accepted): void {
  setImmediate(() => {
    if (accepted.kind !== 'exhausted') {
      void actions.perform(accepted.action)
      return
    }
    const answer = exhaustedAnswer(services, snapshot.knowledge, accepted.action, accepted)
    tellEnd(services, accepted.action, answer).catch((error: unknown) =>
      services.log.error({ err: error, action: accepted.action.id }, 'a used quota could not be told'),
    )
  })
}
