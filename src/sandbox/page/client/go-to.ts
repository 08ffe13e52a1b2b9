import { useState } from 'preact/hooks'
import { avatar } from './avatar.ts'
import { markOf, type Ui } from './context.ts'
import { html, icon, type Markup } from './html.ts'
import { usePanel } from './popover.ts'

interface Place {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly mark: Markup
  go(): unknown
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Channels, people and workspaces by name (Ctrl K). */
export function GoTo({ ui }: { ui: Ui }) {
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const box = usePanel<HTMLDivElement>(ui)
  const wanted = plain(typed.trim().replace(/^[#@]/, ''))
  const shown = placesOf(ui)
    .filter(({ name }) => plain(name).includes(wanted))
    // What begins so comes first.
    .sort((one, other) => Number(plain(other.name).startsWith(wanted)) - Number(plain(one.name).startsWith(wanted)))
    .slice(0, 8)
  const choose = (place: Place | undefined) => {
    if (!place) return
    ui.store.set({ panel: 'none' })
    void ui.act(async () => place.go())
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(shown.length - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1))
    else if (event.key === 'Enter') choose(shown[active])
    else return
    event.preventDefault()
  }
  return html`<div class="pop goto" role="dialog" aria-label=${ui.t('goTo')} ref=${box} onKeyDown=${onKey}>
    <input class="in" role="combobox" aria-expanded="true" aria-controls="goto-list" aria-activedescendant=${shown[active] ? `goto-${active}` : null} aria-label=${ui.t('goTo')} placeholder=${ui.t('goTo')} value=${typed} onInput=${(
      event: Event,
    ) => {
      setTyped((event.target as HTMLInputElement).value)
      setActive(0)
    }} />
    <div id="goto-list" role="listbox" aria-label=${ui.t('goTo')}>
      ${shown.length === 0 && html`<p class="pop-f">${ui.t('noMatch')}</p>`}
      ${shown.map((place, index) => html`<div role="option" id=${`goto-${index}`} key=${place.key} aria-selected=${index === active} class=${index === active ? 'mi act' : 'mi'} onPointerMove=${() => setActive(index)} onClick=${() => choose(place)}>${place.mark}<span class="grow trunc">${place.name}</span><span class="muted small">${place.detail}</span></div>`)}
    </div></div>`
}

function placesOf(ui: Ui): Place[] {
  const { state, team, user } = ui.model
  if (!state) return []
  const channels = state.channels
    .filter(({ kind }) => kind !== 'im')
    .map((channel) => ({
      key: channel.id,
      name: channel.name,
      detail: channel.topic.slice(0, 40),
      mark: icon(markOf(channel)),
      go: () => ui.open(channel.id),
    }))
  const people = state.users
    .filter((person) => person.id !== user && (person.team === team || person.is_bot))
    .map((person) => ({
      key: person.id,
      name: person.real_name,
      detail: person.is_bot ? ui.t('app') : `@${person.name}`,
      mark: avatar(person, 'sm') as Markup,
      go: async () => ui.open((await ui.api.direct(person.id)).channel),
    }))
  const teams = state.teams
    .filter(({ id }) => id !== team)
    .map((each) => ({
      key: each.id,
      name: each.name,
      detail: ui.t('workspace'),
      mark: icon('users'),
      go: () => {
        location.hash = `#${each.id}/${each.user}/${each.channel}`
      },
    }))
  return [...channels, ...people, ...teams]
}
