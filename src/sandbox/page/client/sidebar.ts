import type { SandboxChannel } from '../../client-api.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { plainText } from './text.ts'
import { Tour } from './tour.ts'

/** Workspaces, channels, the app. */
export function Sidebar({ ui }: { ui: Ui }) {
  const { state } = ui.model
  const team = state?.teams.find((each) => each.id === ui.model.team)
  const channels = state?.channels.filter((each) => each.kind !== 'im') ?? []
  const direct = state?.channels.find((each) => each.user === state.app.botUserId)
  const isOpen = ui.model.panel === 'workspace'
  return html`<nav class="side on-night" aria-label=${team?.name ?? ''}>
    <div class="side-h"><button type="button" class="ws" aria-haspopup="menu" aria-expanded=${isOpen} onClick=${() => ui.store.set({ panel: isOpen ? 'none' : 'workspace' })}><span class="trunc">${team?.name ?? ''}</span>${icon('chevron-down')}</button>
      ${isOpen && workspacePop(ui)}</div>
    <div class="nav"><h2>${ui.t('channels')}</h2>${channels.map((channel) => channelItem(channel, ui))}
      <h2>${ui.t('apps')}</h2>${direct ? channelItem(direct, ui) : html`<a class="item" href="/slack/install">${icon('moon')}${ui.t('install')}</a>`}</div>
    <${Tour} ui=${ui} />
  </nav>`
}

function channelItem(channel: SandboxChannel, ui: Ui) {
  const isCurrent = channel.id === ui.model.channel
  const name = channel.kind === 'im' ? 'moon' : channel.kind === 'private' ? 'lock' : 'hash'
  return html`<button type="button" key=${channel.id} class=${channel.unread > 0 && !isCurrent ? 'item unread' : 'item'} aria-current=${isCurrent ? 'page' : null} onClick=${() => ui.open(channel.id)}>${icon(name)}<span class="grow trunc">${channel.name}</span>${channel.mentions > 0 && !isCurrent ? html`<span class="badge">${channel.mentions}</span>` : null}</button>`
}

function workspacePop(ui: Ui) {
  const { state } = ui.model
  const me = state?.users.find((each) => each.id === ui.model.user)
  const go = (team: string) => {
    location.hash = `#${team}`
    location.reload()
  }
  return html`<div class="pop ws-pop" role="menu">
    ${state?.teams.map((team) => html`<button type="button" role="menuitemradio" aria-checked=${team.id === ui.model.team} class="mi" onClick=${() => go(team.id)}><span>${plainText(team.icon)}</span><span class="grow">${team.name}</span>${team.id === ui.model.team && icon('check')}</button>`)}
    ${
      state?.app.installed &&
      me?.title === 'admin' &&
      html`<button type="button" role="menuitem" class="mi" onClick=${() =>
        ui.act(async () => {
          await ui.api.uninstall()
          location.reload()
        })}>${ui.t('uninstall')}</button>`
    }
  </div>`
}
