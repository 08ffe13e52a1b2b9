import type { ParseResult } from '../domain/command-spec.ts'
import { toContractJson } from './contract-json.ts'
import { readRecurrence } from './read-recurrence.ts'
import type { Token } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * Understands a text that wraps another: `chaque lundi à 9h crée un rapport`, `back up client-Z every day at 3am`.
 * `null` where it holds no recurrence and no time, or what it wraps is no order.
 */
export function readSchedule(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  parse: (inner: readonly Token[]) => ParseResult,
): ParseResult | null {
  const schedule = vocabulary.byName.get('schedule')
  const recurrence = schedule ? readRecurrence(vocabulary, tokens) : null
  if (!recurrence) return null
  const inner = [...tokens.slice(0, recurrence.start), ...tokens.slice(recurrence.end)]
  const isWhole = inner.every((token) => token.kind === 'mark')
  const run = isWhole ? null : parse(inner)
  const missing = recurrence.cron === null ? ['cron'] : []
  if (isWhole) return null
  if (!run || run.command === null) return null
  const atStart = recurrence.start === 0 || !holdsRest(vocabulary, run)
  if (!atStart) return null
  return {
    command: 'schedule',
    args: {
      ...(recurrence.cron !== null && { cron: recurrence.cron }),
      run: { ...run, ...toContractJson(run), command: run.command },
    },
    missing,
    language: run.language,
    corrections: run.corrections,
  }
}

/** A title or query may speak of times itself: what it wraps must then come after the recurrence. */
const holdsRest = (vocabulary: Vocabulary, run: ParseResult): boolean =>
  vocabulary.byName
    .get(run.command ?? '')
    ?.arguments.some((argument) => argument.kind === 'rest' && run.args[argument.name] !== undefined) ?? false
