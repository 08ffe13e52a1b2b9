import type { PageBlock, PageLine, PageText } from '../../domain/page.ts'

/** Limits of Notion's API: characters of a text, texts in a row, rows of a table, blocks and bytes of a request. */
const longestText = 2_000
const mostTexts = 100
const mostRows = 100
const mostBlocks = 100
const mostElements = 1_000
const mostBytes = 400_000
const longestUrl = 2_000

/** A block as a request carries it. */
export type NotionBlock = Readonly<Record<string, unknown>> & { readonly type: string }

/** A text in pieces that are short enough; no character is torn apart. */
function pieces(text: string): readonly string[] {
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + longestText, text.length)
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1
    parts.push(text.slice(at, end))
    at = end
  }
  return parts
}

const isWeb = (url: string) => url.length <= longestUrl && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

const richTextOf = ({ text, isBold, isCode, url }: PageText) =>
  pieces(text).map((content) => ({
    type: 'text',
    text: { content, ...(url !== undefined && isWeb(url) ? { link: { url } } : {}) },
    ...(isBold || isCode
      ? { annotations: { ...(isBold ? { bold: true } : {}), ...(isCode ? { code: true } : {}) } }
      : {}),
  }))

/** Words as Notion takes them. */
export const richText = (line: PageLine) => line.flatMap(richTextOf)

function grouped<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.max(1, Math.ceil(items.length / most))
  return Array.from({ length: count }, (_, at) => items.slice(at * most, (at + 1) * most))
}

const block = (type: string, content: unknown): NotionBlock => ({ object: 'block', type, [type]: content })

/** What is too long for one block goes on in the next. */
const wordsBlocks = (type: string, line: PageLine): readonly NotionBlock[] =>
  grouped(richText(line), mostTexts).map((texts) => block(type, { rich_text: texts }))

const row = (cells: readonly PageLine[]): NotionBlock =>
  block('table_row', { cells: cells.map((cell) => richText(cell).slice(0, mostTexts)) })

/** Tables that are too long go on in another one with the same header. */
function tableBlocks({ header, rows }: Extract<PageBlock, { kind: 'table' }>): readonly NotionBlock[] {
  const first = row(header.map((text) => [{ text }]))
  return grouped(rows, mostRows - 1).map((part) =>
    block('table', { table_width: header.length, has_column_header: true, children: [first, ...part.map(row)] }),
  )
}

/** @param uploads the ids of the pictures that were uploaded, in their order */
export function writeBlocks(blocks: readonly PageBlock[], uploads: readonly string[]): readonly NotionBlock[] {
  const left = [...uploads]
  const write = (each: PageBlock): readonly NotionBlock[] => {
    switch (each.kind) {
      case 'heading':
        return wordsBlocks(`heading_${each.level}`, [{ text: each.text }])
      case 'paragraph':
        return wordsBlocks('paragraph', each.line)
      case 'list': {
        const type = each.isOrdered ? 'numbered_list_item' : 'bulleted_list_item'
        return each.items.flatMap((item) => wordsBlocks(type, item))
      }
      case 'table':
        return tableBlocks(each)
      case 'picture': {
        const caption = richText([{ text: each.text }]).slice(0, mostTexts)
        return [block('image', { type: 'file_upload', file_upload: { id: left.shift() ?? '' }, caption })]
      }
    }
  }
  return blocks.flatMap(write)
}

const elementsIn = ({ type, ...rest }: NotionBlock): number => {
  const { children } = (rest[type] ?? {}) as { children?: readonly unknown[] }
  return 1 + (children?.length ?? 0)
}

/** Blocks in requests that Notion takes. */
export function batches(blocks: readonly NotionBlock[]): readonly (readonly NotionBlock[])[] {
  const all: NotionBlock[][] = [[]]
  let elements = 0
  let bytes = 0
  for (const each of blocks) {
    const size = Buffer.byteLength(JSON.stringify(each))
    const last = all.at(-1) ?? []
    const isFull =
      last.length >= mostBlocks ||
      elements + elementsIn(each) > mostElements ||
      (last.length > 0 && bytes + size > mostBytes)
    if (isFull) {
      all.push([each])
      elements = 0
      bytes = 0
    } else last.push(each)
    elements += elementsIn(each)
    bytes += size
  }
  return all
}
