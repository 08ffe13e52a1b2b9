import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'

interface CalendarProps {
  /** YYYY-MM-DD, or empty. */
  readonly value: string
  readonly label: string
  readonly ui: Ui
  readonly id?: string
  readonly describedBy?: string | null
  onPick(value: string): void
}

const day = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const parse = (value: string) => Date.parse(`${value}T00:00:00Z`)
const today = () => {
  const now = new Date()
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())
}

/** The same day some months away, or the last of a shorter month. */
function addMonths(ms: number, count: number): number {
  const at = new Date(ms)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count + 1, 0)).getUTCDate()
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, Math.min(at.getUTCDate(), last))
}

/** A field that opens a month of days: arrows move by days and weeks, PageUp and PageDown by months. */
export function Calendar({ value, label, ui, id, describedBy = null, onPick }: CalendarProps) {
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(value ? parse(value) : today())
  const box = useRef<HTMLSpanElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const locale = ui.model.lang === 'fr' ? 'fr-FR' : 'en-GB'
  const say = (ms: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(ms)
  // Before the next key: it must find the day that the last one went to.
  useLayoutEffect(() => {
    if (!isOpen) return
    box.current?.querySelector<HTMLElement>('[data-at]')?.focus()
    const close = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [isOpen, at])
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const pick = (ms: number) => {
    close()
    onPick(iso(ms))
  }
  const onKey = (event: KeyboardEvent) => {
    const moves: Record<string, (now: number) => number> = {
      ArrowLeft: (now) => now - day,
      ArrowRight: (now) => now + day,
      ArrowUp: (now) => now - 7 * day,
      ArrowDown: (now) => now + 7 * day,
      PageUp: (now) => addMonths(now, -1),
      PageDown: (now) => addMonths(now, 1),
    }
    const move = moves[event.key]
    if (event.key === 'Escape') close()
    else if (move && (event.target as HTMLElement).closest('[role=grid]')) setAt(move)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const month = new Date(at)
  const first = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1)
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * day
  const weeks = [0, 1, 2, 3, 4, 5].map((week) => [0, 1, 2, 3, 4, 5, 6].map((index) => start + (week * 7 + index) * day))
  return html`<span class="anchor wide" ref=${box} onKeyDown=${isOpen ? onKey : null}>
    <button type="button" id=${id} ref=${opener} class="sel wide" aria-haspopup="dialog" aria-expanded=${isOpen} aria-describedby=${describedBy} onClick=${() => {
      setAt(value ? parse(value) : today())
      setOpen(!isOpen)
    }}>${icon('calendar')}<span class=${value ? 'trunc grow' : 'trunc grow muted'}>${value ? say(parse(value), { day: 'numeric', month: 'long', year: 'numeric' }) : label}</span></button>
    ${
      isOpen &&
      html`<div class="pop cal" role="dialog" aria-label=${label}>
      <div class="cal-h"><button type="button" class="ib" aria-label=${ui.t('prevMonth')} onClick=${() => setAt(addMonths(at, -1))}>${icon('arrow-left')}</button><span aria-live="polite">${say(first, { month: 'long', year: 'numeric' })}</span><button type="button" class="ib" aria-label=${ui.t('nextMonth')} onClick=${() => setAt(addMonths(at, 1))}>${icon('arrow-right')}</button></div>
      <div role="grid" aria-label=${say(first, { month: 'long', year: 'numeric' })}>
        <div class="cal-g" role="row">${(weeks[0] ?? []).map((ms) => html`<span role="columnheader" aria-label=${say(ms, { weekday: 'long' })}>${say(ms, { weekday: 'narrow' })}</span>`)}</div>
        ${weeks.map(
          (week) =>
            html`<div class="cal-g" role="row">${week.map((ms) => {
              const isOut = new Date(ms).getUTCMonth() !== month.getUTCMonth()
              const classes = [isOut && 'out', ms === today() && 'today'].filter(Boolean).join(' ')
              return html`<span role="gridcell" class="cell" aria-selected=${iso(ms) === value}><button type="button" class=${classes} data-sel=${iso(ms) === value ? '' : null} data-at=${ms === at ? '' : null} tabindex=${ms === at ? 0 : -1} aria-label=${say(ms, { day: 'numeric', month: 'long', year: 'numeric' })} onClick=${() => pick(ms)}>${new Date(ms).getUTCDate()}</button></span>`
            })}</div>`,
        )}
      </div></div>`
    }
  </span>`
}
