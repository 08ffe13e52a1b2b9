import { useEffect, useState } from 'preact/hooks'
import type { SandboxFault } from '../../client-api.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import type { Word } from './words.ts'

const faults: readonly { readonly word: Word; readonly fault: SandboxFault }[] = [
  { word: 'rateLimit', fault: { kind: 'rate-limit', method: 'chat.*', times: 5 } },
  { word: 'serverError', fault: { kind: 'server-error', method: '*', times: 5 } },
  { word: 'slow', fault: { kind: 'slow', method: '*' } },
  { word: 'reset', fault: { kind: 'reset', method: '*', times: 3 } },
  { word: 'duplicate', fault: { kind: 'duplicate-events', method: '*' } },
]
const services = ['user-api', 'billing', 'web', 'checkout']

/** Faults of Slack and of clusters, to see how NOX takes them. */
export function BreakPanel({ ui }: { ui: Ui }) {
  const [active, setActive] = useState<readonly SandboxFault[]>([])
  const [service, setService] = useState(services[0] ?? '')
  const refresh = async () => setActive((await ui.api.faults()).faults)
  useEffect(() => void ui.act(refresh), [])
  const after = (work: () => Promise<unknown>) =>
    ui.act(async () => {
      await work()
      await refresh()
    })
  return html`<div class="pop panel panel-pop" role="dialog" aria-label=${ui.t('break')}>
    <div class="panel-h"><h2 class="grow">${ui.t('break')}</h2><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => ui.store.set({ panel: 'none' })}>${icon('x')}</button></div>
    <div class="panel-b">
      <h3>Slack</h3>
      ${faults.map(({ word, fault }) => html`<div class="row"><span class="grow">${ui.t(word)}</span><button type="button" class="b" onClick=${() => after(() => ui.api.addFault(fault))}>${icon('zap', 'i14')}${active.filter((each) => each.kind === fault.kind).length || ''}</button></div>`)}
      <h3>Kubernetes</h3>
      <div class="row"><select class="sel grow" aria-label="service" onChange=${(event: Event) => setService((event.target as HTMLSelectElement).value)}>${services.map((each) => html`<option>${each}</option>`)}</select></div>
      <div class="row"><span class="grow">${ui.t('crash')}</span><button type="button" class="b" aria-label=${ui.t('crash')} onClick=${() => ui.act(() => ui.api.cluster('crash', service))}>${icon('zap', 'i14')}</button></div>
      <div class="row"><span class="grow">${ui.t('failRollout')}</span><button type="button" class="b" aria-label=${ui.t('failRollout')} onClick=${() => ui.act(() => ui.api.cluster('fail-rollout', service))}>${icon('zap', 'i14')}</button></div>
      <div class="row"><span class="grow small muted">${ui.t('faultsActive', { n: active.length })}</span><button type="button" class="b pri" onClick=${() =>
        after(async () => {
          await ui.api.clearFaults()
          await ui.api.cluster('heal', '*')
        })}>${ui.t('repair')}</button></div>
    </div>
  </div>`
}
