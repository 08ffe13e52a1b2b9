import type { Arguments } from '../domain/command-spec.ts'
import { dayParts, readLookBack } from '../domain/day-part.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { durationMs, optionalText } from './arguments.ts'
import type { CommandContext } from './command.ts'

/** What an order looks back at. */
export interface Period {
  /** Ms since 1970. */
  readonly from: number
  /** Where it ends before now (ms since 1970); absent = it does not. */
  readonly until?: number
  /** `sur 2 h`, `hier soir`, `depuis hier`. */
  readonly said: Phrase
}

/** How a length of time is said: `sur 2 h`, `in the last 2 h`; in a title that is short already, `last 2 h`, `in 2 h`. */
type Saying = 'period.last' | 'period.span' | 'period.in'

/** So long until now. */
export const lastOf = (context: Pick<CommandContext, 'now'>, ms: number, saying: Saying = 'period.last'): Period => ({
  from: context.now() - ms,
  said: phrase(saying, { since: { kind: 'duration', ms } }),
})

/** The time that `since` names: so long until now, or a part of a day in the tenant's zone; `null` = none is named. */
export function periodOf(
  context: Pick<CommandContext, 'now' | 'hourOfDay'>,
  args: Arguments,
  saying: Saying = 'period.last',
): Period | null {
  const since = optionalText(args, 'since')
  if (since === undefined) return null
  const back = readLookBack(since)
  if (!back) return lastOf(context, durationMs(since), saying)
  const { day, from, to } = dayParts[back.part]
  const now = context.now()
  // Before it has begun today, people mean the one of yesterday.
  const shift = context.hourOfDay(day, from) > now ? -1 : 0
  const until = context.hourOfDay(day + shift, to)
  const part = phrase(`period.${back.part}`)
  return {
    from: context.hourOfDay(day + shift, from),
    ...(back.isSince || until >= now ? {} : { until }),
    said: back.isSince ? phrase('period.since', { part }) : part,
  }
}
