import type { Language } from '../domain/command-spec.ts'

const nbsp = '\u00a0'
const locales = { fr: 'fr-FR', en: 'en-GB' } as const

/** A format of each language, made when it is first needed: making one takes some 2 ms. */
function perLanguage<T>(make: (locale: string) => T): (language: Language) => T {
  const made: Partial<Record<Language, T>> = {}
  return (language) => {
    const known = made[language] ?? make(locales[language])
    made[language] = known
    return known
  }
}

const numberFormat = perLanguage((locale) => new Intl.NumberFormat(locale))
const oneDecimal = perLanguage((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))
const relative = perLanguage((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'long' }))
const conjunction = perLanguage((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }))
const plurals = perLanguage((locale) => new Intl.PluralRules(locale))
const byteUnits = { fr: ['o', 'Ko', 'Mo', 'Go', 'To'], en: ['B', 'kB', 'MB', 'GB', 'TB'] }

/** `10 000` or `10,000`. Small counts are the same everywhere, and most of what is said. */
export const formatNumber = (value: number, language: Language): string =>
  Number.isInteger(value) && value >= 0 && value < 1_000 ? String(value) : numberFormat(language).format(value)

/** The plural form to take: in French 0 is singular. */
export const pluralForm = (count: number, language: Language): 'one' | 'other' =>
  plurals(language).select(count) === 'one' ? 'one' : 'other'

/** `a`, `a et b`, `a, b and c`. */
export const joinedWithAnd = (items: readonly string[], language: Language): string =>
  items.length === 1 ? (items[0] ?? '') : conjunction(language).format(items)

/** Milliseconds as people say them, the two largest units: `48 s`, `1 min 48 s`, `2 h 5 min`, `3 j 4 h`. */
export function formatDuration(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const day = language === 'fr' ? 'j' : 'd'
  const units: readonly (readonly [number, string])[] = [
    [86_400, day],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ]
  const first = units.findIndex(([size]) => seconds >= size)
  if (first === -1) return `0${nbsp}s`
  const parts: string[] = []
  let rest = seconds
  for (const [size, unit] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${nbsp}${unit}`)
  }
  return parts.join(' ')
}

/** Bytes in decimal units: `1,2 Go`, `1.2 GB`. */
export function formatBytes(bytes: number, language: Language): string {
  const power = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3))
  const unit = byteUnits[language][power] ?? ''
  return `${oneDecimal(language).format(bytes / 1000 ** power)}${nbsp}${unit}`
}

/** The end of the year 9999 (ms since 1970): Slack, and most calendars, know no later moment. */
const lastMoment = 253_402_300_799_999
/** What is said of a moment that is none. */
export const noMoment = '–'
/** Whether this is a moment (ms since 1970): what others send as one may be anything. */
export const isMoment = (at: number): boolean => at >= 0 && at <= lastMoment

/** How long ago in words: `il y a 4 minutes`, `4 minutes ago`. Both moments in ms since 1970. */
export function formatAgo(at: number, now: number, language: Language): string {
  if (!isMoment(at)) return noMoment
  const seconds = Math.max(0, Math.round((now - at) / 1000))
  if (seconds < 60) return relative(language).format(-seconds, 'second')
  if (seconds < 3_600) return relative(language).format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return relative(language).format(-Math.floor(seconds / 3_600), 'hour')
  return relative(language).format(-Math.floor(seconds / 86_400), 'day')
}

const moments = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs 50 times its use; there are fewer than 600 zones. */
function momentFormat(timeZone: string, language: Language): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`
  const known = moments.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locales[language], { dateStyle: 'short', timeStyle: 'short', timeZone })
  moments.set(key, made)
  return made
}

/** The last minute that was written in each zone: most messages tell about now. */
const lastMinutes = new Map<string, { readonly minute: number; readonly text: string }>()

/** A moment in a zone, for a reader whose zone is not known: `23/11/2026 18:04 (Europe/Paris)`. */
export function formatMoment(at: number, timeZone: string, language: Language): string {
  if (!isMoment(at)) return noMoment
  const key = `${language} ${timeZone}`
  const minute = Math.floor(at / 60_000)
  const known = lastMinutes.get(key)
  if (known?.minute === minute) return known.text
  const text = `${momentFormat(timeZone, language).format(at)} (${timeZone})`
  lastMinutes.set(key, { minute, text })
  return text
}
