import type { ConfluencePage } from './world.ts'

const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

const style =
  'body{max-width:760px;margin:40px auto;padding:0 24px;font:15px/1.55 system-ui,sans-serif;color:#172b4d;background:#fff}img{max-width:100%}table{border-collapse:collapse;width:100%}th,td{border:1px solid #dfe1e6;padding:6px 10px;text-align:left}th{background:#f4f5f7}header{color:#5e6c84;font-size:13px}'

/** What may be in the page that people see. */
export const viewPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** The storage format as a browser shows it: it is XML without scripts; pictures are attachments. */
function shown({ body, attachments, words }: ConfluencePage): string {
  if (body === '') return `<p>${escaped(words)}</p>`
  return body.replace(
    /<ac:image([^>]*)><ri:attachment ri:filename="([^"]*)" ?\/><\/ac:image>/g,
    (_, attributes: string, name: string) => {
      const alt = /ac:alt="([^"]*)"/.exec(attributes)?.[1] ?? ''
      const source = Buffer.from(attachments.get(name) ?? []).toString('base64')
      return `<p><img src="data:image/png;base64,${source}" alt="${alt}"></p>`
    },
  )
}

/** A page as people see it who open its address in a browser. */
export const pageView = (page: ConfluencePage): string =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(page.title)} · Confluence</title><style>${style}</style><header>Confluence (simulé · simulated) · ${escaped(page.space)}</header><h1>${escaped(page.title)}</h1>${shown(page)}</html>`
