import { elementView } from './elements.ts'
import { html, icon, type Markup } from './html.ts'
import { inputView } from './inputs.ts'
import { markdown, mrkdwn } from './mrkdwn.ts'
import { Plan, type Task, taskView } from './plan.ts'
import { richText } from './rich-text.ts'
import type { Block, Element, Surface } from './surface.ts'
import { textOf } from './surface.ts'
import { plainText } from './text.ts'

interface TextObject {
  readonly type: string
  readonly text: string
}

const textView = (value: TextObject, surface: Surface): Markup =>
  value.type === 'mrkdwn' ? mrkdwn(value.text, surface.ui.model) : plainText(value.text)

/** Blocks as Slack draws them. */
export const blocksView = (blocks: readonly Block[], surface: Surface): Markup[] =>
  blocks.map((block) => html`<div key=${block.block_id} class="block">${blockView(block, surface)}</div>`)

function blockView(block: Block, surface: Surface): Markup {
  switch (block.type) {
    case 'header':
      return html`<p class="mh">${plainText(textOf(block.text))}</p>`
    case 'section':
      return sectionView(block, surface)
    case 'context':
      return html`<div class="ctx">${(block.elements as (TextObject & { image_url?: string; alt_text?: string })[]).map(
        (each) =>
          each.type === 'image'
            ? html`<img class="emo" src=${each.image_url} alt=${each.alt_text} />`
            : html`<span>${textView(each, surface)}</span>`,
      )}</div>`
    case 'actions':
      return html`<div class="actions">${(block.elements as Element[]).map((element) => elementView(element, block, surface))}</div>`
    case 'divider':
      return html`<hr />`
    case 'input':
      return inputView(block, surface)
    case 'rich_text':
      return richText(block.elements as never, surface.ui.model)
    case 'table':
      return tableView(block, surface)
    case 'image':
      return html`<figure class="pict">${block.title && html`<figcaption class="small muted">${plainText(textOf(block.title))}</figcaption>`}<img class="pic" src=${pictureUrl(block, surface)} alt=${block.alt_text} loading="lazy" /></figure>`
    case 'markdown':
      return html`<div class="md">${markdown(String(block.text), surface.ui.model)}</div>`
    case 'plan':
      return html`<${Plan} block=${block} ui=${surface.ui} />`
    case 'task_card':
      return html`<ol class="steps">${taskView(block as unknown as Task, surface.ui)}</ol>`
    case 'context_actions':
      return html`<div class="actions">${(block.elements as Element[]).map((element) => elementView(element, block, surface))}</div>`
    case 'alert':
      return html`<div class=${`alert ${alertLooks[String(block.level)]?.[0] ?? ''}`} role=${block.level === 'error' ? 'alert' : 'status'}>${icon(alertLooks[String(block.level)]?.[1] ?? 'info')}<p>${textView(block.text as TextObject, surface)}</p></div>`
    default:
      return html`<p class="muted">${block.type}</p>`
  }
}

/** A picture of the web, or one that the app uploaded. */
function pictureUrl(block: Block, surface: Surface): string {
  const file = block.slack_file as { id?: string } | undefined
  return file?.id ? surface.ui.api.fileUrl(file.id) : String(block.image_url)
}

const alertLooks: Readonly<Record<string, readonly [string, string]>> = {
  warning: ['warn', 'triangle-alert'],
  error: ['bad', 'circle-alert'],
  success: ['ok', 'circle-check'],
}

function sectionView(block: Block, surface: Surface): Markup {
  const text = block.text as TextObject | undefined
  const fields = block.fields as TextObject[] | undefined
  const accessory = block.accessory as Element | undefined
  const main = html`<div class="grow">
    ${text && html`<p>${textView(text, surface)}</p>`}
    ${fields && html`<div class="fields">${fields.map((field) => html`<p>${textView(field, surface)}</p>`)}</div>`}
  </div>`
  if (!accessory) return main
  return html`<div class="with-accessory">${main}${elementView(accessory, block, surface)}</div>`
}

interface Cell {
  readonly type: string
  readonly text?: string
  readonly elements?: never
}

function tableView(block: Block, surface: Surface): Markup {
  const [head = [], ...rows] = block.rows as Cell[][]
  const settings = (block.column_settings ?? []) as ({ align?: string } | null)[]
  const cell = (each: Cell): Markup =>
    each.type === 'rich_text' ? richText(each.elements ?? ([] as never), surface.ui.model) : plainText(each.text ?? '')
  const align = (index: number) => (settings[index]?.align === 'right' ? 'num right' : 'num')
  return html`<div class="tbl" role="region" tabindex="0" aria-label=${surface.ui.t('table')}><table>
    <thead><tr>${head.map((each, index) => html`<th scope="col" class=${align(index)}>${cell(each)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((each, index) => html`<td class=${align(index)}>${cell(each)}</td>`)}</tr>`)}</tbody>
  </table></div>`
}
