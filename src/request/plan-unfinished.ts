import { describeAction } from '../actions/frames.ts'
import type { Services } from '../actions/services.ts'
import type { TenantSnapshot } from '../actions/tenant-knowledge.ts'
import type { Command, Knowledge, Question } from '../commands/command.ts'
import { questionOf } from '../commands/question.ts'
import type { ActionPlan } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import { decide } from '../permissions/index.ts'
import { phrase } from '../texts/phrase.ts'
import { missingAnswer, unknownNameAnswer } from './arguments/ask-argument.ts'
import type { Filled } from './arguments/found.ts'

type Unfinished = Exclude<Filled, { kind: 'complete' }>

/**
 * Is it refused whatever else would be said? Then nothing is asked. A guest is never offered, nor told of, a name that
 * is not theirs to see.
 */
export function isShut(
  { knowledge, zones }: Pick<TenantSnapshot, 'knowledge' | 'zones'>,
  member: Member,
  command: Command,
  filled: Unfinished,
): boolean {
  const isRefused = () => decide(member, zones, openQuestion(command, filled.args, knowledge)).verdict === 'no'
  if (member.role !== 'guest') return command.needs !== undefined && isRefused()
  if (command.words.effect === 'write' || command.needs || filled.kind === 'told') return isRefused()
  return filled.choices.length > 0 && openChoices({ knowledge, zones }, member, command, filled).length === 0
}

/** What an order asks of the rules while something of it is open: its action alone where it names nothing yet. */
export function openQuestion(command: Command, args: Arguments, knowledge: Knowledge): Question {
  try {
    return questionOf(command, args, knowledge)
  } catch {
    const { name, action, effect } = command.words
    return { command: name, action, effect, environment: null, resources: [] }
  }
}

/** What is still open in the words is asked for; only what this person may choose is offered. */
export function planUnfinished(
  services: Services,
  snapshot: TenantSnapshot,
  member: Member,
  { actionId, command, asks }: { readonly actionId: string; readonly command: Command; readonly asks: boolean },
  filled: Unfinished,
): ActionPlan {
  if (filled.kind === 'told') {
    const order = { command: command.words.name, args: filled.args }
    const answer: Answer = {
      kind: 'refusal',
      title: phrase('state.refused', { action: describeAction(services, snapshot.knowledge, order) }),
      lines: [filled.phrase],
      ...(filled.next ? { next: filled.next } : {}),
    }
    return { kind: 'tell', answer, result: 'refused', details: { rule: 'catalogue' } }
  }
  const open = openChoices(snapshot, member, command, filled)
  const choices = open.length > 0 ? open : filled.choices
  const waiting = { argument: filled.argument, ...(asks ? { asks } : {}) }
  const answer =
    filled.kind === 'missing'
      ? missingAnswer(actionId, command.words.name, { ...filled, choices })
      : unknownNameAnswer(actionId, { ...filled, choices })
  return { kind: 'ask', waitingFor: 'argument', waiting, answer }
}

/** Arguments whose values are names of things. */
const named: ReadonlySet<string> = new Set(['service', 'cluster', 'target'])

function maySee(
  member: Member,
  { words: { name: command, action, effect } }: Command,
  { knowledge, zones }: Pick<TenantSnapshot, 'knowledge' | 'zones'>,
  name: string,
): boolean {
  const known = [...knowledge.services, ...knowledge.backupTargets].filter((each) => each.name === name)
  const resources = [name, ...known.flatMap(({ aliases }) => aliases)]
  return decide(member, zones, { command, action, effect, environment: null, resources }).verdict !== 'no'
}

function openChoices(
  { knowledge, zones }: Pick<TenantSnapshot, 'knowledge' | 'zones'>,
  member: Member,
  command: Command,
  { args: given, argument, choices }: Exclude<Unfinished, { kind: 'told' }>,
): readonly string[] {
  return choices.filter((choice) => {
    const args = { ...given, [argument]: choice }
    if (member.role === 'guest' && named.has(argument)) return maySee(member, command, { knowledge, zones }, choice)
    if (typeof args.environment !== 'string' && command.words.effect === 'write') return true
    try {
      return decide(member, zones, questionOf(command, args, knowledge)).verdict !== 'no'
    } catch {
      return true
    }
  })
}
