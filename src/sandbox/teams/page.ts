/** A card that stands in a channel. */
export interface PostedCard {
  readonly channel: string
  readonly at: number
  readonly card: Readonly<Record<string, unknown>>
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

/** All words of an element, in the order in which they are read. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('')
  if (value === null || typeof value !== 'object') return ''
  const { type, text } = value as { type?: unknown; text?: unknown }
  const own = typeof text === 'string' ? text : ''
  const rest = Object.values(value).map(wordsOf).join('')
  return own + rest + (type === 'TextRun' || type === 'TableRow' ? '' : '\n')
}

const words = {
  en: {
    title: 'Microsoft Teams',
    hint: 'Simulated: what NOX posted. Nothing leaves this computer.',
    none: 'No message yet.',
  },
  fr: {
    title: 'Microsoft Teams',
    hint: 'Simulé\u202f: ce que NOX a publié. Rien ne sort de cet ordinateur.',
    none: 'Aucun message pour l’instant.',
  },
} as const

const style = `
:root{color-scheme:light dark;--ink:#181c25;--soft:#4a5161;--paper:#fff;--ground:#f2f4f8;--line:#e3e6ec;--link:#2b50c8}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaf0;--soft:#b6bcc9;--paper:#151921;--ground:#0f1524;--line:#2a313d;--link:#93adff}}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/22px Inter,system-ui,sans-serif}
main{max-width:760px;margin:0 auto;padding:32px 16px}h1{font-size:20px;margin:0 0 4px}p{margin:0 0 16px;color:var(--soft)}
article{background:var(--paper);border:1px solid var(--line);border-radius:8px;margin-bottom:12px;padding:12px 16px}
h2{font-size:15px;margin:0 0 8px}time{color:var(--soft);font-weight:400}
pre{font:inherit;margin:0 0 8px;white-space:pre-wrap;overflow-wrap:anywhere}article p{margin:0}
a{color:var(--link)}:focus-visible{outline:2px solid var(--link);outline-offset:2px}`

/** The channels as a page: what stands there, the newest first. */
export function postedPage(language: 'fr' | 'en', posted: readonly PostedCard[]): string {
  const { title, hint, none } = words[language]
  const cards = [...posted].reverse().map(({ channel, at, card }) => {
    const actions = Array.isArray(card.actions) ? (card.actions as { title?: string; url?: string }[]) : []
    const links = actions
      .map(({ title = '', url = '' }) => `<a href="${escaped(url)}">${escaped(title)}</a>`)
      .join(' · ')
    const time = new Date(at)
    const body = escaped(
      wordsOf(card.body)
        .replace(/\n{2,}/g, '\n')
        .trim(),
    )
    return `<article><h2>${escaped(channel)} · <time datetime="${time.toISOString()}">${time.toLocaleTimeString(language)}</time></h2><pre>${body}</pre><p>${links}</p></article>`
  })
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${hint}</p>${cards.join('') || `<p>${none}</p>`}</main></body></html>`
}
