import type { SelectOption } from './api.ts'
import { suggest } from './elements.ts'
import { html, icon, type Markup } from './html.ts'
import { Picker } from './picker.ts'
import { type Block, type Element, type Surface, textOf } from './surface.ts'

/** A field of a form with its label, hint and error. */
export function inputView(block: Block, surface: Surface): Markup {
  const element = block.element as Element
  const id = `f-${block.block_id}`
  const error = surface.errors[block.block_id ?? '']
  const hint = textOf(block.hint)
  return html`<div class="field">
    <label for=${id}>${textOf(block.label)}${block.optional === true && html`<span> · ${surface.ui.model.lang === 'fr' ? 'facultatif' : 'optional'}</span>`}</label>
    ${fieldView(element, block, surface, id, error !== undefined)}
    ${error !== undefined && html`<p class="err" id=${`${id}-e`} role="alert">${icon('circle-alert')}<span>${error}</span></p>`}
    ${hint !== '' && html`<p class="hint">${hint}</p>`}
  </div>`
}

function fieldView(element: Element, block: Block, surface: Surface, id: string, isWrong: boolean): Markup {
  const blockId = block.block_id ?? ''
  const actionId = element.action_id ?? ''
  const known = surface.values[blockId]?.[actionId] as Record<string, unknown> | undefined
  const set = (value: Record<string, unknown>) => surface.setValue(blockId, actionId, { type: element.type, ...value })
  const described = isWrong ? `${id}-e` : null
  switch (element.type) {
    case 'static_select':
    case 'external_select': {
      const chosen = (known?.selected_option ?? element.initial_option) as SelectOption | undefined
      return html`<${Picker} id=${id} label=${textOf(element.placeholder) || surface.ui.t('choose')} ui=${surface.ui}
        options=${element.type === 'static_select' ? element.options : null}
        search=${(value: string) => suggest(element, block, surface, value)}
        chosen=${chosen ? [chosen] : []} onPick=${(option: SelectOption) => set({ selected_option: option })} />`
    }
    case 'multi_static_select': {
      const chosen = (known?.selected_options ?? element.initial_options ?? []) as SelectOption[]
      const toggle = (option: SelectOption) => {
        const rest = chosen.filter((each) => each.value !== option.value)
        set({ selected_options: rest.length === chosen.length ? [...chosen, option] : rest })
      }
      return html`<${Picker} id=${id} label=${surface.ui.t('choose')} ui=${surface.ui} options=${element.options} chosen=${chosen} onPick=${toggle} />`
    }
    case 'radio_buttons':
    case 'checkboxes':
      return choices(element, known, set)
    case 'datepicker':
    case 'timepicker': {
      const field = element.type === 'datepicker' ? 'selected_date' : 'selected_time'
      const value = known?.[field] ?? element[element.type === 'datepicker' ? 'initial_date' : 'initial_time'] ?? ''
      const type = element.type === 'datepicker' ? 'date' : 'time'
      return html`<input class="in" id=${id} type=${type} value=${value} aria-describedby=${described} onInput=${(event: Event) => set({ [field]: (event.target as HTMLInputElement).value })} />`
    }
    default: {
      const value = known?.value ?? element.initial_value ?? ''
      const onInput = (event: Event) => set({ value: (event.target as HTMLInputElement).value || null })
      const common = {
        id,
        value,
        onInput,
        'aria-describedby': described,
        'aria-invalid': isWrong,
        maxlength: element.max_length,
        placeholder: textOf(element.placeholder),
      }
      return element.multiline === true
        ? html`<textarea class="in" ...${common}></textarea>`
        : html`<input class="in" type="text" autocomplete="off" ...${common} />`
    }
  }
}

function choices(
  element: Element,
  known: Record<string, unknown> | undefined,
  set: (value: Record<string, unknown>) => void,
): Markup {
  const options = element.options as SelectOption[]
  const isRadio = element.type === 'radio_buttons'
  const chosen = isRadio
    ? [(known?.selected_option ?? element.initial_option) as SelectOption | undefined]
    : ((known?.selected_options ?? element.initial_options ?? []) as SelectOption[])
  const has = (option: SelectOption) => chosen.some((each) => each?.value === option.value)
  const change = (option: SelectOption) => {
    if (isRadio) return set({ selected_option: option })
    set({ selected_options: options.filter((each) => (each.value === option.value ? !has(each) : has(each))) })
  }
  return html`<div>${options.map(
    (option) =>
      html`<label class="choice"><input type=${isRadio ? 'radio' : 'checkbox'} name=${element.action_id} checked=${has(option)} onChange=${() => change(option)} /> ${option.text.text}</label>`,
  )}</div>`
}
