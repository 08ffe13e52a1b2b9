import { useState } from 'preact/hooks'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'
import { keepInside } from './keep-inside.ts'
import { usePanel } from './popover.ts'

/** A workspace of one's own, into which NOX is installed as into any: by its install page and Slack's consent. */
export function NewWorkspace({ ui }: { ui: Ui }) {
  const [name, setName] = useState('')
  const box = usePanel<HTMLFormElement>(ui, 'input')
  const make = (event: Event) => {
    event.preventDefault()
    if (name.trim() === '') return
    void ui.act(async () => {
      const { team, user, channel } = await ui.api.newWorkspace(name)
      ui.store.set({ panel: 'none' })
      location.hash = `#${team}/${user}/${channel}`
    })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab') keepInside(event, box.current)
  }
  return html`<div class="scrim"><form class="modal confirm" role="dialog" aria-modal="true" aria-labelledby="nw-t" ref=${box} onSubmit=${make} onKeyDown=${onKey}>
    <div class="modal-h"><h2 id="nw-t">${ui.t('newWorkspace')}</h2><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => ui.store.set({ panel: 'none' })}>${icon('x')}</button></div>
    <div class="modal-b"><div class="field"><label for="nw-n">${ui.t('workspaceName')}</label><input class="in" id="nw-n" maxlength="40" autocomplete="off" data-first value=${name} aria-describedby="nw-h" onInput=${(event: Event) => setName((event.target as HTMLInputElement).value)} /><p class="hint" id="nw-h">${ui.t('newWorkspaceHint')}</p></div></div>
    <div class="modal-f"><button type="button" class="b lg" onClick=${() => ui.store.set({ panel: 'none' })}>${ui.t('cancel')}</button><button type="submit" class="b lg pri" disabled=${name.trim() === ''}>${ui.t('create')}</button></div>
  </form></div>`
}
