import { avatar } from './avatar.ts'
import { BreakPanel } from './break-panel.ts'
import { type Ui, userOf } from './context.ts'
import { GoTo } from './go-to.ts'
import { html, icon } from './html.ts'
import { isPhone } from './is-phone.ts'
import type { Model } from './model.ts'
import { PeopleMenu } from './people-menu.ts'
import { SimulatedPanel } from './simulated-panel.ts'
import { nextLang, nextTheme, themeIcon } from './theme.ts'
import { stepCount } from './tour.ts'

/** The sandbox's own bar: what is simulated, go to, the tour, faults, the inspector, who one is. */
export function Bar({ ui }: { ui: Ui }) {
  const { model, store } = ui
  const toggle = (panel: Model['panel']) => store.set({ panel: model.panel === panel ? 'none' : panel })
  const me = userOf(model, model.user)
  const faults = model.state?.faults.length ?? 0
  return html`<header class="bar on-night">
    <div class="bar-l"><span class="brand"><span class="glyph">${icon('moon', 'i20')}</span>${ui.t('title')}</span>
      <span class="who"><button type="button" class="chip chip-sim" data-opens aria-haspopup="dialog" aria-expanded=${model.panel === 'simulated'} onClick=${() => toggle('simulated')}>${icon('info', 'i14')}${ui.t('simulated')}</button>
      ${model.panel === 'simulated' && html`<${SimulatedPanel} ui=${ui} />`}</span></div>
    <button type="button" class="jump" data-opens aria-haspopup="dialog" aria-expanded=${model.panel === 'goto'} onClick=${() => toggle('goto')}>${icon('search')}<span class="trunc">${ui.t('goTo')}</span><kbd>Ctrl K</kbd></button>
    <div class="bar-r">
      <button type="button" class="nb" title=${ui.t('tour')} aria-pressed=${model.tour !== null} onClick=${() => ui.setTour(model.tour === null ? 0 : null)}>${icon('circle-play')}<span class="lbl">${ui.t('tour')}</span>${model.tour !== null && html`<span class="n tn">${model.tour + 1}/${stepCount}</span>`}</button>
      <button type="button" class="nb" data-opens title=${ui.t('break')} aria-haspopup="dialog" aria-expanded=${model.panel === 'break'} onClick=${() => toggle('break')}>${icon('zap')}<span class="lbl">${ui.t('break')}</span>${faults > 0 && html`<span class="dot tn">${faults}<span class="sr"> ${ui.t(faults === 1 ? 'faultActive' : 'faultsActive', { n: faults })}</span></span>`}</button>
      <button type="button" class="nb" title=${ui.t('inspector')} aria-expanded=${model.isInspecting} onClick=${() => store.set({ isInspecting: !model.isInspecting })}>${icon('activity')}<span class="lbl">${ui.t('inspector')}</span></button>
      <span class="sep"></span>
      <button type="button" class="nb" aria-label=${ui.t('languageIs', { value: model.lang.toUpperCase() })} onClick=${() => nextLang(ui)}>${model.lang.toUpperCase()}</button>
      <button type="button" class="nb" aria-label=${ui.t('themeIs', { value: ui.t(model.theme) })} title=${ui.t('themeIs', { value: ui.t(model.theme) })} onClick=${() => nextTheme(store)}>${icon(themeIcon[model.theme])}</button>
      <span class="sep"></span>
      <span class="who"><button type="button" class="nb you" data-opens aria-haspopup="menu" aria-expanded=${model.panel === 'you'} onClick=${() => toggle('you')}>${avatar(me, 'sm')}<b class="lbl">${ui.t('you', { name: me?.real_name.split(' ')[0] ?? '' })}</b>${icon('chevron-down')}</button>
        ${model.panel === 'you' && html`<div class="pop" role="presentation"><${PeopleMenu} ui=${ui} /></div>`}</span>
    </div>
    ${model.panel === 'break' && !isPhone() && html`<${BreakPanel} ui=${ui} />`}
    ${model.panel === 'goto' && html`<${GoTo} ui=${ui} />`}
  </header>`
}
