import type { Actions } from '../actions/index.ts'
import { exhaustedAnswer } from '../actions/refusal.ts'
import type { Services } from '../actions/services.ts'
import { tellEnd } from '../actions/tell-end.ts'
import type { TenantSnapshot } from '../actions/tenant-knowledge.ts'
import type { Action } from '../domain/action.ts'
import type { Request } from '../domain/request.ts'
import type { Road } from '../domain/road.ts'
import { traced } from '../domain/trace.ts'
import type { Parser } from '../language/index.ts'
import type { Accepted } from '../storage/types/ledger.ts'
import { phrase } from '../texts/phrase.ts'
import type { Planned } from './make-plan.ts'
import { newAction } from './new-action.ts'
import { findMember, findWriter, outsider } from './people/find-member.ts'
import { refuseOutsider, refuseUntold } from './people/refuse-stranger.ts'
import { welcomeNewcomer } from './people/welcome-newcomer.ts'
import { handlePress } from './presses/handle-press.ts'
import { pressedRequest } from './presses/press-event.ts'
import { goOn } from './words/go-on.ts'
import { planReading } from './words/plan-reading.ts'
import { readOrder } from './words/read-order.ts'
import { createReplies } from './words/reply.ts'
import { acceptSeveral } from './words/several-orders.ts'

/**
 * THE ROAD. Every request travels it: tenant → words → permission → quota → ledger, and only then is it acknowledged;
 * what was planned follows by itself, and a restart goes on with it.
 */
export function createRoad(services: Services, actions: Actions, parser: Parser): Road {
  const reply = createReplies(services, actions, parser)
  return {
    async handle(asked) {
      const request = await pressedRequest(services, asked)
      const snapshot = await services.knowledge.snapshot(request.tenantId, request.userId)
      const { tenant } = snapshot.knowledge
      if (request.input.kind === 'press') {
        if (request.isOutsider) return
        const presser = await findMember(services, tenant, request.userId)
        return traced('decide', () => handlePress(services, actions, request, snapshot, presser))
      }
      const member = request.isOutsider ? null : await findWriter(services, tenant, request.userId)
      const writer = { member: member ?? outsider(tenant, request.userId), snapshot }
      const read = member
        ? traced('parse', () => readOrder(services, parser, request, writer))
        : request.isOutsider
          ? refuseOutsider(tenant)
          : refuseUntold(tenant)
      if (read.kind === 'several') return acceptSeveral(services, actions, request, writer, read.readings)
      const replied = read.kind === 'order' || !member ? null : await reply(request, writer, read)
      if (replied === 'answered') return
      const reading =
        replied ?? (read.kind === 'follow-up' ? await goOn(services, parser, request, writer, read) : read)
      const actionId = services.newId()
      const draft = await traced('permit', () => planReading(services, writer, request, reading, actionId))
      const planned = member ? await welcomeNewcomer(services, writer, request, reading.language, draft) : draft
      let isRunning = false
      const begin = (written: Accepted) => {
        if (written.kind !== 'accepted' || !isRead(services, planned, written)) return
        isRunning = true
        void actions.perform(written.action, { durable: accepting, used: written.used })
      }
      // One durable unit: the row, its number, both quotas.
      const action = newAction(services, writer, request, { reading, planned, actionId })
      const accepting = traced('commit', () => services.storage.ledger.accept(action, begin))
      const accepted = await accepting
      const { kind } = planned.plan
      services.log.debug({ request: request.eventId, accepted: accepted.kind, plan: kind }, 'an order was taken')
      // A read that is under way answers before its order is acknowledged: a person waits for one, and Slack for the other.
      if (isRunning) return new Promise((acknowledge) => setImmediate(acknowledge))
      if (accepted.kind === 'duplicate') return tellKnown(services, request, accepted.action)
      follow(services, actions, snapshot, accepted)
    },
  }
}

/** A read changes nothing: it may run while its row is made durable, and is told afterwards. */
const isRead = (services: Services, planned: Planned, { action }: Accepted): boolean =>
  planned.plan.kind === 'run' && services.findCommand(action.command)?.words.effect === 'read'

/** A button that gives one order is not silent for who presses it again. */
function tellKnown(services: Services, request: Request, { number, state }: Action): void {
  const { tenantId, place, userId, input } = request
  if (input.kind !== 'order' || input.pressId === undefined) return
  const title = phrase('order.known', { n: String(number), state: phrase(`state.name.${state}`) })
  setImmediate(() => {
    services.messenger
      .whisper({ tenantId, place, language: input.language }, userId, { kind: 'outcome', title, ephemeral: true })
      .catch((error: unknown) => services.log.warn({ err: error, tenant: tenantId }, 'a second press was not answered'))
  })
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
