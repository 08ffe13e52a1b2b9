import type { SelectOption } from './api.ts'
import { html } from './html.ts'
import type { Element } from './surface.ts'
import { plainText } from './text.ts'
import { toggled } from './toggled.ts'

interface ChoicesProps {
  readonly element: Element
  readonly held: Record<string, unknown> | undefined
  readonly label: string
  readonly id?: string
  onChange(chosen: Record<string, unknown>): void
}

/** Radio buttons, or checkboxes. */
export function Choices({ element, held, label, id, onChange }: ChoicesProps) {
  const options = element.options as SelectOption[]
  const isRadio = element.type === 'radio_buttons'
  const field = isRadio ? 'selected_option' : 'selected_options'
  const chosen = [
    held?.[field] ?? element[isRadio ? 'initial_option' : 'initial_options'] ?? [],
  ].flat() as SelectOption[]
  const has = (option: SelectOption) => chosen.some((each) => each.value === option.value)
  const change = (option: SelectOption) => {
    if (isRadio) return onChange({ selected_option: option })
    const values = toggled(chosen, option).map(({ value }) => value)
    onChange({ selected_options: options.filter(({ value }) => values.includes(value)) })
  }
  return html`<div role=${isRadio ? 'radiogroup' : 'group'} aria-label=${label} id=${id} tabindex=${id ? -1 : null}>${options.map(
    (option) =>
      html`<label class="choice"><input type=${isRadio ? 'radio' : 'checkbox'} name=${`${element.action_id}`} checked=${has(option)} onChange=${() => change(option)} /><span>${plainText(option.text.text)}${option.description && html`<small class="muted">${plainText(option.description.text)}</small>`}</span></label>`,
  )}</div>`
}
