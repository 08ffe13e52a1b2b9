import type { SelectOption } from './api.ts'
import { Choices } from './choices.ts'
import { DateField } from './date-field.ts'
import { heldBy, suggest } from './elements.ts'
import { FileInput } from './file-input.ts'
import { html, icon, type Markup } from './html.ts'
import { Picker } from './picker.ts'
import { selectKind } from './select-kinds.ts'
import { type Block, type Element, press, type Surface, textOf } from './surface.ts'
import { TextField } from './text-field.ts'
import { toggled } from './toggled.ts'

/** A field of a form with its label, hint and error. */
export function inputView(block: Block, surface: Surface): Markup {
  const element = block.element as Element
  const id = `f-${block.block_id}`
  const error = surface.errors[block.block_id ?? '']
  const hint = textOf(block.hint)
  const described = [error !== undefined && `${id}-e`, hint !== '' && `${id}-h`].filter(Boolean).join(' ') || null
  return html`<div class="field">
    <label for=${id}>${textOf(block.label)}${block.optional === true && html`<span> · ${surface.ui.t('optional')}</span>`}</label>
    ${fieldView(element, block, surface, { id, described, isWrong: error !== undefined })}
    ${error !== undefined && html`<p class="err" id=${`${id}-e`} role="alert">${icon('circle-alert')}<span>${error}</span></p>`}
    ${hint !== '' && html`<p class="hint" id=${`${id}-h`}>${hint}</p>`}
  </div>`
}

interface FieldLook {
  readonly id: string
  readonly described: string | null
  readonly isWrong: boolean
}

function fieldView(element: Element, block: Block, surface: Surface, { id, described, isWrong }: FieldLook): Markup {
  const held = heldBy(element, block, surface)
  const change = (chosen: Record<string, unknown>) => {
    surface.setValue(block.block_id ?? '', element.action_id ?? '', { type: element.type, ...chosen })
    // An input tells the app at once only where it asks to.
    if (block.dispatch_action === true) press(surface, block, element, chosen)
  }
  const kind = selectKind(element, held, surface.ui.model)
  if (kind) {
    return html`<${Picker} id=${id} describedBy=${described} isWide label=${textOf(element.placeholder) || surface.ui.t('choose')} ui=${surface.ui}
      options=${kind.options} chosen=${kind.chosen} isMany=${kind.isMany}
      search=${(value: string) => suggest(element, block, surface, value)}
      onPick=${(option: SelectOption) => change(kind.report(kind.isMany ? toggled(kind.chosen, option) : [option]))} />`
  }
  switch (element.type) {
    case 'radio_buttons':
    case 'checkboxes':
      return html`<${Choices} id=${id} element=${element} held=${held} label=${textOf(block.label)} onChange=${change} />`
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return html`<${DateField} id=${id} describedBy=${described} element=${element} held=${held} ui=${surface.ui} label=${textOf(element.placeholder) || surface.ui.t('pickDate')} onChange=${change} />`
    case 'file_input':
      return html`<${FileInput} id=${id} element=${element} held=${held} ui=${surface.ui} onChange=${change} />`
    default:
      return html`<${TextField} id=${id} describedBy=${described} isWrong=${isWrong} element=${element} held=${held} onChange=${(chosen: Record<string, unknown>) => surface.setValue(block.block_id ?? '', element.action_id ?? '', { type: element.type, ...chosen })} onDone=${block.dispatch_action === true ? change : null} />`
  }
}
