import { html, type Markup } from './html.ts'
import type { Model } from './model.ts'
import { mention } from './mrkdwn.ts'
import { emojiOf, plainText } from './text.ts'
import { formatDate } from './time.ts'

interface Node {
  readonly type: string
  readonly text?: string
  readonly url?: string
  readonly name?: string
  readonly user_id?: string
  readonly channel_id?: string
  readonly range?: string
  readonly timestamp?: number
  readonly format?: string
  readonly indent?: number
  readonly style?: { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean } | 'ordered' | 'bullet'
  readonly elements?: readonly Node[]
}

/** A `rich_text` block: paragraphs, lists, quotes, preformatted output. */
export function richText(elements: readonly Node[], model: Model): Markup[] {
  return elements.map((element): Markup => {
    const inside = () => (element.elements ?? []).map((child) => leaf(child, model))
    switch (element.type) {
      case 'rich_text_preformatted':
        return html`<div class="pre"><pre tabindex="0" role="region" aria-label="output">${(element.elements ?? []).map((child) => child.text ?? child.url ?? '').join('')}</pre></div>`
      case 'rich_text_quote':
        return html`<blockquote class="quote">${inside()}</blockquote>`
      case 'rich_text_list': {
        const items = (element.elements ?? []).map(
          (item) => html`<li>${(item.elements ?? []).map((child) => leaf(child, model))}</li>`,
        )
        return element.style === 'ordered' ? html`<ol class="list">${items}</ol>` : html`<ul class="list">${items}</ul>`
      }
      default:
        return html`<p>${inside()}</p>`
    }
  })
}

function leaf(node: Node, model: Model): Markup {
  switch (node.type) {
    case 'user':
      return mention(node.user_id ?? '', model)
    case 'channel':
      return html`<span class="at">#${model.state?.channels.find((each) => each.id === node.channel_id)?.name ?? node.channel_id}</span>`
    case 'broadcast':
      return html`<span class="at">@${node.range}</span>`
    case 'emoji':
      return html`<span>${plainText(emojiOf(node.name ?? ''))}</span>`
    case 'date':
      return formatDate(node.timestamp ?? 0, node.format ?? '{date_short_pretty}', model.lang)
    case 'link':
      return html`<a href=${node.url} target="_blank" rel="noreferrer">${node.text ?? node.url}</a>`
    default:
      return styled(node)
  }
}

function styled(node: Node): Markup {
  const style = typeof node.style === 'object' ? node.style : {}
  if (style.code) return html`<code>${node.text ?? ''}</code>`
  let found: Markup = html`<span>${plainText(node.text ?? '')}</span>`
  if (style.bold) found = html`<b>${found}</b>`
  if (style.italic) found = html`<i>${found}</i>`
  if (style.strike) found = html`<s>${found}</s>`
  return found
}
