import type { NotionWorld } from './world.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value)

/** Blocks of words. */
const wordy = [
  'paragraph',
  'heading_1',
  'heading_2',
  'heading_3',
  'bulleted_list_item',
  'numbered_list_item',
  'quote',
  'code',
]

/** What is wrong with words; `null` = nothing. */
export function richTextProblem(value: unknown, where: string): string | null {
  if (!Array.isArray(value)) return `${where} should be an array`
  if (value.length > 100) return `${where}.length should be ≤ \`100\`, instead was \`${value.length}\`.`
  for (const [at, each] of value.entries()) {
    const text = isObject(each) && isObject(each.text) ? each.text : {}
    if (typeof text.content !== 'string') return `${where}[${at}].text.content should be defined`
    if (text.content.length > 2_000) {
      return `${where}[${at}].text.content.length should be ≤ \`2000\`, instead was \`${text.content.length}\`.`
    }
    const url = isObject(text.link) ? text.link.url : undefined
    if (url !== undefined && !(typeof url === 'string' && url.length <= 2_000 && URL.canParse(url))) {
      return `${where}[${at}].text.link.url: Invalid URL for link.`
    }
  }
  return null
}

function tableProblem(table: Json, where: string): string | null {
  const rows = Array.isArray(table.children) ? table.children : []
  if (rows.length < 1 || rows.length > 100) return `${where}.children.length should be ≤ \`100\``
  for (const row of rows) {
    const cells = isObject(row) && isObject(row.table_row) ? row.table_row.cells : undefined
    if (!Array.isArray(cells) || cells.length !== table.table_width) {
      return 'Number of cells in table row must match the table width of the parent table'
    }
    const wrong = cells.map((cell) => richTextProblem(cell, `${where}.cell`)).find((each) => each !== null)
    if (wrong) return wrong
  }
  return null
}

/** What Notion says of blocks that it does not take; `null` = it takes them. */
export function blocksProblem(world: NotionWorld, value: unknown): string | null {
  if (!Array.isArray(value)) return 'body.children should be an array'
  if (value.length > 100) {
    return `body failed validation: body.children.length should be ≤ \`100\`, instead was \`${value.length}\`.`
  }
  let elements = 0
  for (const [at, block] of value.entries()) {
    const type = isObject(block) ? String(block.type) : ''
    const content = isObject(block) && isObject(block[type]) ? block[type] : {}
    const where = `body.children[${at}].${type}`
    elements += 1 + (Array.isArray(content.children) ? content.children.length : 0)
    let wrong: string | null
    if (wordy.includes(type)) wrong = richTextProblem(content.rich_text, `${where}.rich_text`)
    else if (type === 'table') wrong = tableProblem(content, where)
    else if (type === 'image') {
      const id = isObject(content.file_upload) ? content.file_upload.id : undefined
      const upload = world.uploads.find((each) => each.id === id)
      wrong = upload?.status === 'uploaded' ? null : `Could not find file_upload with ID: ${String(id)}.`
    } else wrong = `${where} should be defined`
    if (wrong) return wrong
  }
  return elements > 1_000 ? 'The number of block elements in the request is more than 1000.' : null
}
