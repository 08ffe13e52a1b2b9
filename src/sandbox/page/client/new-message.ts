import { useState } from 'preact/hooks'
import type { SelectOption } from './api.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { keepInside } from './keep-inside.ts'
import { Picker } from './picker.ts'
import { usePanel } from './popover.ts'

const toComposer = () => document.querySelector<HTMLElement>('main textarea')?.focus()

/** Others that direct messages take, Slack's limit. */
const most = 8

/** Direct messages with one person or several, NOX among them where it is installed. */
export function NewMessage({ ui }: { ui: Ui }) {
  const [chosen, setChosen] = useState<readonly SelectOption[]>([])
  const box = usePanel<HTMLFormElement>(ui, '.sel')
  const { state, team, user } = ui.model
  const others = (state?.users ?? []).filter(
    (each) =>
      each.id !== user && (each.is_bot ? state?.app.installed && each.id === state.app.botUserId : each.team === team),
  )
  const options = others.map(({ id, real_name }) => ({ text: { text: real_name }, value: id }))
  const isFull = chosen.length >= most
  const pick = (option: SelectOption) => {
    const has = chosen.some(({ value }) => value === option.value)
    if (has) setChosen(chosen.filter(({ value }) => value !== option.value))
    else if (!isFull) setChosen([...chosen, option])
  }
  const close = () => ui.store.set({ panel: 'none' })
  const make = (event: Event) => {
    event.preventDefault()
    const [first, ...rest] = chosen.map(({ value }) => value)
    if (first === undefined) return
    void ui.act(async () => {
      const { channel } = await (rest.length === 0 ? ui.api.direct(first) : ui.api.group([first, ...rest]))
      await ui.reload()
      // Once the conversation is drawn, its field is the next place to be.
      addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(toComposer)), {
        once: true,
      })
      ui.open(channel)
    })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab') keepInside(event, box.current)
  }
  return html`<div class="scrim"><form class="modal confirm roomy" role="dialog" aria-modal="true" aria-labelledby="nm-t" ref=${box} onSubmit=${make} onKeyDown=${onKey}>
    <div class="modal-h"><h2 id="nm-t">${ui.t('newMessage')}</h2><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${close}>${icon('x')}</button></div>
    <div class="modal-b"><div class="field"><label for="nm-p">${ui.t('recipients')}</label><${Picker} id="nm-p" label=${ui.t('choose')} options=${options} chosen=${chosen} isMany isWide describedBy="nm-h" ui=${ui} onPick=${pick} /><p class="hint" id="nm-h">${ui.t('newMessageHint')}</p></div></div>
    <div class="modal-f"><button type="button" class="b lg" onClick=${close}>${ui.t('cancel')}</button><button type="submit" class="b lg pri" disabled=${chosen.length === 0}>${ui.t('openIt')}</button></div>
  </form></div>`
}
