import { useEffect, useRef, useState } from 'preact/hooks'
import type { Ui } from './context.ts'
import { emojiNames } from './emoji-names.ts'
import { html, icon } from './html.ts'
import { plainText } from './text.ts'

interface EmojiPickerProps {
  readonly ui: Ui
  readonly label: string
  readonly mark: string
  /** Where it opens: above what it stands in, or below. */
  readonly side?: 'above' | 'below'
  onPick(name: string): void
}

/** A button that opens the emoji, with a search; arrows move in the grid. */
export function EmojiPicker({ ui, label, mark, side = 'above', onPick }: EmojiPickerProps) {
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const box = useRef<HTMLSpanElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const names = Object.keys(emojiNames).filter(
    (name) => name !== 'thumbsup' && name.includes(typed.trim().toLowerCase()),
  )
  useEffect(() => {
    if (!isOpen) return
    const close = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [isOpen])
  const close = () => {
    setOpen(false)
    setTyped('')
    opener.current?.focus()
  }
  const pick = (name: string | undefined) => {
    if (name === undefined) return
    close()
    onPick(name)
  }
  const onKey = (event: KeyboardEvent) => {
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>('.emoji-grid button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLElement)
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && at < 0) pick(names[0])
    else if (step !== undefined && (at >= 0 || event.key === 'ArrowDown'))
      buttons[at < 0 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onLeave = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !box.current?.contains(relatedTarget as Node)) setOpen(false)
  }
  return html`<span class="anchor" ref=${box} onKeyDown=${isOpen ? onKey : null} onFocusOut=${isOpen ? onLeave : null}>
    <button type="button" class="ib" ref=${opener} aria-label=${label} title=${label} aria-haspopup="dialog" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>${icon(mark)}</button>
    ${
      isOpen &&
      html`<div class=${`pop emoji-pop ${side}`} role="dialog" aria-label=${label}>
      <input class="in" aria-label=${ui.t('search')} placeholder=${ui.t('search')} value=${typed} ref=${(element: HTMLInputElement | null) => element?.focus()} onInput=${(event: Event) => setTyped((event.target as HTMLInputElement).value)} />
      <div class="emoji-grid">${names.map((name, index) => html`<button type="button" tabindex=${index === 0 ? 0 : -1} key=${name} aria-label=${name} title=${`:${name}:`} onClick=${() => pick(name)}>${plainText(emojiNames[name] ?? '')}</button>`)}</div>
      ${names.length === 0 && html`<p class="pop-f">${ui.t('noMatch')}</p>`}
    </div>`
    }
  </span>`
}
