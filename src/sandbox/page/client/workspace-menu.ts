import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { moveInMenu, usePanel } from './popover.ts'
import { plainText } from './text.ts'

/** Which workspace one looks at; a new one; for admins, the end of the install. */
export function WorkspaceMenu({ ui }: { ui: Ui }) {
  const { state, team, user } = ui.model
  const box = usePanel<HTMLDivElement>(ui)
  const me = state?.users.find((each) => each.id === user)
  const close = () => ui.store.set({ panel: 'none' })
  const uninstall = () => {
    close()
    void ui.act(() => ui.api.uninstall())
  }
  return html`<div class="pop ws-pop" role="menu" aria-label=${ui.t('workspaces')} ref=${box} onKeyDown=${moveInMenu}>
    ${state?.teams.map((each) => html`<a role="menuitemradio" aria-checked=${each.id === team} key=${each.id} class="mi" href=${`#${each.id}/${each.user}/${each.channel}`} onClick=${close}><span aria-hidden="true">${plainText(each.icon)}</span><span class="grow"><b>${each.name}</b><small>${ui.t(each.installed ? (each.kind === 'company' ? 'company' : 'individual') : 'withoutNox')}</small></span>${each.id === team && html`<span class="chk">${icon('check')}</span>`}</a>`)}
    <div class="hr" role="separator"></div>
    <button type="button" role="menuitem" class="mi" onClick=${() => ui.store.set({ panel: 'new-workspace' })}>${icon('plus')}${ui.t('newWorkspace')}</button>
    ${state?.app.installed && me?.title === 'admin' && html`<button type="button" role="menuitem" class="mi dan" onClick=${uninstall}>${icon('trash-2')}${ui.t('uninstall')}</button>`}
  </div>`
}
