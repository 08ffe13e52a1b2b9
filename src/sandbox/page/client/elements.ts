import { html, icon, type Markup } from './html.ts'
import { Picker } from './picker.ts'
import { type Block, type Element, press, type Surface, textOf } from './surface.ts'
import { plainText } from './text.ts'

interface Option {
  readonly text: { readonly text: string }
  readonly value: string
}

/** An interactive element outside a form: a press goes out at once. */
export function elementView(element: Element, block: Block, surface: Surface): Markup {
  switch (element.type) {
    case 'button':
      return buttonView(element, block, surface)
    case 'static_select':
    case 'external_select':
      return html`<${Picker}
        label=${textOf(element.placeholder) || surface.ui.t('choose')}
        options=${element.type === 'static_select' ? optionsOf(element) : null}
        search=${(value: string) => suggest(element, block, surface, value)}
        ui=${surface.ui}
        onPick=${(option: Option) => press(surface, block, element, { selected_option: option })}
      />`
    case 'overflow':
      return html`<${Picker}
        label=${surface.ui.t('more')}
        isOverflow
        options=${optionsOf(element)}
        ui=${surface.ui}
        onPick=${(option: Option) => press(surface, block, element, { selected_option: option })}
      />`
    case 'image':
      return html`<img class="accessory" src=${element.image_url} alt=${element.alt_text} />`
    default:
      return html`<span class="muted">${element.type}</span>`
  }
}

const optionsOf = (element: Element): readonly Option[] => (element.options ?? []) as Option[]

export const suggest = async (element: Element, block: Block, surface: Surface, value: string) =>
  (await surface.ui.api.suggest(surface.source, block.block_id ?? '', element.action_id ?? '', value)).options

function buttonView(element: Element, block: Block, surface: Surface): Markup {
  const style = element.style === 'primary' ? 'b pri' : element.style === 'danger' ? 'b dan' : 'b'
  const label = plainText(textOf(element.text))
  const name = textOf(element.accessibility_label) || null
  const chosen = element.value === undefined ? {} : { value: element.value }
  const click = () => press(surface, block, element, chosen)
  const url = typeof element.url === 'string' ? element.url : null
  if (url === null)
    return html`<button type="button" class=${style} aria-label=${name} onClick=${click}>${label}</button>`
  if (url.startsWith('slack://app')) {
    const bot = surface.ui.model.state?.channels.find(
      (channel) => channel.user === surface.ui.model.state?.app.botUserId,
    )
    const home = () => {
      surface.ui.store.set({ homeTab: 'home' })
      if (bot) surface.ui.open(bot.id)
    }
    return html`<button type="button" class=${style} aria-label=${name} onClick=${home}>${label}</button>`
  }
  return html`<a class=${style} href=${url} target="_blank" rel="noreferrer" aria-label=${name} onClick=${click}>${label}${icon('eye', 'i14')}</a>`
}
