import { Bar } from './bar.ts'
import type { Ui } from './context.ts'
import { ChannelPane, ThreadPane } from './conversation.ts'
import { AppPane } from './home.ts'
import { html, icon } from './html.ts'
import { Inspector } from './inspector.ts'
import { Modal } from './modal.ts'
import { Sidebar } from './sidebar.ts'
import { plainText } from './text.ts'

/** The whole page. */
export function App({ ui }: { ui: Ui }) {
  const { model } = ui
  const { state } = model
  if (!state) return html`<div class="app" data-thread="closed"></div>`
  const channel = state.channels.find((each) => each.id === model.channel)
  const team = state.teams.find((each) => each.id === model.team)
  const isApp = channel?.user === state.app.botUserId
  const top = model.views.at(-1)
  const hasThread = model.thread !== null && !(isApp && model.homeTab !== 'messages')
  return html`<div class="app" data-thread=${hasThread ? 'open' : 'closed'} data-pane=${model.pane}>
    <${Bar} ui=${ui} />
    <div class="rail on-night">${state.teams.map((each) => html`<a class="tile" key=${each.id} href=${`#${each.id}`} aria-label=${each.name} aria-current=${each.id === model.team ? 'true' : null}>${plainText(each.icon)}</a>`)}</div>
    <${Sidebar} ui=${ui} />
    <main class="main">
      ${!model.isUp && html`<div class="banner" role="status">${icon('circle-alert')}${ui.t('down')}</div>`}
      ${!state.app.installed && html`<div class="banner">${icon('info')}<span class="grow">${ui.t('notInstalled', { team: team?.name ?? '' })}</span><a class="b pri" href="/slack/install">${ui.t('install')}</a></div>`}
      ${isApp ? html`<${AppPane} ui=${ui} />` : html`<${ChannelPane} ui=${ui} />`}
    </main>
    ${hasThread && html`<${ThreadPane} ui=${ui} />`}
    ${model.isInspecting && html`<${Inspector} ui=${ui} />`}
    ${top && html`<${Modal} key=${`${top.id} ${top.hash}`} view=${top} ui=${ui} />`}
    ${model.toast && html`<div class="toast" role="alert">${model.toast}</div>`}
  </div>`
}
