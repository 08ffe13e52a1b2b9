import type { Action, ActionPlan } from '../domain/action.ts'
import type { Member } from '../domain/member.ts'
import { decide, mayApprove } from '../permissions/index.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { approvalBy } from './approval-by.ts'
import { approvers, tellWaiting } from './ask.ts'
import { auditEntry, describeAction } from './frames.ts'
import type { Perform } from './perform.ts'
import { questionOf } from './question.ts'
import { quotaClaim } from './quota.ts'
import type { Runner } from './runner.ts'
import type { Services } from './services.ts'
import { tellApproved, tellEnd, tellExhausted } from './tell-end.ts'

/** What a decision came to: a sentence for who decided alone, and work that follows the acknowledgement. */
export interface Decision {
  /** `null` = the thread tells it. */
  readonly say: Phrase | null
  readonly afterwards?: () => Promise<void>
}

/** Decisions of people on actions that wait or run: each is committed once, rights checked again at the press. */
export interface Decisions {
  approve(action: Action, by: Member): Promise<Decision>
  deny(action: Action, by: Member, reason?: string): Promise<Decision>
  confirm(action: Action, by: Member): Promise<Decision>
  /** Also the withdrawal of a request. */
  cancel(action: Action, by: Member): Promise<Decision>
}

const told = (say: Phrase): Decision => ({ say })
const gone = (action: Action) => told(phrase('wait.gone', { state: phrase(`state.name.${action.state}`) }))

export function createDecisions(services: Services, runner: Runner, perform: Perform): Decisions {
  const { ledger } = services.storage

  /** waiting → running, once; what follows is done after the press was acknowledged. */
  async function start(action: Action, requester: Member, by: Member): Promise<Decision> {
    const { knowledge, zones } = await services.knowledge.snapshot(action.tenantId)
    const command = services.findCommand(action.command)
    if (!command) return gone(action)
    const now = services.now()
    const verdict = decide(requester, zones, questionOf(command, action.args, knowledge))
    if (verdict.verdict === 'no' && !(action.waitingFor === 'approval' && verdict.canAsk)) {
      const person = await services.people.nameOf(action.tenantId, action.userId)
      const say = phrase('approval.noLongerAllowed', { person })
      const audit = auditEntry(action, 'refused', now, { rule: verdict.rule })
      const ending = { state: 'refused', audit, giveBack: true, now } as const
      if (!(await ledger.settle(action.tenantId, action.id, ending))) return gone(action)
      const title = phrase('state.refused', { action: describeAction(services, knowledge, action) })
      return { say: null, afterwards: () => tellEnd(services, action, { kind: 'refusal', title, lines: [say] }) }
    }
    const approval = action.waitingFor === 'approval'
    const plan = approval ? ({ kind: 'run' } as const) : planOf(verdict)
    const begun = await ledger.begin(action.tenantId, action.id, {
      now,
      leaseUntil: now + services.leaseMs,
      quota: action.counted || plan.kind === 'ask' ? null : quotaClaim(services, command, knowledge.tenant, requester),
      plan,
      ...(approval ? { audit: auditEntry(action, 'approved', now, {}, by.slackUserId) } : {}),
    })
    if (!begun) return gone((await ledger.find(action.tenantId, action.id)) ?? action)
    if (begun.kind === 'exhausted') {
      return { say: null, afterwards: () => tellExhausted(services, begun.action, begun) }
    }
    return {
      say: null,
      afterwards: async () => {
        if (approval) await tellApproved(services, action, by)
        await perform(begun.action)
      },
    }
  }

  return {
    async approve(action, by) {
      if (action.state !== 'waiting' || action.waitingFor !== 'approval') return gone(action)
      const snapshot = await services.knowledge.snapshot(action.tenantId)
      const command = services.findCommand(action.command)
      const requester = await services.knowledge.member(action.tenantId, action.userId)
      if (!command || !requester) return gone(action)
      const question = questionOf(command, action.args, snapshot.knowledge)
      if (!mayApprove(by, snapshot.zones, question, action.userId)) return notAnApprover(services, action, by)
      const given = await ledger.addApproval(action.tenantId, action.id, by.slackUserId, services.now())
      if (!given) return gone((await ledger.find(action.tenantId, action.id)) ?? action)
      const needed = action.waiting?.approversNeeded ?? 1
      if (given.length >= needed) return start(action, requester, by)
      const group = action.waiting?.group ?? ''
      return {
        say: phrase('approval.partial', { given: given.length, needed, group }),
        afterwards: async () => {
          const now = await ledger.find(action.tenantId, action.id)
          if (now?.state === 'waiting') await tellWaiting(services, now, snapshot, null)
        },
      }
    },
    async deny(action, by, reason) {
      if (action.state !== 'waiting' || action.waitingFor !== 'approval') return gone(action)
      const { knowledge, zones } = await services.knowledge.snapshot(action.tenantId)
      const command = services.findCommand(action.command)
      if (!command) return gone(action)
      if (!mayApprove(by, zones, questionOf(command, action.args, knowledge), action.userId)) {
        return notAnApprover(services, action, by)
      }
      const now = services.now()
      const audit = auditEntry(action, 'denied', now, { reason: reason ?? null }, by.slackUserId)
      const ending = { state: 'refused', audit, giveBack: true, now } as const
      if (!(await ledger.settle(action.tenantId, action.id, ending))) return gone(action)
      const described = describeAction(services, knowledge, action)
      const approver = await services.people.nameOf(action.tenantId, by.slackUserId)
      const title = reason
        ? phrase('approval.denied.reason', { approver, action: described, reason })
        : phrase('approval.denied', { approver, action: described })
      return { say: null, afterwards: () => tellEnd(services, action, { kind: 'refusal', title }, { ring: true }) }
    },
    async confirm(action, by) {
      if (action.state !== 'waiting' || action.waitingFor !== 'confirmation') return gone(action)
      if (by.slackUserId !== action.userId) return notTheirs(services, action)
      return start(action, by, by)
    },
    async cancel(action, by) {
      if (by.slackUserId !== action.userId && by.role !== 'admin') return notTheirs(services, action)
      if (action.state === 'running') {
        const asked = await ledger.requestCancel(action.tenantId, action.id, by.slackUserId)
        if (asked) runner.cancel(action.id, by.slackUserId)
        return told(phrase(asked ? 'cancel.done' : 'cancel.late', { n: String(action.number) }))
      }
      if (action.state !== 'waiting') return told(phrase('cancel.late', { n: String(action.number) }))
      const now = services.now()
      const audit = auditEntry(action, 'cancelled', now, {}, by.slackUserId)
      const ending = { state: 'cancelled', audit, giveBack: true, now } as const
      if (!(await ledger.settle(action.tenantId, action.id, ending))) return gone(action)
      const { knowledge } = await services.knowledge.snapshot(action.tenantId)
      const words = {
        action: describeAction(services, knowledge, action),
        person: await services.people.nameOf(action.tenantId, by.slackUserId),
      }
      const title = phrase(action.waitingFor === 'approval' ? 'approval.withdrawn' : 'state.cancelled', words)
      return { say: null, afterwards: () => tellEnd(services, action, { kind: 'outcome', title }) }
    },
  }
}

/** A confirmed order runs, unless its rules ask for an approval as well. */
function planOf(verdict: ReturnType<typeof decide>): ActionPlan {
  if (verdict.verdict !== 'ask') return { kind: 'run' }
  return { kind: 'ask', waitingFor: 'approval', waiting: approvalBy(verdict) }
}

async function notTheirs(services: Services, action: Action): Promise<Decision> {
  const person = await services.people.nameOf(action.tenantId, action.userId)
  return told(phrase('cancel.notYours', { n: String(action.number), person }))
}

async function notAnApprover(services: Services, action: Action, by: Member): Promise<Decision> {
  if (by.slackUserId !== action.userId) {
    return told(phrase('approval.notYours', { group: action.waiting?.group ?? '' }))
  }
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const names = (await approvers(services, action, snapshot)).map((member) => member.name)
  if (names.length === 0) return told(phrase('approval.nobody', { group: action.waiting?.group ?? '' }))
  return told(phrase('approval.own', { people: { kind: 'people', names } }))
}
