import { approvalBy } from '../actions/approval-by.ts'
import { goLabel } from '../actions/ask-answers.ts'
import { describeAction } from '../actions/frames.ts'
import { refusalAnswer } from '../actions/refusal.ts'
import type { Services } from '../actions/services.ts'
import type { TenantSnapshot } from '../actions/tenant-knowledge.ts'
import type { Command, Question } from '../commands/command.ts'
import { questionOf } from '../commands/question.ts'
import type { ActionPlan } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import type { OrderOrigin } from '../domain/origin.ts'
import type { Zone } from '../domain/zone.ts'
import { type Decision, decide, mayApprove, whoMay } from '../permissions/index.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { seenBy } from './arguments/fill-for-member.ts'
import { wrapped } from './arguments/fill-schedule.ts'
import type { Filled } from './arguments/found.ts'
import { isLent } from './arguments/is-lent.ts'
import { isShut, openQuestion, planUnfinished } from './plan-unfinished.ts'
import { readBack } from './read-back.ts'

/** A planned order: what is to be done, and what it is about. */
export interface Planned {
  readonly plan: ActionPlan
  readonly args: Arguments
  readonly environment: string | null
  readonly resource: string | null
  readonly origin: OrderOrigin | null
}

interface Order {
  readonly actionId: string
  readonly command: Command
  readonly filled: Filled
  /** Where it came from beside its own words; where these leave a doubt, a write is confirmed. */
  readonly origin: OrderOrigin
  /** Who gave the order that it repeats. */
  readonly lender?: string | undefined
  readonly confirmed: boolean
  /** Approval is asked for at once where it can lift a refusal and somebody is there to give it. */
  readonly asks: boolean
}

/** Permission: run it, ask first, or tell why not. The rules decide; nothing here adds to them. */
export async function makePlan(
  services: Services,
  snapshot: TenantSnapshot,
  member: Member,
  order: Order,
): Promise<Planned> {
  const { zones } = snapshot
  const { command, filled, actionId } = order
  const knowledge = seenBy(member, snapshot.knowledge)
  const { args } = filled
  const origin = originOf(order)
  if (filled.kind !== 'complete' && !isShut({ knowledge, zones }, member, command, filled)) {
    const plan = planUnfinished(services, snapshot, member, order, filled)
    return { plan, args, environment: null, resource: null, origin }
  }
  const question =
    filled.kind === 'complete' ? questionOf(command, args, knowledge) : openQuestion(command, args, knowledge)
  const about = { args, origin, environment: question.environment, resource: question.resources[0] ?? null }
  const inner = wrapped(services, command, args)
  const decision = decideBoth(member, zones, question, inner && questionOf(inner.command, inner.args, knowledge))
  const members = decision.verdict === 'no' ? await services.storage.members.list(member.tenantId) : []
  const waiting = approvalBy(decision)
  const isApprover = (each: Member) => mayApprove(each, zones, question, member.slackUserId, waiting.group)
  if (order.asks && decision.canAsk && members.some(isApprover)) {
    return { plan: { kind: 'ask', waitingFor: 'approval', waiting }, ...about }
  }
  if (decision.verdict === 'no') {
    const described = describeAction(services, knowledge, { command: command.words.name, args })
    const answer = refusalAnswer(described, {
      actionId,
      reason: decision.reason ?? phrase('refused.flag'),
      next: nextStep(decision, members, whoMay(members, zones, question)),
      rule: decision.rule,
      canAsk: decision.canAsk,
      canOverride: decision.canOverride ?? false,
    })
    return { plan: { kind: 'tell', answer, result: 'refused', details: { rule: decision.rule } }, ...about }
  }
  if (origin?.corrected && !order.confirmed) {
    const described = describeAction(services, knowledge, { command: command.words.name, args })
    const named = { command: command.words.name, environment: question.environment }
    const answer = correctedAnswer(actionId, described, origin.corrected, goLabel(named))
    return { plan: { kind: 'ask', waitingFor: 'confirmation', waiting: {}, answer }, ...about }
  }
  const isDoubtful =
    origin?.isGuess || (decision.verdict === 'yes' && (await isLent(services, snapshot, member, order)))
  if (isDoubtful && !order.confirmed) {
    return { plan: { kind: 'ask', waitingFor: 'confirmation', waiting: {} }, ...about }
  }
  if (decision.verdict === 'ask') {
    return { plan: { kind: 'ask', waitingFor: 'approval', waiting }, ...about }
  }
  if ((decision.verdict === 'confirm' || mustConfirm(command, args)) && !order.confirmed) {
    return { plan: { kind: 'ask', waitingFor: 'confirmation', waiting: {} }, ...about }
  }
  if (inner?.command.words.effect === 'write' && !order.confirmed) {
    const answer = await readBack(services, snapshot, actionId, args)
    return { plan: { kind: 'ask', waitingFor: 'confirmation', waiting: {}, answer }, ...about }
  }
  return { plan: { kind: 'run' }, ...about }
}

const mustConfirm = ({ confirms = false }: Command, args: Arguments): boolean =>
  typeof confirms === 'function' ? confirms(args) : confirms

/** Nobody schedules what they may not do; what is shut at this hour may be open at another. */
function decideBoth(member: Member, zones: readonly Zone[], outer: Question, inner: Question | null): Decision {
  const decision = decide(member, zones, outer)
  if (!inner || decision.verdict === 'no') return decision
  const ofInner = decide(member, zones, inner)
  const isForNow = ofInner.rule === 'zone.freeze' || ofInner.rule === 'zone.hours'
  return ofInner.verdict === 'no' && !isForNow ? { ...ofInner, canAsk: false } : decision
}

/** What is told beside a change; a read says by itself what it is about. */
function originOf({ command, filled, origin }: Order): OrderOrigin | null {
  const { step, ...rest } = origin
  if (command.words.effect === 'read') {
    const { schedule } = rest
    return step || schedule ? { ...(step ? { step } : {}), ...(schedule ? { schedule } : {}) } : null
  }
  const sources = { ...rest.filled, ...filled.sources }
  const whole = { ...origin, ...(Object.keys(sources).length > 0 ? { filled: sources } : {}) }
  return Object.keys(whole).length > 0 ? whole : null
}

function correctedAnswer(
  actionId: string,
  action: Phrase,
  { from, to }: { from: string; to: string },
  label: Phrase,
): Answer {
  const press = (act: 'confirm' | 'cancel') => ({ kind: 'press', act, actionId }) as const
  return {
    kind: 'question',
    title: phrase('question.corrected', { action, typed: from, read: to }),
    buttons: [
      { label, does: press('confirm'), style: 'primary' },
      { label: phrase('button.cancel'), does: press('cancel') },
    ],
  }
}

/** Who may do it, or open it: names, never a promise that someone is there. */
function nextStep(
  decision: Decision,
  members: readonly Member[],
  who: { readonly directly: readonly Member[] },
): Phrase | null {
  if (decision.rule === 'zone.freeze') {
    const until = { kind: 'time', at: decision.until ?? 0, as: 'date' } as const
    if (decision.group === null) return phrase('refused.freeze.next', { until })
    return phrase('refused.freeze.override', { until, group: decision.group })
  }
  if (decision.rule === 'zone.hours' && decision.group !== null) {
    return phrase('refused.hours.override', { group: decision.group })
  }
  const people = (of: readonly Member[]) => ({ kind: 'people', names: of.map((each) => each.name) }) as const
  const admins = members.filter((each) => each.role === 'admin')
  if (decision.canAsk && who.directly.length > 0) {
    return phrase('refused.environment.who', { people: people(who.directly) })
  }
  if (decision.rule === 'guest.read-only' && admins[0]) return phrase('refused.guest.next', { host: admins[0].name })
  if (/^(resource|guest)/.test(decision.rule) && admins.length > 0) {
    return phrase('refused.resource.next', { people: people(admins) })
  }
  if (decision.rule.startsWith('zone') && admins.length > 0 && who.directly.length === 0) {
    return phrase('refused.noZone.next', { people: people(admins) })
  }
  const able = who.directly.length > 0 ? who.directly : admins
  return able.length > 0 ? phrase('refused.who', { people: people(able) }) : null
}
