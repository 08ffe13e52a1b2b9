import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SandboxTrace } from '../../client-api.ts'
import { isDirect, type Ui } from './context.ts'
import { html, icon } from './html.ts'
import { RequestDetail } from './request-detail.ts'
import { exactTime } from './time.ts'
import type { Word } from './words.ts'

type Filter = 'all' | 'to' | 'from' | 'kubernetes' | 'vendor' | 'bad'

const isBad = (trace: SandboxTrace) =>
  trace.status === 0 || trace.status >= 400 || (trace.response as { ok?: boolean } | null)?.ok === false
const filters: readonly {
  readonly id: Filter
  readonly word: Word
  readonly fits: (trace: SandboxTrace) => boolean
}[] = [
  { id: 'all', word: 'all', fits: () => true },
  { id: 'to', word: 'toNox', fits: (trace) => trace.direction === 'to-nox' },
  { id: 'from', word: 'fromNox', fits: (trace) => trace.direction === 'from-nox' && trace.peer === 'slack' },
  { id: 'kubernetes', word: 'clusters', fits: (trace) => trace.peer === 'kubernetes' },
  { id: 'vendor', word: 'vendors', fits: (trace) => trace.peer === 'vendor' },
  { id: 'bad', word: 'errors', fits: isBad },
]
const marks = { slack: 'arrow-left', kubernetes: 'server', vendor: 'link' } as const
const peers = { slack: 'fromNox', kubernetes: 'clusters', vendor: 'vendors' } as const
const heights = { least: 160, most: 640, step: 32 } as const

/** Every request to and from NOX. */
export function Inspector({ ui }: { ui: Ui }) {
  const [filter, setFilter] = useState<Filter>('all')
  const [typed, setTyped] = useState('')
  const [frozen, setFrozen] = useState<readonly SandboxTrace[] | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [height, setHeight] = useState(320)
  const dock = useRef<HTMLElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const requests = frozen ?? ui.model.requests
  const wanted = typed.toLowerCase()
  const shown = requests
    .filter(filters.find(({ id }) => id === filter)?.fits ?? (() => true))
    .filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(wanted))
  const detail = requests.find((each) => each.id === chosen)

  useLayoutEffect(() => dock.current?.style.setProperty('--dock', `${height}px`), [height])
  useLayoutEffect(() => {
    if (isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [shown.length])

  const onScroll = ({ target }: Event) => {
    const { scrollTop, scrollHeight, clientHeight } = target as HTMLElement
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40
  }
  const choose = (id: string | undefined) => {
    if (id === undefined) return
    setChosen(id)
    isAtEnd.current = false
    requestAnimationFrame(() => document.getElementById(`req-${id}`)?.focus())
  }
  const onKey = (event: KeyboardEvent) => {
    const at = shown.findIndex(({ id }) => id === chosen)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    choose(shown[Math.max(0, to)]?.id)
  }

  return html`<section class="dock" aria-label=${ui.t('inspector')} data-detail=${detail ? 'open' : 'closed'} ref=${dock}>
    <${Grip} ui=${ui} height=${height} onChange=${setHeight} />
    <div class="dock-h"><h2>${ui.t('inspector')}</h2>
      <div role="group" aria-label=${ui.t('filter')} class="fils">${filters.map(({ id, word, fits }) => html`<button type="button" class="fil" aria-pressed=${id === filter} onClick=${() => setFilter(id)}>${ui.t(word)} ${requests.filter(fits).length}</button>`)}</div>
      <input class="in insp-search" type="search" aria-label=${ui.t('search')} placeholder=${ui.t('search')} value=${typed} onInput=${(event: Event) => setTyped((event.target as HTMLInputElement).value)} />
      <button type="button" class="ib" aria-pressed=${frozen !== null} aria-label=${ui.t(frozen ? 'goOn' : 'pause')} title=${ui.t(frozen ? 'goOn' : 'pause')} onClick=${() => setFrozen(frozen ? null : requests)}>${icon(frozen ? 'play' : 'pause')}</button>
      <button type="button" class="ib" aria-label=${ui.t('clear')} title=${ui.t('clear')} onClick=${() => {
        setFrozen(null)
        setChosen(null)
        ui.store.set({ requests: [] })
      }}>${icon('trash-2')}</button>
      <button type="button" class="ib" aria-label=${ui.t('close')} title=${ui.t('close')} onClick=${() => ui.store.set({ isInspecting: false })}>${icon('x')}</button></div>
    <div class="reqs" ref=${list} onScroll=${onScroll} onKeyDown=${onKey}>
      ${shown.length === 0 ? html`<p class="pop-f">${ui.t('noRequests')}</p>` : tableView(shown, chosen, ui, choose)}
    </div>
    ${
      detail
        ? html`<${RequestDetail} trace=${detail} ui=${ui} onBack=${() => setChosen(null)} onChoose=${(id: string) => {
            setFilter('all')
            setTyped('')
            choose(id)
          }} />`
        : html`<div class="det det-none"><p class="pop-f">${ui.t('chooseRequest')}</p></div>`
    }
  </section>`
}

function tableView(shown: readonly SandboxTrace[], chosen: string | null, ui: Ui, choose: (id: string) => void) {
  const focusable = shown.some(({ id }) => id === chosen) ? chosen : shown.at(-1)?.id
  return html`<table role="grid" aria-label=${ui.t('requests')}><colgroup><col /><col class="c-time" /><col class="c-where" /><col class="c-status" /><col class="c-ms" /></colgroup>
    <thead><tr><th>${ui.t('name')}</th><th class="c-time">${ui.t('time')}</th><th class="c-where">${ui.t('aboutWhat')}</th><th>${ui.t('status')}</th><th class="num">ms</th></tr></thead>
    <tbody>${shown.map((trace) => {
      const toNox = trace.direction === 'to-nox'
      const kind = isBad(trace) ? (trace.status === 429 ? 'w' : 'e') : ''
      return html`<tr key=${trace.id} id=${`req-${trace.id}`} tabindex=${trace.id === focusable ? 0 : -1} aria-selected=${trace.id === chosen} onClick=${() => choose(trace.id)} onFocus=${() => trace.id !== chosen && choose(trace.id)}>
        <td><span class=${toNox ? 'dir to' : 'dir out'}>${icon(toNox ? 'arrow-right' : marks[trace.peer], 'i14')}<span class="sr">${ui.t(toNox ? 'toNox' : peers[trace.peer])}</span><span class="trunc">${trace.name}</span></span></td>
        <td class="muted tn c-time">${exactTime(trace.at)}</td><td class="muted c-where">${placeOf(trace.about, ui)}</td><td><span class=${`st tn ${kind}`}>${trace.status || '—'}</span></td><td class="num">${trace.ms}</td></tr>`
    })}</tbody></table>`
}

/** A channel or a person by name, where the id is one. */
function placeOf(about: string, ui: Ui): string {
  const channel = ui.model.state?.channels.find(({ id }) => id === about)
  if (channel) return isDirect(channel) ? channel.name : `#${channel.name}`
  return ui.model.state?.users.find(({ id }) => id === about)?.real_name ?? about.slice(0, 80)
}

/** The upper edge, drawn with the pointer or moved with ↑ and ↓. */
function Grip({ ui, height, onChange }: { ui: Ui; height: number; onChange: (height: number) => void }) {
  const within = (value: number) => onChange(Math.min(heights.most, innerHeight - 200, Math.max(heights.least, value)))
  const onPointer = (event: PointerEvent) => {
    const grip = event.currentTarget as HTMLElement
    grip.setPointerCapture(event.pointerId)
    const move = ({ clientY }: PointerEvent) => within(innerHeight - clientY)
    grip.addEventListener('pointermove', move)
    grip.addEventListener('pointerup', () => grip.removeEventListener('pointermove', move), { once: true })
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowUp: heights.step, ArrowDown: -heights.step }[event.key]
    if (step === undefined) return
    event.preventDefault()
    within(height + step)
  }
  return html`<div class="grip" role="separator" aria-orientation="horizontal" aria-label=${ui.t('resize')} tabindex="0" aria-valuenow=${height} aria-valuemin=${heights.least} aria-valuemax=${heights.most} onPointerDown=${onPointer} onKeyDown=${onKey}></div>`
}
