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

/** The channels as a page: what stands there, the newest first. */
export function postedPage(posted: readonly PostedCard[]): string {
  const cards = [...posted].reverse().map(({ channel, at, card }) => {
    const actions = Array.isArray(card.actions) ? (card.actions as { title?: string; url?: string }[]) : []
    const links = actions
      .map(({ title = '', url = '' }) => `<a href="${escaped(url)}">${escaped(title)}</a>`)
      .join(' · ')
    const time = new Date(at).toISOString()
    return `<article><h2>${escaped(channel)} · <time datetime="${time}">${time}</time></h2><pre>${escaped(wordsOf(card.body).replace(/\n{2,}/g, '\n'))}</pre><p>${links}</p></article>`
  })
  const none = '<p>Rien encore · Nothing yet</p>'
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Microsoft Teams</title><h1>Microsoft Teams (simulé · simulated)</h1>${cards.join('') || none}</html>`
}
