import { avatar } from './avatar.ts'
import { BreakPanel } from './break-panel.ts'
import { type Ui, userOf } from './context.ts'
import { html, icon } from './html.ts'
import type { Model } from './model.ts'
import type { Word } from './words.ts'

const themes = { system: 'monitor', light: 'sun', dark: 'moon' } as const
const next = { system: 'light', light: 'dark', dark: 'system' } as const

/** The sandbox's own bar: what is simulated, the tour, faults, the inspector, who one is. */
export function Bar({ ui }: { ui: Ui }) {
  const { model, store } = ui
  const toggle = (panel: Model['panel']) => store.set({ panel: model.panel === panel ? 'none' : panel })
  const me = userOf(model, model.user)
  const setTheme = () => {
    const theme = next[model.theme]
    localStorage.setItem('nox-theme', theme)
    const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    store.set({ theme })
  }
  const setLang = () => {
    const lang = model.lang === 'fr' ? 'en' : 'fr'
    localStorage.setItem('nox-lang', lang)
    document.documentElement.lang = lang
    store.set({ lang })
  }
  return html`<header class="bar on-night">
    <div class="bar-l"><span class="brand"><span class="glyph">${icon('moon', 'i20')}</span>${ui.t('title')}</span><span class="chip chip-sim" title=${ui.t('simulatedHint')}>${icon('info', 'i14')}${ui.t('simulated')}</span></div>
    <div class="bar-r">
      <button type="button" class="nb" aria-pressed=${model.tour !== null} onClick=${() => store.set({ tour: model.tour === null ? 0 : null })}>${icon('map')}<span class="lbl">${ui.t('tour')}</span></button>
      <button type="button" class="nb" aria-expanded=${model.panel === 'break'} onClick=${() => toggle('break')}>${icon('zap')}<span class="lbl">${ui.t('break')}</span></button>
      <button type="button" class="nb" aria-pressed=${model.isInspecting} onClick=${() => store.set({ isInspecting: !model.isInspecting })}>${icon('activity')}<span class="lbl">${ui.t('inspector')}</span></button>
      <span class="sep"></span>
      <button type="button" class="nb" aria-label=${ui.t('language')} onClick=${setLang}>${model.lang.toUpperCase()}</button>
      <button type="button" class="nb" aria-label=${`${ui.t('theme')}: ${model.theme}`} onClick=${setTheme}>${icon(themes[model.theme])}</button>
      <span class="sep"></span>
      <span class="who"><button type="button" class="nb you" aria-haspopup="menu" aria-expanded=${model.panel === 'you'} onClick=${() => toggle('you')}>${avatar(me, 'sm')}<b>${ui.t('you', { name: me?.real_name.split(' ')[0] ?? '' })}</b>${icon('chevron-down')}</button>
        ${model.panel === 'you' && peoplePop(ui)}</span>
    </div>
    ${model.panel === 'break' && html`<${BreakPanel} ui=${ui} />`}
  </header>`
}

const titles: readonly string[] = ['admin', 'developer', 'senior', 'guest']

function peoplePop(ui: Ui) {
  const people = (ui.model.state?.users ?? []).filter((user) => !user.is_bot)
  const address = (user: string) => `#${ui.model.team}/${user}/${ui.model.channel}`
  return html`<div class="pop" role="menu"><h3>${ui.t('seeAs')}</h3>
    ${people.map(
      (
        user,
      ) => html`<div class="mi" key=${user.id}><a role="menuitemradio" aria-checked=${user.id === ui.model.user} class="mi grow" href=${address(user.id)} onClick=${() => ui.store.set({ panel: 'none' })}>${avatar(user, 'sm')}<span class="grow"><b>${user.real_name}</b><br /><small class="muted">${titles.includes(user.title) ? ui.t(user.title as Word) : user.title}</small></span>${user.id === ui.model.user && icon('check')}</a>
      <a class="ib" target="_blank" href=${address(user.id)} aria-label=${`${ui.t('newWindow')}: ${user.real_name}`}>${icon('monitor')}</a></div>`,
    )}
  </div>`
}
