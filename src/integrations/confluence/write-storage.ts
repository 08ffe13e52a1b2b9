import { createHash } from 'node:crypto'
import type { PageBlock, PageLine, PageText } from '../../domain/page.ts'

/** A picture with the name of its attachment: the same picture has the same name. */
export interface Attachment {
  readonly name: string
  readonly png: Uint8Array
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML does not have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const outside = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(outside, '')
    .replace(/[&<>"]/g, (mark) => entities[mark] ?? mark)

const isWeb = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

function runOf({ text, isBold, isCode, url }: PageText): string {
  const words = escaped(text).replace(/\r?\n/g, '<br />')
  const coded = isCode ? `<code>${words}</code>` : words
  const bold = isBold ? `<strong>${coded}</strong>` : coded
  return url !== undefined && isWeb(url) ? `<a href="${escaped(url)}">${bold}</a>` : bold
}

const lineOf = (line: PageLine): string => line.map(runOf).join('')

function blockOf(block: PageBlock, attachments: readonly Attachment[]): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${lineOf(block.line)}</p>`
    case 'list': {
      const tag = block.isOrdered ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((item) => `<li><p>${lineOf(item)}</p></li>`).join('')}</${tag}>`
    }
    case 'table': {
      const head = block.header.map((text) => `<th><p>${escaped(text)}</p></th>`).join('')
      const rows = block.rows.map(
        (cells) => `<tr>${cells.map((cell) => `<td><p>${lineOf(cell)}</p></td>`).join('')}</tr>`,
      )
      return `<table><tbody><tr>${head}</tr>${rows.join('')}</tbody></table>`
    }
    case 'picture': {
      const name = attachments.find(({ png }) => png === block.png)?.name ?? ''
      return `<ac:image ac:alt="${escaped(block.text)}"><ri:attachment ri:filename="${escaped(name)}" /></ac:image>`
    }
  }
}

/** A page in Confluence's storage format, with the pictures that it shows. */
export function writeStorage(blocks: readonly PageBlock[]): { value: string; attachments: readonly Attachment[] } {
  const attachments = blocks.flatMap((block) => {
    if (block.kind !== 'picture') return []
    const name = `nox-${createHash('sha256').update(block.png).digest('hex').slice(0, 16)}.png`
    return [{ name, png: block.png }]
  })
  return { value: blocks.map((block) => blockOf(block, attachments)).join('\n'), attachments }
}
