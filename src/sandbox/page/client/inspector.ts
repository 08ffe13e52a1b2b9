import { useState } from 'preact/hooks'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'

/** Every request between Slack and NOX, with what both said. */
export function Inspector({ ui }: { ui: Ui }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const { requests } = ui.model
  const detail = requests.find((each) => each.id === chosen)
  const name = (direction: string) => (direction === 'to-nox' ? '→ NOX' : '← NOX')
  return html`<section class="dock" aria-label=${ui.t('inspector')}>
    <header class="head"><h2 class="grow">${ui.t('inspector')}</h2><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => ui.store.set({ isInspecting: false })}>${icon('x')}</button></header>
    <div class="insp-list">${
      requests.length === 0
        ? html`<p class="pop-f">${ui.t('noRequests')}</p>`
        : html`<table><tbody>${[...requests].reverse().map(
            (each) => html`<tr key=${each.id} aria-selected=${each.id === chosen} onClick=${() => setChosen(each.id)}>
      <td>${name(each.direction)}</td><td><button type="button" class="link">${each.name}</button></td><td class="trunc">${each.about.slice(0, 60)}</td><td class="num">${each.status}</td><td class="num">${Math.round(each.ms)} ms</td></tr>`,
          )}</tbody></table>`
    }</div>
    <div class="insp-detail">${detail ? `${ui.t('request')}\n${JSON.stringify(detail.request, null, 2)}\n\n${ui.t('response')}\n${JSON.stringify(detail.response, null, 2)}` : ''}</div>
  </section>`
}
