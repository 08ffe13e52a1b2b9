import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { usePanel } from './popover.ts'

/** Says plainly what is real here and what is not. */
export function SimulatedPanel({ ui }: { ui: Ui }) {
  const box = usePanel<HTMLDivElement>(ui)
  return html`<div class="pop panel sim-panel" role="dialog" aria-labelledby="sim-t" ref=${box}>
    <div class="panel-h"><h2 id="sim-t">${ui.t('whatSimulated')}</h2><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => ui.store.set({ panel: 'none' })}>${icon('x')}</button></div>
    <div class="panel-b"><p>${ui.t('simulatedHint')}</p>
      <div class="row"><span class="grow"><b>${ui.t('real')}</b><small>${ui.t('realList')}</small></span></div>
      <div class="row"><span class="grow"><b>${ui.t('simulated')}</b><small>${ui.t('simulatedList')}</small></span></div>
      <div class="row"><span class="grow"><b><a href="/inbox" target="_blank" rel="noopener">${ui.t('inbox')}</a></b><small>${ui.t('inboxHint')}</small></span></div>
    </div></div>`
}
