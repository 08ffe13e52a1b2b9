import { avatar } from './avatar.ts'
import type { Offer } from './completion.ts'
import { type Ui, userOf } from './context.ts'
import { html, icon, type Markup } from './html.ts'
import { plainText } from './text.ts'
import { isWord } from './words.ts'

interface CompletionListProps {
  readonly id: string
  readonly offers: readonly Offer[]
  readonly active: number
  readonly ui: Ui
  onPick(insert: string): void
}

/** What the word before the caret may become, above the composer. */
export function CompletionList({ id, offers, active, ui, onPick }: CompletionListProps) {
  return html`<div class="pop complete" id=${id} role="listbox" aria-label=${ui.t('suggestions')}>${offers.map(
    (
      offer,
      index,
    ) => html`<div role="option" id=${`${id}-${index}`} key=${offer.insert} aria-selected=${index === active} class=${index === active ? 'mi act' : 'mi'}
      onPointerDown=${(event: Event) => {
        event.preventDefault()
        onPick(offer.insert)
      }}>${markOf(offer, ui)}<span class="trunc">${offer.name}</span><span class="muted small trunc">${isWord(offer.detail) ? ui.t(offer.detail) : offer.detail}</span></div>`,
  )}</div>`
}

function markOf({ mark, id }: Offer, ui: Ui): Markup {
  if (mark === 'person') return avatar(userOf(ui.model, id ?? ''), 'sm')
  if (mark === 'emoji') return html`<span>${plainText(id ?? '')}</span>`
  return icon(mark === 'channel' ? 'hash' : mark === 'command' ? 'square-slash' : 'users')
}
