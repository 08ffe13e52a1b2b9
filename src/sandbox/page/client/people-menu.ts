import { avatar } from './avatar.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { moveInMenu, usePanel } from './popover.ts'
import type { Word } from './words.ts'

const titles: readonly string[] = ['admin', 'developer', 'senior', 'guest']

/** Who one may be, and what that person may do. */
export function PeopleMenu({ ui }: { ui: Ui }) {
  const { model, store } = ui
  const box = usePanel<HTMLDivElement>(ui)
  const people = (model.state?.users ?? []).filter((user) => !user.is_bot && user.team === model.team)
  const address = (user: string) => `#${model.team}/${user}/${model.channel}`
  const first = (user: string) => user.split(' ')[0] ?? user
  return html`<div role="menu" aria-label=${ui.t('seeAs')} ref=${box} onKeyDown=${moveInMenu}><h3 aria-hidden="true">${ui.t('seeAs')}</h3>
    ${people.map((user) => {
      const isMe = user.id === model.user
      return html`<div class="mi-row" role="none" key=${user.id}><a role="menuitemradio" aria-checked=${isMe} data-first=${isMe ? '' : null} class="mi grow" href=${address(user.id)} onClick=${() => store.set({ panel: 'none' })}>${avatar(user, 'sm')}<span class="grow"><b>${user.real_name}</b><small>${titles.includes(user.title) ? ui.t(user.title as Word) : user.title}</small></span>${isMe && html`<span class="chk">${icon('check')}</span>`}</a>
      <a class="ib" role="menuitem" target="_blank" rel="noopener" href=${address(user.id)} aria-label=${ui.t('newWindow', { name: first(user.real_name) })} title=${ui.t('newWindow', { name: first(user.real_name) })}>${icon('external-link')}</a></div>`
    })}
  </div>`
}
