import type { Arguments } from '../domain/command-spec.ts'
import type { Command, Knowledge, Question } from './command.ts'

/** Who may decide is asked at the decision itself; help and one's own rights are open to everybody. */
const decidedElsewhere = new Set(['approve', 'deny', 'cancel', 'audit'])

/** What permission is asked for: the command's action on what its arguments name, aliases included. */
export function questionOf(command: Command, args: Arguments, knowledge: Knowledge): Question {
  const other = command.standsFor?.(args)
  if (other) return questionOf(other.command, other.args, knowledge)
  const { name, action, effect } = command.words
  const { environment, resources } = command.subject(args, knowledge)
  const aliases = [...knowledge.services, ...knowledge.backupTargets]
    .filter((each) => resources.includes(each.name))
    .flatMap((each) => each.aliases)
  const needs = command.needs?.(knowledge)
  return {
    command: name,
    action: decidedElsewhere.has(name) ? null : action,
    effect,
    environment,
    resources: [...resources, ...aliases],
    ...(needs ? { needs } : {}),
  }
}
