import type { ParseResult } from '../../domain/command-spec.ts'
import { inContractOrder } from '../contract-json.ts'
import type { Token } from '../tokenize.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { findRecurrenceTypos, readRecurrence } from './read-recurrence.ts'

/**
 * Understands a text that wraps another: `chaque lundi à 9h crée un rapport`, `back up client-Z every day at 3am`.
 * `null` where it holds no recurrence and no time, or what it wraps is no order.
 */
export function readSchedule(
  vocabulary: Vocabulary,
  written: readonly Token[],
  parse: (inner: readonly Token[]) => ParseResult,
): ParseResult | null {
  if (!vocabulary.byName.has('schedule')) return null
  const typos = findRecurrenceTypos(written, (word) => vocabulary.known.has(word))
  const corrected = [...(typos.length > 0 ? written : [])]
  for (const { at, to } of typos) corrected[at] = { ...(written[at] as Token), text: to, fold: to }
  const tokens = typos.length > 0 ? corrected : written
  const recurrence = readRecurrence(tokens)
  if (!recurrence) return readWithoutTime(tokens, parse)
  const inner = [...tokens.slice(0, recurrence.start), ...tokens.slice(recurrence.end)]
  if (inner.every((token) => token.kind === 'mark')) return null
  const run = parse(inner)
  if (run.command === null || run.command === 'schedule') return null
  if (recurrence.start > 0 && holdsRest(vocabulary, run)) return null
  return {
    command: 'schedule',
    args: {
      ...(recurrence.cron !== null && { cron: recurrence.cron }),
      run: { ...run, ...inContractOrder(run), command: run.command },
    },
    missing: recurrence.cron === null ? ['cron'] : [],
    language: run.language,
    corrections: [...typos.map(({ from, to }) => ({ from, to })), ...run.corrections],
  }
}

/** Words that say to do something later: without a time, nothing is done at once. */
const later: ReadonlySet<string> = new Set([
  ...['planifie', 'planifier', 'planifiez', 'programme', 'programmer', 'programmez'],
  ...['schedule'],
])

/** `planifie un backup de client-Z`: an order to repeat whose time is still to be asked for. */
function readWithoutTime(
  tokens: readonly Token[],
  parse: (inner: readonly Token[]) => ParseResult,
): ParseResult | null {
  const first = tokens.findIndex(({ kind }) => kind === 'word')
  if (!later.has(tokens[first]?.fold ?? '')) return null
  const plain = parse(tokens.slice(first + 1))
  // A noun is an order only after a verb: `planifie un déploiement`.
  const run = plain.command === null ? parse(tokens) : plain
  if (run.command === null || run.command === 'schedule' || run.isNoOrder || run.command.startsWith('schedule.'))
    return null
  return {
    command: 'schedule',
    args: { run: { ...run, ...inContractOrder(run), command: run.command } },
    missing: ['cron'],
    language: run.language,
    corrections: run.corrections,
  }
}

/** A title or query may speak of times itself: what it wraps must then come after the recurrence. */
const holdsRest = (vocabulary: Vocabulary, run: ParseResult): boolean =>
  vocabulary.byName
    .get(run.command ?? '')
    ?.arguments.some((argument) => argument.kind === 'rest' && run.args[argument.name] !== undefined) ?? false
