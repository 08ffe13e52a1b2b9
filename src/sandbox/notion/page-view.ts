import type { NotionPage, NotionWorld } from './world.ts'

type Fields = Readonly<Record<string, unknown>>

const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
const fields = (value: unknown): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Words as Notion shows them: bold, code and links. */
function richText(value: unknown): string {
  return list(value)
    .map((each) => {
      const { text, annotations } = fields(each)
      const { content, link } = fields(text)
      const { bold, code } = fields(annotations)
      let said = escaped(String(content ?? ''))
      if (code === true) said = `<code>${said}</code>`
      if (bold === true) said = `<b>${said}</b>`
      const { url } = fields(link)
      return typeof url === 'string' && /^https?:/.test(url) ? `<a href="${escaped(url)}">${said}</a>` : said
    })
    .join('')
}

function tableOf(table: Fields): string {
  const rows = list(table.children).map((row, at) => {
    const tag = at === 0 && table.has_column_header === true ? 'th' : 'td'
    const cells = list(fields(fields(row).table_row).cells)
    return `<tr>${cells.map((cell) => `<${tag}>${richText(cell)}</${tag}>`).join('')}</tr>`
  })
  return `<table>${rows.join('')}</table>`
}

function pictureOf(world: NotionWorld, image: Fields): string {
  const upload = world.uploads.find(({ id }) => id === fields(image.file_upload).id)
  const source = upload?.bytes ? Buffer.from(upload.bytes).toString('base64') : ''
  const caption = richText(image.caption)
  const alt = caption.replace(/<[^>]*>/g, '')
  return `<figure><img src="data:${upload?.type ?? 'image/png'};base64,${source}" alt="${alt}"><figcaption>${caption}</figcaption></figure>`
}

function blockOf(world: NotionWorld, content: Fields): string {
  const type = String(content.type ?? '')
  const own = fields(content[type])
  switch (type) {
    case 'heading_1':
    case 'heading_2':
    case 'heading_3': {
      const tag = `h${Number(type.slice(-1)) + 1}`
      return `<${tag}>${richText(own.rich_text)}</${tag}>`
    }
    case 'bulleted_list_item':
    case 'numbered_list_item':
      return `<ul><li>${richText(own.rich_text)}</li></ul>`
    case 'table':
      return tableOf(own)
    case 'image':
      return pictureOf(world, own)
    default:
      return `<p>${richText(own.rich_text)}</p>`
  }
}

const style =
  'body{max-width:760px;margin:40px auto;padding:0 24px;font:16px/1.5 system-ui,sans-serif;color:#37352f;background:#fff}img{max-width:100%}figure{margin:16px 0}figcaption{color:#6b6a66;font-size:13px}table{border-collapse:collapse;width:100%}th,td{border:1px solid #e3e2de;padding:6px 10px;text-align:left}h1{font-size:32px;line-height:1.2}ul{margin:2px 0}header{color:#6b6a66;font-size:13px}'

/** What may be in the page that people see. */
export const viewPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** A page as people see it who open its address in a browser. */
export function pageView(world: NotionWorld, page: NotionPage): string {
  const blocks = page.blocks.map(({ content }) => blockOf(world, content)).join('\n')
  const body = blocks || `<p>${escaped(page.words)}</p>`
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(page.title)} · Notion</title><style>${style}</style><header>Notion (simulé · simulated)</header><h1>${escaped(page.title)}</h1>${body}</html>`
}
