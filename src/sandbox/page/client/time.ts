import { html, type Markup } from './html.ts'
import type { Lang } from './words.ts'

const locale = (lang: Lang) => (lang === 'fr' ? 'fr-FR' : 'en-GB')
const part = (seconds: number, lang: Lang, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale(lang), options).format(seconds * 1_000)

export const clock = (ts: string, lang: Lang): string => part(Number(ts), lang, { hour: '2-digit', minute: '2-digit' })

/** To the millisecond, for the inspector. */
export const exactTime = (ms: number): string =>
  new Date(ms).toLocaleTimeString('en-GB') + new Date(ms).toISOString().slice(19, 23)

function ago(seconds: number, lang: Lang): string {
  const format = new Intl.RelativeTimeFormat(locale(lang), { numeric: 'auto' })
  const passed = seconds - Date.now() / 1_000
  const steps: readonly [number, Intl.RelativeTimeFormatUnit][] = [
    [60, 'second'],
    [3_600, 'minute'],
    [86_400, 'hour'],
    [Number.POSITIVE_INFINITY, 'day'],
  ]
  const at = steps.findIndex(([limit]) => Math.abs(passed) < limit)
  const unit = at === 0 ? 1 : (steps[at - 1]?.[0] ?? 1)
  return format.format(Math.round(passed / unit), steps[at]?.[1] ?? 'day')
}

const isToday = (seconds: number) => new Date(seconds * 1_000).toDateString() === new Date().toDateString()

/** The day of a message: today, yesterday, or its date. */
export function dayName(ts: string, lang: Lang): string {
  const seconds = Number(ts)
  const day = (ms: number) => new Date(ms).toDateString()
  if (day(seconds * 1_000) === day(Date.now())) return lang === 'fr' ? 'Aujourd’hui' : 'Today'
  if (day(seconds * 1_000) === day(Date.now() - 86_400_000)) return lang === 'fr' ? 'Hier' : 'Yesterday'
  return part(seconds, lang, { weekday: 'long', day: 'numeric', month: 'long' })
}

export const exactDate = (ts: string, lang: Lang): string =>
  part(Number(ts), lang, { dateStyle: 'full', timeStyle: 'medium' })

/** Slack's date tokens, in the reader's language and zone. */
export function formatDate(seconds: number, format: string, lang: Lang): Markup {
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
  const pretty = isToday(seconds) ? (lang === 'fr' ? 'Aujourd’hui' : 'Today') : part(seconds, lang, day)
  const text = format
    .replace('{ago}', ago(seconds, lang))
    .replace('{time}', part(seconds, lang, { hour: '2-digit', minute: '2-digit' }))
    .replace('{time_secs}', part(seconds, lang, { timeStyle: 'medium' }))
    .replace(/\{date_(short_|long_)?pretty\}/, pretty)
    .replace(/\{date(_short|_long|_num)?\}/, part(seconds, lang, day))
  const exact = part(seconds, lang, { dateStyle: 'full', timeStyle: 'medium' })
  return html`<time datetime=${new Date(seconds * 1_000).toISOString()} title=${exact}>${text}</time>`
}
