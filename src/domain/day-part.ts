/**
 * Parts of a day that an order may look back at, in the tenant's zone: the day (0 = today) and the hours from its
 * midnight, of which those past 24 belong to the next one.
 */
export const dayParts = {
  today: { day: 0, from: 0, to: 24 },
  'this-morning': { day: 0, from: 6, to: 12 },
  'this-afternoon': { day: 0, from: 12, to: 18 },
  'this-evening': { day: 0, from: 18, to: 24 },
  'last-night': { day: -1, from: 22, to: 30 },
  yesterday: { day: -1, from: 0, to: 24 },
  'yesterday-morning': { day: -1, from: 6, to: 12 },
  'yesterday-afternoon': { day: -1, from: 12, to: 18 },
  'yesterday-evening': { day: -1, from: 18, to: 24 },
  'day-before-yesterday': { day: -2, from: 0, to: 24 },
} as const

export type DayPart = keyof typeof dayParts

/** A part of a day, or all since it began. */
export interface LookBack {
  readonly part: DayPart
  readonly isSince: boolean
}

const since = 'since-'
const isPart = (text: string): text is DayPart => Object.hasOwn(dayParts, text)

/** As arguments hold it: `yesterday-evening`, `since-yesterday-evening`. */
export const lookBackText = ({ part, isSince }: LookBack): string => `${isSince ? since : ''}${part}`

/** `null` = this is no part of a day. */
export function readLookBack(text: string): LookBack | null {
  const isSince = text.startsWith(since)
  const part = isSince ? text.slice(since.length) : text
  return isPart(part) ? { part, isSince } : null
}
