/** What the pieces of a recurrence have said so far. */
export interface Draft {
  readonly times: { hour: number; minute: number }[]
  readonly weekdays: Set<number>
  readonly monthDays: Set<number>
  isDaily: boolean
  /** A step of minutes or hours: `toutes les 15 minutes`. */
  step: string | null
  /** Set by what cron can't say or what is said once only: `lundi`, `every other day`. */
  isOpen: boolean
  /** Set where only a day is named that is not said to come again: `friday`. */
  isOnce: boolean
  /** Hours from this one to noon are meant in the evening. */
  eveningFrom: number | null
}

/** Nothing was read yet. */
export const newDraft = (): Draft => ({
  times: [],
  weekdays: new Set(),
  monthDays: new Set(),
  isDaily: false,
  step: null,
  isOpen: false,
  isOnce: false,
  eveningFrom: null,
})

/** A field of cron: each number once, in order. */
export const listed = (numbers: Iterable<number>): string =>
  [...new Set(numbers)].sort((one, other) => one - other).join(',')

/** The cron line of a recurrence, `null` where a day or a time is open or cron can't say it. */
export function cronOf(draft: Draft): string | null {
  if (draft.isOpen) return null
  if (draft.step) return draft.times.length === 0 && draft.weekdays.size === 0 ? draft.step : null
  const minutes = new Set(draft.times.map(({ minute }) => minute))
  const [minute] = minutes
  const isPlaced = draft.isDaily || draft.weekdays.size > 0 || draft.monthDays.size > 0
  if (minute === undefined || minutes.size > 1 || !isPlaced || (draft.weekdays.size > 0 && draft.monthDays.size > 0))
    return null
  const hours = draft.times.map(({ hour }) => inEvening(hour, draft.eveningFrom))
  return `${minute} ${listed(hours)} ${listed(draft.monthDays) || '*'} * ${weekdayField(draft.weekdays)}`
}

const inEvening = (hour: number, from: number | null): number =>
  from !== null && hour >= from && hour < 12 ? hour + 12 : hour

function weekdayField(chosen: ReadonlySet<number>): string {
  if (chosen.size === 0 || chosen.size === 7) return '*'
  const list = listed(chosen)
  return list === '1,2,3,4,5' ? '1-5' : list
}
