import { useState } from 'preact/hooks'
import type { SandboxFault } from '../../client-api.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { usePanel } from './popover.ts'
import type { Word } from './words.ts'

interface Fault {
  readonly word: Word
  readonly hint: Word
  readonly fault: SandboxFault
}

/** What Slack does until it is switched off again, or a number of times. */
const faults: readonly Fault[] = [
  { word: 'rateLimit', hint: 'rateLimitHint', fault: { kind: 'rate-limit', method: 'chat.*', times: 5 } },
  { word: 'serverError', hint: 'serverErrorHint', fault: { kind: 'server-error', method: '*', times: 5 } },
  { word: 'slow', hint: 'slowHint', fault: { kind: 'slow', method: '*' } },
  { word: 'reset', hint: 'resetHint', fault: { kind: 'reset', method: '*', times: 3 } },
  { word: 'duplicate', hint: 'duplicateHint', fault: { kind: 'duplicate-events', method: '*' } },
  { word: 'reorder', hint: 'reorderHint', fault: { kind: 'reorder-events', method: '*' } },
]
const servicesOf: Readonly<Record<string, readonly string[]>> = {
  T0SOCIETEX: ['user-api', 'billing', 'web', 'checkout', 'search', 'mailer'],
  T0FREELEA: ['site-y', 'api-y', 'site-z', 'api-z'],
}

/** Workspaces whose monitoring is simulated. */
const monitored: readonly string[] = ['T0SOCIETEX']

const faultWord = (count: number): Word => (count === 0 ? 'noFault' : count === 1 ? 'faultActive' : 'faultsActive')

/** Faults of Slack and of clusters, alerts, to see how NOX takes them. */
export function BreakPanel({ ui }: { ui: Ui }) {
  const box = usePanel<HTMLDivElement>(ui)
  const services = servicesOf[ui.model.team] ?? []
  const [service, setService] = useState(services[0] ?? '')
  const [done, setDone] = useState('')
  const active = ui.model.state?.faults ?? []
  const isOn = (fault: SandboxFault) => active.find((each) => each.kind === fault.kind && each.method === fault.method)
  const toggle = (fault: SandboxFault) =>
    ui.act(() => (isOn(fault) ? ui.api.clearFaults(fault) : ui.api.addFault(fault)))
  const disturb = (what: 'crash' | 'fail-rollout', said: Word) =>
    ui.act(async () => {
      await ui.api.cluster(what, service)
      setDone(ui.t(said, { service }))
    })
  const hasAlerts = monitored.includes(ui.model.team)
  const alert = () =>
    ui.act(async () => {
      await ui.api.alert('fire', service)
      setDone(ui.t('alertSent', { service }))
    })
  const repair = () =>
    ui.act(async () => {
      await ui.api.clearFaults()
      await ui.api.cluster('heal', '*')
      if (hasAlerts) await ui.api.alert('resolve', '*')
      setDone(ui.t('repaired'))
    })
  return html`<div class="pop panel panel-pop" role="dialog" aria-labelledby="break-t" ref=${box}>
    <div class="panel-h"><h2 id="break-t">${ui.t('break')}</h2><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => ui.store.set({ panel: 'none' })}>${icon('x')}</button></div>
    <div class="panel-b"><p>${ui.t('breakHint')}</p>
      ${
        services.length > 0 &&
        html`<h3>${ui.t('cluster')}</h3>
      <div class="row"><label class="grow" for="break-s"><b>${ui.t('service')}</b></label><select id="break-s" class="sel" onChange=${(event: Event) => setService((event.target as HTMLSelectElement).value)}>${services.map((each) => html`<option>${each}</option>`)}</select></div>
      <div class="row"><span class="grow" id="b-crash"><b>${ui.t('crash')}</b><small>${ui.t('crashHint')}</small></span><button type="button" class="b" aria-describedby="b-crash" onClick=${() => disturb('crash', 'crashed')}>${ui.t('crashDo')}</button></div>
      <div class="row"><span class="grow" id="b-fail"><b>${ui.t('failRollout')}</b><small>${ui.t('failRolloutHint')}</small></span><button type="button" class="b" aria-describedby="b-fail" onClick=${() => disturb('fail-rollout', 'willFail')}>${ui.t('failDo')}</button></div>
      ${hasAlerts && html`<div class="row"><span class="grow" id="b-alert"><b>${ui.t('alert')}</b><small>${ui.t('alertHint')}</small></span><button type="button" class="b" aria-describedby="b-alert" onClick=${alert}>${ui.t('alertDo')}</button></div>`}`
      }
      <h3>Slack</h3>
      ${faults.map(({ word, hint, fault }) => {
        const on = isOn(fault)
        return html`<div class="row" key=${word}><span class="grow" id=${`f-${word}`}><b>${ui.t(word)}</b><small>${ui.t(hint, { n: on?.times ?? fault.times ?? 0 })}</small></span><button type="button" class="sw" role="switch" aria-checked=${on !== undefined} aria-labelledby=${`f-${word}`} onClick=${() => toggle(fault)}></button></div>`
      })}
    </div>
    <div class="panel-f"><span class="grow small muted" role="status">${done || ui.t(faultWord(active.length), { n: active.length })}</span><button type="button" class="b" onClick=${repair}>${ui.t('repair')}</button></div>
  </div>`
}
