import { BreakPanel } from './break-panel.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { PeopleMenu } from './people-menu.ts'
import { usePanel } from './popover.ts'
import { nextLang, nextTheme, themeIcon } from './theme.ts'

/** On a phone: everything that the bar holds, as a sheet from below. */
export function PhoneSheet({ ui }: { ui: Ui }) {
  const { model, store } = ui
  const box = usePanel<HTMLDivElement>(ui)
  if (model.panel === 'break') return html`<${BreakPanel} ui=${ui} />`
  return html`<div class="pop sheet" role="dialog" aria-label=${ui.t('controls')} ref=${box}>
    <div class="panel-h"><h2>${ui.t('title')}</h2><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => store.set({ panel: 'none' })}>${icon('x')}</button></div>
    <p class="pop-f">${ui.t('simulatedHint')}</p>
    <div class="sheet-b">
      <button type="button" class="mi" onClick=${() => {
        ui.setTour(model.tour === null ? 0 : null)
        store.set({ panel: 'none' })
      }}>${icon('circle-play')}${ui.t('tour')}</button>
      <button type="button" class="mi" data-opens onClick=${() => store.set({ panel: 'break' })}>${icon('zap')}${ui.t('break')}</button>
      <button type="button" class="mi" onClick=${() => store.set({ isInspecting: true, panel: 'none' })}>${icon('activity')}${ui.t('inspector')}</button>
      <button type="button" class="mi" onClick=${() => nextLang(ui)}>${icon('at-sign')}${ui.t('languageIs', { value: model.lang.toUpperCase() })}</button>
      <button type="button" class="mi" onClick=${() => nextTheme(store)}>${icon(themeIcon[model.theme])}${ui.t('themeIs', { value: ui.t(model.theme) })}</button>
      <div class="hr"></div>
      <${PeopleMenu} ui=${ui} />
    </div></div>`
}
