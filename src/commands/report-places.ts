import type { Action } from '../domain/action.ts'
import type { Announcement } from '../domain/announcement.ts'
import { type PageBlock, type PageDocument, plainLine } from '../domain/page.ts'
import type { ReportFigures } from '../domain/report.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { plainPhrase, plainText } from '../texts/render.ts'
import type { CommandContext } from './command.ts'
import type { Letter, Picture } from './context/reports.ts'
import type { ReportWords } from './say-report.ts'

const longestTitle = 240

/** The title of a report's page: of this order and of no other. */
export const reportPageTitle = ({ title }: ReportWords, { number }: Pick<Action, 'number'>): string =>
  `${title.slice(0, longestTitle)} (#${number})`

/** A change as a paragraph of its own, without the sign that lists have. */
const bare = (text: string): string => text.replace(/^• /, '')

async function pictures(context: CommandContext, { charts }: ReportFigures): Promise<readonly Picture[]> {
  const drawn = await Promise.all(charts.map((chart) => context.reports.picture(chart)))
  return drawn.filter((picture) => picture !== null)
}

const askedBy = async ({ action, nameOf }: CommandContext): Promise<Phrase> =>
  phrase('report.by', { person: await nameOf(action.userId), n: String(action.number) })

/** The report as a page: what happened, what changed, the figures, the pictures, where it came from. */
export async function reportPage(
  context: CommandContext,
  title: string,
  figures: ReportFigures,
  words: ReportWords,
): Promise<PageDocument> {
  const { language } = context
  const say = (each: Phrase) => plainPhrase(each, language)
  const cell = (value: Value) => plainLine(plainText(value, language))
  const heading = (each: Phrase): PageBlock => ({ kind: 'heading', level: 2, text: say(each) })
  const url = await context.permalink()
  const source = say(await askedBy(context))
  return {
    title,
    blocks: [
      ...words.summary.map((each): PageBlock => ({ kind: 'paragraph', line: plainLine(say(each)) })),
      heading(phrase('report.changes')),
      { kind: 'list', items: words.changes.map((each) => plainLine(bare(say(each)))) },
      heading(phrase('report.figures')),
      {
        kind: 'table',
        header: words.table.head.map(say),
        rows: words.table.rows.map((row) => row.map(cell)),
      },
      ...(await pictures(context, figures)).map((picture): PageBlock => ({ kind: 'picture', ...picture })),
      ...words.notes.map((each): PageBlock => ({ kind: 'paragraph', line: plainLine(say(each)) })),
      { kind: 'paragraph', line: url ? [{ text: source, url }] : plainLine(source) },
    ],
  }
}

/** The report as a letter. */
export async function reportLetter(
  context: CommandContext,
  figures: ReportFigures,
  words: ReportWords,
): Promise<Letter> {
  const url = await context.permalink()
  return {
    title: words.title,
    paragraphs: [...words.summary, phrase('report.bold', { text: phrase('report.changes') }), ...words.changes],
    table: words.table,
    pictures: await pictures(context, figures),
    notes: [...words.notes, await askedBy(context)],
    ...(url ? { button: { label: phrase('report.thread'), url } } : {}),
  }
}

/** The report as a card: what happened and what changed, with the way to the rest. */
export async function reportAnnouncement(context: CommandContext, words: ReportWords): Promise<Announcement> {
  const { language } = context
  const say = (each: Phrase) => plainPhrase(each, language)
  const url = await context.permalink()
  return {
    title: words.title,
    tone: 'neutral',
    paragraphs: [...words.summary, phrase('report.changes'), ...words.changes, await askedBy(context)].map(say),
    links: url ? [{ label: say(phrase('report.thread')), url }] : [],
    language,
  }
}
