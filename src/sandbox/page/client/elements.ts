import type { SelectOption } from './api.ts'
import { Choices } from './choices.ts'
import { DateField } from './date-field.ts'
import { html, icon, type Markup } from './html.ts'
import { Picker } from './picker.ts'
import { selectKind } from './select-kinds.ts'
import { type Block, type Element, press, type Surface, textOf } from './surface.ts'
import { plainText } from './text.ts'
import { toggled } from './toggled.ts'

/** What an element holds on its surface now. */
export const heldBy = (element: Element, block: Block, surface: Surface): Record<string, unknown> | undefined =>
  surface.values[block.block_id ?? '']?.[element.action_id ?? ''] as Record<string, unknown> | undefined

/** An interactive element outside a form: a press goes out at once. */
export function elementView(element: Element, block: Block, surface: Surface): Markup {
  const held = heldBy(element, block, surface)
  const change = (chosen: Record<string, unknown>) => {
    surface.setValue(block.block_id ?? '', element.action_id ?? '', { type: element.type, ...chosen })
    press(surface, block, element, chosen)
  }
  const kind = selectKind(element, held, surface.ui.model)
  if (kind) {
    return html`<${Picker} key=${element.action_id}
      label=${textOf(element.placeholder) || surface.ui.t('choose')}
      options=${kind.options} chosen=${kind.chosen} isMany=${kind.isMany} ui=${surface.ui}
      search=${(value: string) => suggest(element, block, surface, value)}
      onPick=${(option: SelectOption) => change(kind.report(kind.isMany ? toggled(kind.chosen, option) : [option]))} />`
  }
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return buttonView(element, block, surface)
    case 'overflow':
      return html`<${Picker} key=${element.action_id} label=${surface.ui.t('more')} isOverflow options=${element.options} ui=${surface.ui}
        onPick=${(option: SelectOption & { url?: string }) => {
          if (option.url) window.open(option.url, '_blank', 'noopener')
          press(surface, block, element, { selected_option: option })
        }} />`
    case 'image':
      return html`<img class="accessory" src=${element.image_url} alt=${element.alt_text} />`
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return html`<${DateField} element=${element} held=${held} ui=${surface.ui} label=${textOf(element.placeholder) || surface.ui.t('pickDate')} onChange=${change} />`
    case 'radio_buttons':
    case 'checkboxes':
      return html`<${Choices} element=${element} held=${held} label=${surface.ui.t('choose')} onChange=${change} />`
    case 'feedback_buttons':
      return feedbackView(element, block, surface)
    case 'icon_button':
      return html`<button type="button" class="ib" aria-label=${textOf(element.text)} title=${textOf(element.text)} onClick=${() => press(surface, block, element, { value: element.value })}>${icon('trash-2')}</button>`
    default:
      return html`<span class="muted">${element.type}</span>`
  }
}

export const suggest = async (element: Element, block: Block, surface: Surface, value: string) =>
  (await surface.ui.api.suggest(surface.source, block.block_id ?? '', element.action_id ?? '', value)).options

function feedbackView(element: Element, block: Block, surface: Surface): Markup {
  const held = heldBy(element, block, surface)
  const one = (side: 'positive_button' | 'negative_button', mark: string) => {
    const given = element[side] as { text: unknown; value: string }
    const name = textOf(given.text)
    const give = () => {
      surface.setValue(block.block_id ?? '', element.action_id ?? '', { type: element.type, value: given.value })
      press(surface, block, element, { value: given.value })
    }
    return html`<button type="button" class="ib" aria-pressed=${held?.value === given.value} aria-label=${name} title=${name} onClick=${give}>${plainText(mark)}</button>`
  }
  return html`<span class="feedback">${one('positive_button', '👍')}${one('negative_button', '👎')}</span>`
}

function buttonView(element: Element, block: Block, surface: Surface): Markup {
  const style = element.style === 'primary' ? 'b pri' : element.style === 'danger' ? 'b dan' : 'b'
  const label = plainText(textOf(element.text))
  const name = typeof element.accessibility_label === 'string' ? element.accessibility_label : null
  const chosen = element.value === undefined ? {} : { value: element.value }
  const click = () => press(surface, block, element, chosen)
  const url = typeof element.url === 'string' ? element.url : null
  if (url === null)
    return html`<button type="button" class=${style} aria-label=${name} onClick=${click}>${label}</button>`
  if (url.startsWith('slack://app')) {
    const { state } = surface.ui.model
    const bot = state?.channels.find((channel) => channel.user === state.app.botUserId)
    const home = () => {
      surface.ui.store.set({ homeTab: 'home' })
      if (bot) surface.ui.open(bot.id)
    }
    return html`<button type="button" class=${style} aria-label=${name} onClick=${home}>${label}</button>`
  }
  return html`<a class=${style} href=${url} target="_blank" rel="noreferrer" aria-label=${name} onClick=${click}>${label}${icon('external-link', 'i14')}</a>`
}
