import { useState } from 'preact/hooks'
import type { Values } from './api.ts'
import { blocksView } from './blocks.ts'
import { ConfirmDialog } from './confirm.ts'
import type { Ui } from './context.ts'
import { ChannelPane } from './conversation.ts'
import { html, icon } from './html.ts'
import type { Model } from './model.ts'
import type { Block, Confirm, Surface } from './surface.ts'

const tabs = ['home', 'messages', 'about'] as const

/** The app's own place: Home, its direct messages, what it is. */
export function AppPane({ ui }: { ui: Ui }) {
  const { homeTab } = ui.model
  const show = (tab: Model['homeTab']) => {
    ui.store.set({ homeTab: tab })
    if (tab !== 'about') void ui.act(() => ui.api.home(tab))
  }
  const onKey = (event: KeyboardEvent) => {
    const at = tabs.indexOf(homeTab)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const next = to === undefined ? undefined : tabs[to]
    if (!next) return
    event.preventDefault()
    show(next)
    document.getElementById(`app-${next}`)?.focus()
  }
  return html`<div class="app-pane">
    <header class="head"><button type="button" class="ib phone-only" aria-label=${ui.t('back')} onClick=${() => ui.store.set({ pane: 'list' })}>${icon('arrow-left')}</button>
      <div class="grow two"><h1><span class="av av24 nox" aria-hidden="true">${icon('moon', 'i14')}</span>NOX</h1></div>
      <button type="button" class="ib phone-only" data-opens aria-label=${ui.t('controls')} onClick=${() => ui.store.set({ panel: 'sheet' })}>${icon('moon', 'i18')}</button></header>
    <div class="tabs" role="tablist" onKeyDown=${onKey}>${tabs.map((tab) => html`<button type="button" role="tab" id=${`app-${tab}`} class="tab" aria-selected=${tab === homeTab} tabindex=${tab === homeTab ? 0 : -1} onClick=${() => show(tab)}>${ui.t(tab)}</button>`)}</div>
    ${homeTab === 'home' && html`<${HomeView} ui=${ui} />`}
    ${homeTab === 'messages' && html`<${ChannelPane} ui=${ui} />`}
    ${homeTab === 'about' && html`<div class="scroll"><div class="homev"><p class="mh">NOX</p><p>${ui.t('aboutText')}</p></div></div>`}
  </div>`
}

function HomeView({ ui }: { ui: Ui }) {
  const { home } = ui.model
  const [values, setValues] = useState<Values>({})
  const [asked, setAsked] = useState<{ question: Confirm; go: () => void } | null>(null)
  if (!home) return html`<div class="scroll"><div class="homev"><p class="muted">${ui.t('homeEmpty')}</p></div></div>`
  const surface: Surface = {
    ui,
    source: { kind: 'view', view_id: home.id },
    values,
    setValue: (block, action, value) => setValues((now) => ({ ...now, [block]: { ...now[block], [action]: value } })),
    errors: {},
    confirm: (question, go) => setAsked({ question, go }),
  }
  return html`<div class="scroll" role="tabpanel" aria-labelledby="app-home"><div class="homev body">${blocksView(home.view.blocks as Block[], surface)}</div>
    ${asked && html`<${ConfirmDialog} question=${asked.question} onClose=${() => setAsked(null)} onConfirm=${asked.go} />`}</div>`
}
