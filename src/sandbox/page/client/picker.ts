import { useEffect, useRef, useState } from 'preact/hooks'
import type { SelectOption } from './api.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'

interface PickerProps {
  readonly label: string
  /** `null` = they are searched for. */
  readonly options: readonly SelectOption[] | null
  readonly search?: (value: string) => Promise<readonly SelectOption[]>
  readonly isOverflow?: boolean
  readonly chosen?: readonly SelectOption[]
  readonly ui: Ui
  readonly id?: string
  onPick(option: SelectOption): void
}

/** A menu that filters while one types; arrows, Enter and Escape work. */
export function Picker({ label, options, search, isOverflow = false, chosen = [], ui, id, onPick }: PickerProps) {
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const [found, setFound] = useState<readonly SelectOption[] | null>(options)
  const box = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    if (!isOpen) return
    const close = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [isOpen])

  useEffect(() => {
    if (!isOpen || options || !search) return
    setFound(null)
    const timer = setTimeout(() => void search(typed).then(setFound, () => setFound([])), 200)
    return () => clearTimeout(timer)
  }, [isOpen, typed])

  const fits = (option: SelectOption) => option.text.text.toLowerCase().includes(typed.toLowerCase())
  const shown = options ? options.filter(fits) : found
  const pick = (option: SelectOption) => {
    setOpen(false)
    setTyped('')
    onPick(option)
  }
  const onKey = (event: KeyboardEvent) => {
    const count = shown?.length ?? 0
    if (event.key === 'Escape') setOpen(false)
    else if (event.key === 'ArrowDown') setActive(Math.min(count - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1))
    else if (event.key === 'Enter' && shown?.[active]) pick(shown[active])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isChosen = (option: SelectOption) => chosen.some((each) => each.value === option.value)
  const title = chosen.length > 0 ? chosen.map((option) => option.text.text).join(', ') : label

  return html`<span class="anchor" ref=${box} onKeyDown=${isOpen ? onKey : null}>
    <button type="button" id=${id} class=${isOverflow ? 'b sq' : 'sel'} aria-haspopup="listbox" aria-expanded=${isOpen} aria-label=${isOverflow ? label : null}
      onClick=${() => {
        setOpen(!isOpen)
        setActive(0)
      }}>${isOverflow ? icon('ellipsis') : html`<span class="trunc">${title}</span>${icon('chevron-down', 'i14')}`}</button>
    ${
      isOpen &&
      html`<div class="pop menu-pop">
        ${!isOverflow && html`<input class="in" aria-label=${label} value=${typed} ref=${(element: HTMLInputElement | null) => element?.focus()} onInput=${(event: Event) => setTyped((event.target as HTMLInputElement).value)} />`}
        <div role="listbox" aria-label=${label}>
          ${shown === null && html`<p class="pop-f">${ui.t('searching')}</p>`}
          ${shown?.length === 0 && html`<p class="pop-f">${ui.t('noMatch')}</p>`}
          ${shown?.map((option, index) => html`<button type="button" role="option" key=${option.value} aria-selected=${isChosen(option)} class=${index === active ? 'mi act' : 'mi'} onClick=${() => pick(option)}>${option.text.text}</button>`)}
        </div>
      </div>`
    }
  </span>`
}
