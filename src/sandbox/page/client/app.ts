import { Banners } from './banners.ts'
import { Bar } from './bar.ts'
import type { Ui } from './context.ts'
import { ChannelPane, ThreadPane } from './conversation.ts'
import { AppPane } from './home.ts'
import { html } from './html.ts'
import { Inspector } from './inspector.ts'
import { isPhone } from './is-phone.ts'
import { Modal } from './modal.ts'
import { NewMessage } from './new-message.ts'
import { NewWorkspace } from './new-workspace.ts'
import { PhoneSheet } from './phone-sheet.ts'
import { Rail, Sidebar } from './sidebar.ts'
import { TourBar } from './tour.ts'

/** The whole page. */
export function App({ ui }: { ui: Ui }) {
  const { model } = ui
  const { state } = model
  if (!state) return html`<div class="app" data-thread="closed"></div>`
  const channel = state.channels.find((each) => each.id === model.channel)
  const top = model.views.at(-1)
  const isApp = channel?.user === state.app.botUserId
  const hasThread = model.thread !== null && !(isApp && model.homeTab !== 'messages')
  return html`<div class="app" data-thread=${hasThread ? 'open' : 'closed'} data-pane=${model.pane} inert=${top ? '' : null}>
    <${Bar} ui=${ui} />
    <${Rail} ui=${ui} />
    <${Sidebar} ui=${ui} />
    <main class="main">
      <${Banners} ui=${ui} />
      ${isApp ? html`<${AppPane} ui=${ui} />` : html`<${ChannelPane} ui=${ui} />`}
      <${TourBar} ui=${ui} />
    </main>
    ${hasThread && html`<${ThreadPane} ui=${ui} />`}
    ${model.isInspecting && html`<${Inspector} ui=${ui} />`}
    ${isPhone() && (model.panel === 'sheet' || model.panel === 'break') && html`<${PhoneSheet} ui=${ui} />`}
    ${model.panel === 'new-workspace' && html`<${NewWorkspace} ui=${ui} />`}
    ${model.panel === 'new-message' && html`<${NewMessage} ui=${ui} />`}
    ${model.toast && html`<div class="toast" role="alert">${model.toast}</div>`}
  </div>
  ${top && html`<${Modal} key=${top.id} view=${top} depth=${model.views.length} ui=${ui} />`}`
}
