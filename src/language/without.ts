import type { ParseResult } from '../domain/command-spec.ts'
import type { Reading } from './reading.ts'
import type { Token } from './tokenize.ts'
import { environmentWords } from './values/environment.ts'

/** More words than these that fit nothing are no slip (words). */
const mostLeftover = 3

/** `can Bob deploy …`: asks whether somebody may. */
const modals = new Set(['can', 'may', 'peut', 'pourrait', 'could'])

/**
 * The order that a reading makes without the few words that fit nothing, where that is what was meant but for a slip.
 * A change is none where a question leads to it, another place stands beside its own, or nothing else was said; nothing
 * is, where what is left over orders something itself.
 */
export function without(
  { candidate, args, leftover, isNoOrder }: Reading,
  near: readonly Reading[],
  tokens: readonly Token[],
): Pick<ParseResult, 'without'> {
  if (isNoOrder || leftover.length === 0 || leftover.length > mostLeftover) return {}
  const { name, effect } = candidate.phrase.command
  const ordersSomething = near.some(
    (each) =>
      each.candidate.phrase.command.effect === 'write' &&
      each.candidate.phrase.command.name !== name &&
      leftover.includes(tokens[each.candidate.start] as Token),
  )
  if (ordersSomething) return {}
  const isElsewhere = args.environment !== undefined && leftover.some(({ fold }) => environmentWords.has(fold))
  const isAsked = leftover.some((token) => modals.has(token.fold) && tokens.indexOf(token) < candidate.start)
  if (effect === 'write' && (isElsewhere || isAsked || Object.keys(args).length === 0)) return {}
  return { without: { command: name, args } }
}
