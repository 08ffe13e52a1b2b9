import { questionOf } from '../commands/question.ts'
import type { Action, ActionPlan } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { AuditEntry } from '../domain/audit-record.ts'
import type { Member } from '../domain/member.ts'
import { decide } from '../permissions/index.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { approvalBy } from './approval-by.ts'
import { approvalsGiven, approvers, mayDecide } from './approvers.ts'
import { tellProgress } from './ask.ts'
import { againButton } from './ask-answers.ts'
import { decidedPhrase } from './decided.ts'
import { auditEntry, describeAction } from './frames.ts'
import type { Perform } from './perform.ts'
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
  /** Starts a waiting request of one's own without its approval, for a reason; the rules have allowed it. */
  override(action: Action, by: Member, reason: string): Promise<Decision>
}

type Details = AuditEntry['details']

/** What is said of an end, after whom and of what. */
type TellOf<T> = T extends (services: Services, action: Action, ...told: infer Told) => unknown ? Told : never

const told = (say: Phrase): Decision => ({ say })

/** @param ended told when an action that waited has come to its end */
export function createDecisions(
  services: Services,
  runner: Runner,
  perform: Perform,
  ended: (action: Action) => Promise<void>,
): Decisions {
  const { ledger } = services.storage
  const tellAndFollow = async (action: Action, ...told: TellOf<typeof tellEnd>) => {
    await tellEnd(services, action, ...told)
    await ended(action)
  }

  const gone = async (action: Action) => told(await decidedPhrase(services, action))

  /** waiting → running, once; what follows is done after the press was acknowledged. */
  async function start(action: Action, requester: Member, by: Member, details: Details = {}): Promise<Decision> {
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
      return { say: null, afterwards: () => tellAndFollow(action, { kind: 'refusal', title, lines: [say] }) }
    }
    const approval = action.waitingFor === 'approval'
    const plan = approval ? ({ kind: 'run' } as const) : planOf(verdict)
    const begun = await ledger.begin(action.tenantId, action.id, {
      now,
      leaseMs: services.leaseMs,
      quota: action.counted || plan.kind === 'ask' ? null : quotaClaim(services, command, knowledge.tenant, requester),
      plan,
      ...(approval ? { audit: auditEntry(action, 'approved', now, details, by.slackUserId) } : {}),
    })
    if (!begun) return gone((await ledger.find(action.tenantId, action.id)) ?? action)
    if (begun.kind === 'exhausted') {
      return {
        say: null,
        afterwards: async () => {
          await tellExhausted(services, begun.action, begun)
          await ended(begun.action)
        },
      }
    }
    return {
      say: null,
      afterwards: async () => {
        await perform(begun.action, approval ? { starting: () => tellApproved(services, action, by) } : {})
      },
    }
  }

  return {
    async override(action, by, reason) {
      if (action.state !== 'waiting' || action.waitingFor !== 'approval') return gone(action)
      return start(action, by, by, { override: reason })
    },
    async approve(action, by) {
      if (action.state !== 'waiting' || action.waitingFor !== 'approval') return gone(action)
      const snapshot = await services.knowledge.snapshot(action.tenantId)
      const command = services.findCommand(action.command)
      const requester = await services.knowledge.member(action.tenantId, action.userId)
      if (!command || !requester) return gone(action)
      const question = questionOf(command, action.args, snapshot.knowledge)
      const shut = closureOf(decide(requester, snapshot.zones, question))
      if (shut) return told(shut)
      if (!mayDecide(services, action, snapshot, by)) return notAnApprover(services, action, by)
      const given = await ledger.addApproval(action.tenantId, action.id, by.slackUserId, services.now())
      if (!given) return gone((await ledger.find(action.tenantId, action.id)) ?? action)
      const approvals = given.map((userId) => ({ userId, at: 0 }))
      const counted = await approvalsGiven(services, { ...action, waiting: { ...action.waiting, approvals } }, snapshot)
      const needed = approvalsNeeded(action, decide(requester, snapshot.zones, question))
      if (counted >= needed) return start(action, requester, by)
      const group = action.waiting?.group ?? ''
      return {
        say: phrase('approval.partial', { given: counted, needed, group }),
        afterwards: async () => {
          const now = await ledger.find(action.tenantId, action.id)
          if (now?.state === 'waiting') await tellProgress(services, now, snapshot)
        },
      }
    },
    async deny(action, by, reason) {
      if (action.state !== 'waiting' || action.waitingFor !== 'approval') return gone(action)
      const snapshot = await services.knowledge.snapshot(action.tenantId)
      const { knowledge } = snapshot
      if (!services.findCommand(action.command)) return gone(action)
      if (!mayDecide(services, action, snapshot, by)) return notAnApprover(services, action, by)
      const now = services.now()
      const audit = auditEntry(action, 'denied', now, { reason: reason ?? null }, by.slackUserId)
      const ending = { state: 'refused', audit, giveBack: true, now } as const
      if (!(await ledger.settle(action.tenantId, action.id, ending))) return gone(action)
      const described = describeAction(services, knowledge, action)
      const approver = await services.people.nameOf(action.tenantId, by.slackUserId)
      const title = reason
        ? phrase('approval.denied.reason', { approver, action: described, reason })
        : phrase('approval.denied', { approver, action: described })
      const answer: Answer = { kind: 'refusal', title, buttons: [againButton(action)] }
      return { say: null, afterwards: () => tellAndFollow(action, answer, { ring: true }) }
    },
    async confirm(action, by) {
      if (action.state !== 'waiting' || action.waitingFor !== 'confirmation') return gone(action)
      if (by.slackUserId !== action.userId) return notTheirs(services, action, 'action.notYours')
      return start(action, by, by)
    },
    async cancel(action, by) {
      if (by.slackUserId !== action.userId && by.role !== 'admin') return notTheirs(services, action)
      if (action.state === 'running') {
        const asked = await ledger.requestCancel(action.tenantId, action.id, by.slackUserId)
        if (asked) runner.cancel(action.id, by.slackUserId)
        return told(phrase(asked ? 'cancel.done' : 'cancel.late', { n: String(action.number) }))
      }
      if (action.state !== 'waiting' && action.state !== 'queued')
        return told(phrase('cancel.late', { n: String(action.number) }))
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
      return { say: null, afterwards: () => tellAndFollow(action, { kind: 'outcome', title }) }
    },
  }
}

/** As many as were asked for, or as the rules ask for by now, where that is more. */
function approvalsNeeded(action: Action, { requirement }: ReturnType<typeof decide>): number {
  const now = requirement?.kind === 'approval' ? requirement.approvers : 1
  return Math.max(action.waiting?.approversNeeded ?? 1, now)
}

/** A confirmed order runs, unless its rules ask for an approval as well. */
export function planOf(verdict: ReturnType<typeof decide>): ActionPlan {
  if (verdict.verdict !== 'ask') return { kind: 'run' }
  return { kind: 'ask', waitingFor: 'approval', waiting: approvalBy(verdict) }
}

/** Freezes and hours pass: a request waits for that, and says so. */
const closureOf = ({ rule, reason }: ReturnType<typeof decide>): Phrase | null =>
  rule === 'zone.freeze' || rule === 'zone.hours' ? reason : null

async function notTheirs(
  services: Services,
  action: Action,
  key: 'action.notYours' | 'cancel.notYours' = 'cancel.notYours',
): Promise<Decision> {
  const person = await services.people.nameOf(action.tenantId, action.userId)
  return told(phrase(key, { n: String(action.number), person }))
}

/** Tells who may not decide why, and records the attempt. */
async function notAnApprover(services: Services, action: Action, by: Member): Promise<Decision> {
  const audit = auditEntry(action, 'refused', services.now(), { rule: 'approval' }, by.slackUserId)
  await services.storage.audit.append(action.tenantId, audit)
  const command = services.findCommand(action.command)
  const { knowledge, zones } = await services.knowledge.snapshot(action.tenantId)
  const shut = command && closureOf(decide(by, zones, questionOf(command, action.args, knowledge)))
  if (shut) return told(shut)
  if (by.slackUserId !== action.userId) {
    return told(phrase('approval.notYours', { group: action.waiting?.group ?? '' }))
  }
  const snapshot = await services.knowledge.snapshot(action.tenantId)
  const names = (await approvers(services, action, snapshot)).map((member) => member.name)
  if (names.length === 0) return told(phrase('approval.nobody', { group: action.waiting?.group ?? '' }))
  return told(phrase('approval.own', { people: { kind: 'people', names } }))
}
