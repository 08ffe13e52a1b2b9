import type { Announcement } from '../../domain/announcement.ts'

/** What Teams takes of one message (bytes); below it there is room for what Workflows adds. */
const mostBytes = 27 * 1024
/** Of one paragraph or value: nobody reads more of it in a card. */
const longestText = 4_000
const longestTitle = 200
const mostLinks = 6

type Element = Readonly<Record<string, unknown>>

const colors = { good: 'Good', warning: 'Warning', bad: 'Attention', neutral: 'Accent' } as const

const shorten = (text: string, most: number): string => {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

const run = (text: string, more: Element = {}): Element => ({
  type: 'TextRun',
  text: shorten(text, longestText),
  ...more,
})

/** Words as they are: unlike in a TextBlock, nothing in them is read as Markdown. */
const plain = (...inlines: readonly Element[]): Element => ({ type: 'RichTextBlock', inlines })

const cell = (text: string, more: Element = {}): Element => ({
  type: 'TableCell',
  items: [plain(run(text || ' ', more))],
})

function tableOf({ header, rows }: NonNullable<Announcement['table']>): Element {
  const rowOf = (cells: readonly string[], more: Element = {}) => ({
    type: 'TableRow',
    cells: cells.map((text) => cell(text, more)),
  })
  return {
    type: 'Table',
    columns: header.map(() => ({ width: 1 })),
    rows: [rowOf(header, { weight: 'Bolder' }), ...rows.map((cells) => rowOf(cells))],
  }
}

const isWeb = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

function messageOf(announcement: Announcement, body: readonly Element[]): string {
  const { title, language, links = [] } = announcement
  const actions = links
    .filter(({ url }) => isWeb(url))
    .slice(0, mostLinks)
    .map(({ label, url }) => ({ type: 'Action.OpenUrl', title: shorten(label, 80), url }))
  const content = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: language,
    fallbackText: shorten(title, longestTitle),
    body,
    ...(actions.length > 0 ? { actions } : {}),
  }
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }
  return JSON.stringify({ type: 'message', attachments: [attachment] })
}

/** The message that a webhook takes, as JSON: an Adaptive Card that is short enough, cut from its end where it was not. */
export function cardMessage(announcement: Announcement): string {
  const { title, tone, paragraphs, facts = [], table } = announcement
  const heading = plain(run(shorten(title, longestTitle), { weight: 'Bolder', size: 'Large', color: colors[tone] }))
  const head = [
    heading,
    ...paragraphs.filter((text) => text.trim() !== '').map((text) => plain(run(text))),
    ...facts.map(({ name, value }) => plain(run(`${name}  `, { weight: 'Bolder' }), run(value || '–'))),
  ]
  const rest = plain(run('…'))
  const rows = table?.rows ?? []
  const bodyWith = (parts: number, shown: number): readonly Element[] => {
    const isCut = parts < head.length || shown < rows.length
    const shownTable = table && shown > 0 ? [tableOf({ header: table.header, rows: rows.slice(0, shown) })] : []
    return [...head.slice(0, parts), ...shownTable, ...(isCut ? [rest] : [])]
  }
  const fits = (message: string) => Buffer.byteLength(message) <= mostBytes
  // Rows of the table go first, from its end; then what stands above it.
  const sized = (size: number) => bodyWith(Math.min(size, head.length), Math.max(0, size - head.length))
  const whole = messageOf(announcement, sized(head.length + rows.length))
  if (fits(whole)) return whole
  let fitting = 1
  let tooLong = head.length + rows.length
  while (tooLong - fitting > 1) {
    const size = Math.floor((fitting + tooLong) / 2)
    if (fits(messageOf(announcement, sized(size)))) fitting = size
    else tooLong = size
  }
  return messageOf(announcement, sized(fitting))
}
