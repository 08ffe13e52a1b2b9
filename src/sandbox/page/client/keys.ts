import type { Ui } from './context.ts'
import type { Store } from './model.ts'

/** Regions that F6 walks through, as they stand on the page. */
const regions = ['.bar', '.rail', '.side', 'main', '.thread', '.dock']

/** Keys that work everywhere: Ctrl K go to, F6 next region, Alt ↑↓ channel, Esc closes the top layer. */
export function listenToKeys(store: Store, open: Ui['open']): void {
  addEventListener('keydown', (event) => {
    const { model } = store
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && model.views.length === 0) {
      event.preventDefault()
      store.set({ panel: model.panel === 'goto' ? 'none' : 'goto' })
    } else if (event.key === 'F6') {
      event.preventDefault()
      nextRegion(event.shiftKey ? -1 : 1)
    } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      nextChannel(store, open, event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape' && model.views.length === 0 && !event.defaultPrevented) {
      if (model.panel !== 'none') store.set({ panel: 'none' })
      else if (model.thread !== null) open(model.channel, null)
    }
  })
}

function nextRegion(step: number): void {
  const shown = regions.flatMap((selector) => [...document.querySelectorAll<HTMLElement>(selector)])
  const visible = shown.filter((each) => each.offsetParent !== null || getComputedStyle(each).position === 'fixed')
  const at = visible.findIndex((each) => each.contains(document.activeElement))
  const next = visible[(at + step + visible.length) % visible.length]
  const wanted = ['textarea', '[aria-current]', '[tabindex="0"]', 'button', 'a[href]']
  const places = wanted.flatMap((selector) => [...(next?.querySelectorAll<HTMLElement>(selector) ?? [])])
  places.find((each) => each.offsetParent !== null)?.focus()
}

function nextChannel(store: Store, open: Ui['open'], step: number): void {
  const { state, channel } = store.model
  const channels = state?.channels ?? []
  const next = channels[channels.findIndex((each) => each.id === channel) + step]
  if (next) open(next.id)
}
