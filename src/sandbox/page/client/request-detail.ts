import { useEffect, useState } from 'preact/hooks'
import type { SandboxLogLine, SandboxTrace } from '../../client-api.ts'
import type { Ui } from './context.ts'
import { html, icon, type Markup } from './html.ts'
import { JsonTree } from './json-tree.ts'
import { exactTime } from './time.ts'

const tabs = ['request', 'response', 'log'] as const

/** One request: what was sent, what came back, what NOX logged meanwhile. */
export function RequestDetail({
  trace,
  ui,
  onBack,
  onChoose,
}: {
  trace: SandboxTrace
  ui: Ui
  onBack: () => void
  onChoose: (id: string) => void
}) {
  const cause = ui.model.requests.find(({ id }) => id === trace.cause)
  const [tab, setTab] = useState<(typeof tabs)[number]>('response')
  const [lines, setLines] = useState<readonly SandboxLogLine[] | null>(null)
  useEffect(() => {
    setLines(null)
    ui.api.requestLog(trace.id).then(
      (found) => setLines(found.lines),
      () => setLines([]),
    )
  }, [trace.id])
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = tabs[tabs.indexOf(tab) + step]
    if (step === 0 || !next) return
    event.preventDefault()
    setTab(next)
    document.getElementById(`insp-${next}`)?.focus()
  }
  const names = {
    request: ui.t('request'),
    response: ui.t('response'),
    log: `${ui.t('noxLog')} ${lines?.length ?? ''}`,
  }
  return html`<div class="det">
    <div class="tabs" role="tablist" onKeyDown=${onKey}>
      <button type="button" class="ib det-back" aria-label=${ui.t('back')} onClick=${onBack}>${icon('arrow-left')}</button>
      ${tabs.map((each) => html`<button type="button" role="tab" id=${`insp-${each}`} class="tab" aria-controls="insp-panel" aria-selected=${each === tab} tabindex=${each === tab ? 0 : -1} onClick=${() => setTab(each)}>${names[each]}</button>`)}
    </div>
    <div class="meta"><span><b class="trunc">${trace.name}</b></span><span>${trace.status || ui.t('noAnswer')}</span><span>${trace.ms} ms</span>
      ${cause && html`<span>${ui.t('because')} <button type="button" class="link" onClick=${() => onChoose(cause.id)}>${cause.name}</button></span>`}</div>
    <div id="insp-panel" role="tabpanel" aria-labelledby=${`insp-${tab}`} class="det-panel">
      ${tab === 'log' ? logView(lines, ui) : html`<${JsonTree} key=${`${trace.id} ${tab}`} value=${tab === 'request' ? trace.request : trace.response} label=${names[tab]} />`}
    </div>
  </div>`
}

function logView(lines: readonly SandboxLogLine[] | null, ui: Ui): Markup {
  if (lines === null) return html`<p class="pop-f">${ui.t('searching')}</p>`
  if (lines.length === 0) return html`<p class="pop-f">${ui.t('noLog')}</p>`
  return html`<ol class="log-lines" tabindex="0">${lines.map(
    (
      line,
    ) => html`<li><span class="tn muted">${exactTime(line.at)}</span> <span class=${`lv lv-${line.level}`}>${line.level}</span> ${line.text}
      <span class="c">${Object.entries(line.facts)
        .map(([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
        .join(' ')}</span></li>`,
  )}</ol>`
}
