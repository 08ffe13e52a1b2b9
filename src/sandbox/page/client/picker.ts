import { useEffect, useRef, useState } from 'preact/hooks'
import type { SelectOption } from './api.ts'
import type { Ui } from './context.ts'
import { html, icon, type Markup } from './html.ts'
import { plainText } from './text.ts'

interface PickerProps {
  readonly label: string
  /** `null` = they are searched for. */
  readonly options: readonly SelectOption[] | null
  readonly search?: (value: string) => Promise<readonly SelectOption[]>
  readonly isOverflow?: boolean
  readonly isMany?: boolean
  readonly isWide?: boolean
  readonly chosen?: readonly SelectOption[]
  readonly ui: Ui
  readonly id?: string
  readonly describedBy?: string | null
  onPick(option: SelectOption): void
}

let count = 0
const nextId = () => {
  count += 1
  return `pick-${count}`
}

/** A menu that filters while one types; arrows, Home, End, Enter and Escape work. With many, the chosen ones are chips. */
export function Picker(props: PickerProps) {
  const {
    label,
    options,
    search,
    isOverflow = false,
    isMany = false,
    isWide = false,
    chosen = [],
    ui,
    id,
    onPick,
  } = props
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const [found, setFound] = useState<readonly SelectOption[] | null>(options)
  const [listId] = useState(nextId)
  const box = useRef<HTMLSpanElement>(null)
  const opener = useRef<HTMLButtonElement>(null)

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

  const shown = options ? options.filter(({ text }) => text.text.toLowerCase().includes(typed.toLowerCase())) : found
  const isChosen = (option: SelectOption) => chosen.some((each) => each.value === option.value)
  const close = () => {
    setOpen(false)
    setTyped('')
    opener.current?.focus()
  }
  const pick = (option: SelectOption) => {
    if (!isMany) close()
    else setTyped('')
    onPick(option)
  }
  const onKey = (event: KeyboardEvent) => {
    const last = (shown?.length ?? 0) - 1
    const to = { ArrowDown: Math.min(last, active + 1), ArrowUp: Math.max(0, active - 1), Home: 0, End: last }[
      event.key
    ]
    const lastChip = chosen.at(-1)
    const byLetter = (shown ?? []).findIndex(
      ({ text }) => event.key.length === 1 && text.text.toLowerCase().startsWith(event.key.toLowerCase()),
    )
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') return setOpen(false)
    else if (event.key === 'Backspace' && isMany && typed === '' && lastChip) onPick(lastChip)
    else if (to !== undefined) setActive(to)
    else if ((event.key === 'Enter' || (isOverflow && event.key === ' ')) && shown?.[active]) pick(shown[active])
    else if (isOverflow && byLetter >= 0) setActive(byLetter)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const toggle = () => {
    setOpen(!isOpen)
    setActive(0)
  }
  const first = chosen[0]
  const title =
    first && !isMany
      ? html`<span class="trunc">${plainText(first.text.text)}</span>`
      : html`<span class="trunc muted">${label}</span>`
  const openerClass = isOverflow ? 'b sq' : isWide ? 'sel wide' : 'sel'

  return html`<span class=${isWide ? 'anchor wide' : 'anchor'} ref=${box} onKeyDown=${isOpen ? onKey : null}>
    ${isMany && chosen.length > 0 && html`<span class="chips-out">${chosen.map((option) => html`<span class="chip-in" key=${option.value}>${plainText(option.text.text)}<button type="button" aria-label=${ui.t('removeChip', { name: option.text.text })} onClick=${() => onPick(option)}>${icon('x', 'i14')}</button></span>`)}</span>`}
    <button type="button" id=${id} ref=${opener} class=${openerClass} aria-haspopup="listbox" aria-expanded=${isOpen} aria-label=${isOverflow ? label : null} title=${isOverflow ? label : null} aria-describedby=${props.describedBy ?? null} onClick=${toggle}>${isOverflow ? icon('ellipsis') : html`${title}${icon('chevron-down', 'i14')}`}</button>
    ${
      isOpen &&
      html`<div class="pop menu-pop">
        ${
          isOverflow
            ? null
            : html`<input class="in" role="combobox" aria-expanded="true" aria-controls=${listId} aria-activedescendant=${shown?.[active] ? `${listId}-${active}` : null} aria-label=${label} placeholder=${ui.t('search')} value=${typed} ref=${(element: HTMLInputElement | null) => element?.focus()} onInput=${(
                event: Event,
              ) => {
                setTyped((event.target as HTMLInputElement).value)
                setActive(0)
              }} />`
        }
        <div role="listbox" id=${listId} tabindex=${isOverflow ? -1 : null} ref=${isOverflow ? (element: HTMLElement | null) => element?.focus() : null} aria-activedescendant=${isOverflow && shown?.[active] ? `${listId}-${active}` : null} aria-label=${label} aria-multiselectable=${isMany ? 'true' : null} aria-busy=${shown === null}>
          ${shown === null && html`<p class="pop-f" role="status">${ui.t('searching')}</p>`}
          ${shown?.length === 0 && html`<p class="pop-f" role="status">${ui.t('noMatch')}</p>`}
          ${shown?.map((option, index) =>
            optionView(
              option,
              {
                index,
                listId,
                isActive: index === active,
                isChosen: isChosen(option),
                before: shown[index - 1],
                typed,
              },
              () => pick(option),
              () => setActive(index),
            ),
          )}
        </div>
      </div>`
    }
  </span>`
}

interface OptionState {
  readonly index: number
  readonly listId: string
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly before: SelectOption | undefined
  readonly typed: string
}

function optionView(option: SelectOption, state: OptionState, pick: () => void, hover: () => void): Markup {
  const { index, listId, isActive, isChosen, before, typed } = state
  const heading = option.group !== undefined && option.group !== before?.group
  const name = option.text.text
  const at = typed === '' ? -1 : name.toLowerCase().indexOf(typed.toLowerCase())
  return html`${heading && html`<div class="pop-t" role="presentation">${option.group}</div>`}<div role="option" id=${`${listId}-${index}`} key=${option.value} aria-selected=${isChosen} class=${isActive ? 'mi act' : 'mi'} ref=${(element: HTMLElement | null) => isActive && element?.scrollIntoView({ block: 'nearest' })} onPointerMove=${isActive ? null : hover} onClick=${pick}>
    <span class="grow">${at < 0 ? plainText(name) : html`${name.slice(0, at)}<mark>${name.slice(at, at + typed.length)}</mark>${name.slice(at + typed.length)}`}${option.description && html`<small>${plainText(option.description.text)}</small>`}</span>${isChosen && html`<span class="chk">${icon('check')}</span>`}</div>`
}
