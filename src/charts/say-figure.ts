import type { ChartUnit } from '../domain/chart.ts'
import type { Language } from '../domain/command-spec.ts'
import { formatBytes, formatDuration, isMoment, noMoment } from '../texts/format.ts'

const locales = { fr: 'fr-FR', en: 'en-GB' } as const
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

/** Making a format costs 50 times its use. */
function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
  const known = made.get(key) as T | undefined
  if (known) return known
  const fresh = make()
  made.set(key, fresh)
  return fresh
}

/** A figure as people write it: `1 234`, `80 %`, `1 min 48 s`, `1,2 Go`. Durations in ms, shares 0 to 1. */
export function sayFigure(value: number, unit: ChartUnit, language: Language): string {
  if (unit === 'bytes') return formatBytes(value, language)
  if (unit === 'duration')
    return value > 0 && value < 1_000 ? `${Math.round(value)}\u00a0ms` : formatDuration(value, language)
  const options =
    unit === 'share'
      ? ({ style: 'percent', maximumFractionDigits: value > 0 && value < 0.01 ? 1 : 0 } as const)
      : ({ maximumSignificantDigits: Math.abs(value) < 1_000 ? 3 : 15, maximumFractionDigits: 0 } as const)
  const format = kept(`${language} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locales[language], options))
  return format.format(value)
}

/** A calendar day, `2026-11-23`, in short: `23 nov.`, `23 Nov`. */
export const sayDay = (day: string, language: Language): string =>
  kept(
    `day ${language}`,
    () => new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  ).format(Date.parse(`${day}T00:00:00Z`))

/** A moment on a clock of a zone: `18:04`, or with its day where the axis is longer than a day. */
export function sayMoment(at: number, timeZone: string, language: Language, withDay: boolean): string {
  if (!isMoment(at)) return noMoment
  return kept(
    `moment ${language} ${timeZone} ${withDay}`,
    () =>
      new Intl.DateTimeFormat(locales[language], {
        ...(withDay ? { day: 'numeric', month: 'short' } : {}),
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone,
      }),
  ).format(at)
}
