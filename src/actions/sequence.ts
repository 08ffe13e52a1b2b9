import { questionOf } from '../commands/question.ts'
import { type Action, type ActionPlan, finalStates } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { OrderOrigin } from '../domain/origin.ts'
import { decide } from '../permissions/index.ts'
import { phrase } from '../texts/phrase.ts'
import { planOf } from './decisions.ts'
import { endWhereGone } from './end-where-gone.ts'
import { auditEntry, describeAction } from './frames.ts'
import type { Perform } from './perform.ts'
import { quotaClaim } from './quota.ts'
import type { Services } from './services.ts'
import { tellEnd, tellExhausted } from './tell-end.ts'

/** Several orders of one message, one after the other: the next begins once the one before it is done. */
export interface Sequences {
  /** An action has ended: its message's next order begins, or the rest is told as not run. Never throws. */
  ended(action: Action): Promise<void>
  /** Does the same for what ended while nobody looked. */
  look(): Promise<void>
}

type Step = NonNullable<OrderOrigin['step']>

/** Waiting orders that are looked through at once. */
const mostQueued = 500

/** The event under which an order of a message is kept: the first is the message itself. */
export const stepEvent = (key: string, at: number): string => (at === 1 ? key : `${key} #${at}`)

/** Begins the next order of a message when the one before it has ended. */
export function createSequences(services: Services, perform: Perform): Sequences {
  const { ledger } = services.storage
  const at = ({ tenantId }: Action, { key }: Step, place: number) => ledger.findByEvent(tenantId, stepEvent(key, place))

  /** queued → running, once, with the rights of this moment. */
  async function begin(action: Action): Promise<void> {
    const plan = await planNow(action)
    if (plan === 'refused') return
    const command = services.findCommand(action.command)
    const { knowledge } = await services.knowledge.snapshot(action.tenantId)
    const member = await services.knowledge.member(action.tenantId, action.userId)
    const counts = plan.kind === 'run' && command && member
    const now = services.now()
    const begun = await ledger.begin(action.tenantId, action.id, {
      now,
      leaseMs: services.leaseMs,
      quota: counts ? quotaClaim(services, command, knowledge.tenant, member) : null,
      plan,
    })
    if (begun?.kind === 'exhausted') {
      await tellExhausted(services, begun.action, begun)
      await follow(begun.action)
    } else if (begun?.kind === 'accepted') {
      await perform(begun.action)
    }
  }

  async function planNow(action: Action): Promise<ActionPlan | 'refused'> {
    const command = services.findCommand(action.command)
    const member = await services.knowledge.member(action.tenantId, action.userId)
    if (action.plan.kind !== 'run' || !command || !member) return action.plan
    const { knowledge, zones } = await services.knowledge.snapshot(action.tenantId)
    const verdict = decide(member, zones, questionOf(command, action.args, knowledge))
    if (verdict.verdict === 'confirm') return { kind: 'ask', waitingFor: 'confirmation', waiting: {} }
    if (verdict.verdict !== 'no') return planOf(verdict)
    const now = services.now()
    const audit = auditEntry(action, 'refused', now, { rule: verdict.rule })
    if (await ledger.settle(action.tenantId, action.id, { state: 'refused', audit, giveBack: false, now })) {
      const title = phrase('state.refused', { action: describeAction(services, knowledge, action) })
      const person = await services.people.nameOf(action.tenantId, action.userId)
      const lines = [phrase('approval.noLongerAllowed', { person })]
      await tellEnd(services, action, { kind: 'refusal', title, lines })
      await follow({ ...action, state: 'refused' })
    }
    return 'refused'
  }

  /** Nothing after an order that did not come to its end is run: one message says which. */
  async function drop(cause: Action, first: Action, step: Step): Promise<void> {
    const now = services.now()
    const rest = [first]
    for (let place = step.at + 2; place <= step.of; place += 1) {
      const later = await at(cause, step, place)
      if (later) rest.push(later)
    }
    const details = { rule: 'sequence', after: cause.number }
    for (const later of rest.slice(1)) {
      if (later.state !== 'queued') continue
      const audit = auditEntry(later, 'cancelled', now, details)
      await ledger.settle(later.tenantId, later.id, { state: 'cancelled', audit, giveBack: false, now })
    }
    const answer = await droppedAnswer(services, cause, rest)
    const begun = await ledger.begin(first.tenantId, first.id, {
      now,
      leaseMs: services.leaseMs,
      quota: null,
      plan: { kind: 'tell', answer, result: 'cancelled', details },
    })
    if (begun?.kind === 'accepted') await perform(begun.action)
  }

  async function follow(seen: Action): Promise<void> {
    const step = seen.origin?.step
    if (!step || step.at >= step.of) return
    const next = await at(seen, step, step.at + 1)
    if (next?.state !== 'queued') return
    const action = await ledger.find(seen.tenantId, seen.id)
    if (!action || !finalStates.includes(action.state)) return
    if (await endWhereGone(services, next)) return
    if (action.state === 'done') await begin(next)
    else await drop(action, next, step)
  }

  const quietly = (action: Action, work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) =>
      services.log.error({ err: error, tenant: action.tenantId, action: action.id }, 'a sequence was interrupted'),
    )

  return {
    ended: (action) => (action.origin?.step ? quietly(action, follow(action)) : Promise.resolve()),
    async look() {
      for (const action of await ledger.listQueued(mostQueued)) {
        const step = action.origin?.step
        const before = step && (await at(action, step, step.at - 1))
        if (before && finalStates.includes(before.state)) void quietly(before, follow(before))
      }
    },
  }
}

/** ⏹️ which orders were not run, and after which. */
async function droppedAnswer(services: Services, cause: Action, rest: readonly Action[]): Promise<Answer> {
  const { knowledge } = await services.knowledge.snapshot(cause.tenantId)
  const lines = rest.map(({ number, command, args }) =>
    phrase('sequence.order', { n: String(number), action: describeAction(services, knowledge, { command, args }) }),
  )
  const after = { n: rest.length, cause: String(cause.number), state: phrase(`state.name.${cause.state}`) }
  return { kind: 'outcome', title: phrase('sequence.stopped', after), lines }
}
