import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Ui } from './context.ts'

/** Focus goes into a panel as it opens and back to what opened it; a click elsewhere closes it. */
export function usePanel<T extends HTMLElement>(ui: Ui, selector = 'button, input, a[href]') {
  const box = useRef<T>(null)
  // Before the next key, so that what is typed at once arrives here.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null
    const first = box.current?.querySelector<HTMLElement>(`[data-first], ${selector}`)
    ;(box.current?.querySelector<HTMLElement>('[data-first]') ?? first)?.focus()
    const outside = (event: Event) => {
      const target = event.target as HTMLElement
      if (box.current?.contains(target) || target.closest('.pop, .modal, [data-opens]')) return
      ui.store.set({ panel: 'none' })
    }
    document.addEventListener('pointerdown', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      const { activeElement } = document
      const isHere = activeElement === document.body || !box.current || box.current.contains(activeElement)
      if (before?.isConnected && isHere) before.focus()
    }
  }, [])
  return box
}

/** ↑ ↓ Home End and first letters within a menu. */
export function moveInMenu(event: KeyboardEvent): void {
  const items = [
    ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role^=menuitem], [role=option]'),
  ]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
  const begins = (item: HTMLElement) => item.innerText.trim().toLowerCase().startsWith(event.key.toLowerCase())
  const named = isLetter ? [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins) : undefined
  const to = named
    ? items.indexOf(named)
    : { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  items[(to + items.length) % items.length]?.focus()
}
