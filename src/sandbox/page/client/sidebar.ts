import type { SandboxChannel } from '../../client-api.ts'
import { avatar } from './avatar.ts'
import { initials, isDirect, markOf, type Ui, userOf } from './context.ts'
import { html, icon } from './html.ts'
import { Tour } from './tour.ts'
import { WorkspaceMenu } from './workspace-menu.ts'

/** The workspaces, one tile each, and the way to a new one. */
export function Rail({ ui }: { ui: Ui }) {
  const { state, team } = ui.model
  return html`<nav class="rail on-night" aria-label=${ui.t('workspaces')}>
    ${state?.teams.map((each) => html`<a class="tile" key=${each.id} href=${`#${each.id}/${each.user}/${each.channel}`} title=${each.name} aria-current=${each.id === team ? 'true' : null}><span aria-hidden="true">${initials(each.name)}</span><span class="sr">${each.name}</span></a>`)}
    <button type="button" class="tile add" data-opens aria-haspopup="dialog" aria-label=${ui.t('newWorkspace')} title=${ui.t('newWorkspace')} onClick=${() => ui.store.set({ panel: 'new-workspace' })}>${icon('plus')}</button>
  </nav>`
}

/** Channels, direct messages, the app. */
export function Sidebar({ ui }: { ui: Ui }) {
  const { state } = ui.model
  const team = state?.teams.find((each) => each.id === ui.model.team)
  const bot = state?.app.botUserId
  const channels = state?.channels.filter((each) => !isDirect(each)) ?? []
  const direct = state?.channels.filter((each) => isDirect(each) && each.user !== bot) ?? []
  const app = state?.app.installed ? state.channels.find((each) => each.user === bot) : undefined
  const isOpen = ui.model.panel === 'workspace'
  const others = state?.users.filter(
    (user) =>
      !user.is_bot &&
      user.team === ui.model.team &&
      user.id !== ui.model.user &&
      !direct.some((each) => each.user === user.id),
  )
  return html`<aside class="side on-night" aria-label=${team?.name ?? ''}>
    <div class="side-h"><button type="button" class="ws" data-opens aria-haspopup="menu" aria-expanded=${isOpen} onClick=${() => ui.store.set({ panel: isOpen ? 'none' : 'workspace' })}><span class="trunc">${team?.name ?? ''}</span>${icon('chevron-down')}</button>
      <span class="grow"></span><button type="button" class="ib phone-only" data-opens aria-label=${ui.t('controls')} onClick=${() => ui.store.set({ panel: 'sheet' })}>${icon('moon', 'i18')}</button>
      ${isOpen && html`<${WorkspaceMenu} ui=${ui} />`}</div>
    <nav class="nav" aria-label=${ui.t('conversations')}><h2>${ui.t('channels')}</h2>${channels.map((channel) => channelItem(channel, ui))}
      <h2>${ui.t('directMessages')}<span class="grow"></span><button type="button" class="ib" data-opens aria-haspopup="dialog" aria-label=${ui.t('newMessage')} title=${ui.t('newMessage')} onClick=${() => ui.store.set({ panel: 'new-message' })}>${icon('plus')}</button></h2>${direct.map((channel) => channelItem(channel, ui))}
      ${others?.map((user) => html`<button type="button" class="item" key=${user.id} onClick=${() => ui.act(async () => ui.open((await ui.api.direct(user.id)).channel))}>${avatar(user, 'sm')}<span class="trunc">${user.real_name}</span>${user.title === 'guest' && html`<span class="tag">${ui.t('guestTag')}</span>`}</button>`)}
      <h2>${ui.t('apps')}</h2>${
        app
          ? channelItem(app, ui)
          : state &&
            html`<a class="item" href=${state.install} target="_blank" rel="noopener">${icon('moon')}${ui.t('installShort')}</a>`
      }</nav>
    <${Tour} ui=${ui} />
  </aside>`
}

function channelItem(channel: SandboxChannel, ui: Ui) {
  const isCurrent = channel.id === ui.model.channel
  const user = channel.user === undefined ? undefined : userOf(ui.model, channel.user)
  const mark = user?.is_bot ? icon('moon') : user ? avatar(user, 'sm') : icon(markOf(channel))
  const isUnread = channel.unread > 0 && !isCurrent
  return html`<button type="button" key=${channel.id} class=${isUnread ? 'item unread' : 'item'} aria-current=${isCurrent ? 'page' : null} onClick=${() => ui.open(channel.id)}>${mark}<span class="trunc">${channel.name}</span>${channel.shared && html`<span class="tag" title=${ui.t('sharedHint')}>${icon('link', 'i14')}<span class="sr">${ui.t('sharedHint')}</span></span>`}${user?.title === 'guest' && html`<span class="tag">${ui.t('guestTag')}</span>`}${isUnread && html`<span class="sr">${ui.t('unread', { n: channel.unread })}</span>`}${channel.mentions > 0 && !isCurrent ? html`<span class="badge">${channel.mentions}</span>` : null}</button>`
}
