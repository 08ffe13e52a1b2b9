import { approvalBy } from '../actions/approval-by.ts'
import { describeAction } from '../actions/frames.ts'
import { questionOf } from '../actions/question.ts'
import { refusalAnswer } from '../actions/refusal.ts'
import type { Services } from '../actions/services.ts'
import type { TenantSnapshot } from '../actions/tenant-knowledge.ts'
import type { Command } from '../commands/command.ts'
import type { ActionPlan } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import { type Decision, decide, whoMay } from '../permissions/index.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { missingAnswer, unknownNameAnswer } from './ask-argument.ts'
import type { Filled } from './fill-arguments.ts'

/** A planned order: what is to be done, and what it is about. */
export interface Planned {
  readonly plan: ActionPlan
  readonly args: Arguments
  readonly environment: string | null
  readonly resource: string | null
}

interface Order {
  readonly actionId: string
  readonly command: Command
  readonly filled: Filled
  readonly corrected: { readonly from: string; readonly to: string } | null
  readonly confirmed: boolean
}

/** Permission: run it, ask first, or tell why not. The rules decide; nothing here adds to them. */
export async function makePlan(
  services: Services,
  snapshot: TenantSnapshot,
  member: Member,
  order: Order,
): Promise<Planned> {
  const { knowledge, zones } = snapshot
  const { command, filled, actionId } = order
  const { args } = filled
  if (filled.kind !== 'complete') {
    return { ...unfinished(services, snapshot, member, order, filled), args, environment: null, resource: null }
  }
  const question = questionOf(command, args, knowledge)
  const about = { args, environment: question.environment, resource: question.resources[0] ?? null }
  const decision = decide(member, zones, question)
  if (decision.verdict === 'no') {
    const described = describeAction(services, knowledge, { command: command.words.name, args })
    const members = await services.storage.members.list(member.tenantId)
    const answer = refusalAnswer(described, {
      actionId,
      reason: decision.reason ?? phrase('refused.flag'),
      next: nextStep(decision, members, whoMay(members, zones, question)),
      rule: decision.rule,
      canAsk: decision.canAsk,
    })
    return { plan: { kind: 'tell', answer, result: 'refused', details: { rule: decision.rule } }, ...about }
  }
  if (order.corrected && command.words.effect === 'write') {
    const described = describeAction(services, knowledge, { command: command.words.name, args })
    const answer = correctedAnswer(actionId, described, order.corrected)
    return { plan: { kind: 'ask', waitingFor: 'confirmation', waiting: {}, answer }, ...about }
  }
  if (decision.verdict === 'ask') {
    return { plan: { kind: 'ask', waitingFor: 'approval', waiting: approvalBy(decision) }, ...about }
  }
  if (decision.verdict === 'confirm' && !order.confirmed) {
    return { plan: { kind: 'ask', waitingFor: 'confirmation', waiting: {} }, ...about }
  }
  return { plan: { kind: 'run' }, ...about }
}

/** What is still open in the words is asked for; only what this person may choose is offered. */
function unfinished(
  services: Services,
  { knowledge, zones }: TenantSnapshot,
  member: Member,
  { actionId, command }: Order,
  filled: Exclude<Filled, { kind: 'complete' }>,
): Pick<Planned, 'plan'> {
  if (filled.kind === 'told') {
    const described = describeAction(services, knowledge, { command: command.words.name, args: filled.args })
    const answer: Answer = {
      kind: 'refusal',
      title: phrase('state.refused', { action: described }),
      lines: [filled.phrase],
      ...(filled.next ? { next: filled.next } : {}),
    }
    return { plan: { kind: 'tell', answer, result: 'refused', details: { rule: 'catalogue' } } }
  }
  const open = filled.choices.filter((choice) => {
    const args = { ...filled.args, [filled.argument]: choice }
    if (typeof args.environment !== 'string' && command.words.effect === 'write') return true
    try {
      return decide(member, zones, questionOf(command, args, knowledge)).verdict !== 'no'
    } catch {
      return true
    }
  })
  const choices = open.length > 0 ? open : filled.choices
  const answer =
    filled.kind === 'missing'
      ? missingAnswer(actionId, command.words.name, { ...filled, choices })
      : unknownNameAnswer(actionId, { ...filled, choices })
  return { plan: { kind: 'ask', waitingFor: 'argument', waiting: { argument: filled.argument }, answer } }
}

function correctedAnswer(actionId: string, action: Phrase, { from, to }: { from: string; to: string }): Answer {
  const press = (act: 'confirm' | 'cancel') => ({ kind: 'press', act, actionId }) as const
  return {
    kind: 'question',
    title: phrase('question.corrected', { action, typed: from, read: to }),
    buttons: [
      { label: phrase('button.go.run'), does: press('confirm'), style: 'primary' },
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
  const people = (of: readonly Member[]) => ({ kind: 'people', names: of.map((each) => each.name) }) as const
  const admins = members.filter((each) => each.role === 'admin')
  if (decision.canAsk && who.directly.length > 0) {
    return phrase('refused.environment.who', { people: people(who.directly) })
  }
  if (decision.rule.startsWith('guest') && admins[0]) return phrase('refused.guest.next', { host: admins[0].name })
  if (decision.rule.startsWith('resource') && admins.length > 0) {
    return phrase('refused.resource.next', { people: people(admins) })
  }
  if (decision.rule.startsWith('zone') && admins.length > 0 && who.directly.length === 0) {
    return phrase('refused.noZone.next', { people: people(admins) })
  }
  const able = who.directly.length > 0 ? who.directly : admins
  return able.length > 0 ? phrase('refused.who', { people: people(able) }) : null
}
