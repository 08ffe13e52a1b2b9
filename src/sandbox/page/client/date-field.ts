import { Calendar } from './calendar.ts'
import type { Ui } from './context.ts'
import { html } from './html.ts'
import type { Element } from './surface.ts'

interface DateFieldProps {
  readonly element: Element
  readonly held: Record<string, unknown> | undefined
  readonly ui: Ui
  readonly label: string
  readonly id?: string
  readonly describedBy?: string | null
  onChange(chosen: Record<string, unknown>): void
}

const two = (value: number) => String(value).padStart(2, '0')

/** Seconds since 1970 as a date and a time of this computer's zone. */
function split(seconds: number): readonly [date: string, time: string] {
  const at = new Date(seconds * 1_000)
  return [
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    `${two(at.getHours())}:${two(at.getMinutes())}`,
  ]
}

/** A day, a time, or both. */
export function DateField({ element, held, ui, label, id, describedBy = null, onChange }: DateFieldProps) {
  const time = (value: string, change: (value: string) => void, own?: string) =>
    html`<input class="in time" id=${own} type="time" aria-label=${own ? null : ui.t('time')} aria-describedby=${describedBy} value=${value} onChange=${(event: Event) => change((event.target as HTMLInputElement).value)} />`
  if (element.type === 'timepicker') {
    const value = String(held?.selected_time ?? element.initial_time ?? '')
    return time(value, (next) => onChange({ selected_time: next || null }), id ?? undefined)
  }
  if (element.type === 'datepicker') {
    const value = String(held?.selected_date ?? element.initial_date ?? '')
    return html`<${Calendar} id=${id} value=${value} label=${label} describedBy=${describedBy} ui=${ui} onPick=${(next: string) => onChange({ selected_date: next })} />`
  }
  const seconds = (held?.selected_date_time ?? element.initial_date_time) as number | undefined
  const [day, clock] = seconds === undefined ? ['', '09:00'] : split(seconds)
  const change = (nextDay: string, nextClock: string) => {
    if (nextDay !== '')
      onChange({ selected_date_time: Math.floor(new Date(`${nextDay}T${nextClock || '00:00'}`).getTime() / 1_000) })
  }
  return html`<div class="two-col"><${Calendar} id=${id} value=${day} label=${label} describedBy=${describedBy} ui=${ui} onPick=${(next: string) => change(next, clock)} />${time(clock, (next) => change(day, next))}</div>`
}
