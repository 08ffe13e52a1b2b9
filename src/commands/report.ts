import type { Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { isVendor, type Vendor, vendorNames } from '../domain/integration.ts'
import { type ReportFigures, type ReportPeriod, reportPeriods } from '../domain/report.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { reportAnnouncement, reportLetter, reportPage, reportPageTitle } from './report-places.ts'
import { type ReportSubject, type ReportWords, sayReport } from './say-report.ts'
import { reportWords } from './words/report.ts'

const mostCharts = 4

const periodOf = (args: Arguments): ReportPeriod => reportPeriods.find((each) => each === args.period) ?? 'weekly'

/** Where it goes besides the thread; `null` = nowhere else. */
export function vendorOfReport(args: Arguments): Vendor | null {
  const destination = optionalText(args, 'destination')
  return destination !== undefined && isVendor(destination) ? destination : null
}

const subjectOf = (args: Arguments): ReportSubject | null =>
  (['incidents', 'deployments'] as const).find((each) => each === args.subject) ?? null

/** Figures of the team are for those who may see Analytics; everybody else gets those of their own actions. */
const seesTeam = ({ member }: Pick<CommandContext, 'member'>): boolean =>
  member.role === 'admin' || (member.role !== 'guest' && member.flags.canViewAnalytics)

/** The other period, in the same place. */
function otherButton(args: Arguments, { span }: ReportFigures): Button {
  const which = span.isOver ? 'current' : 'previous'
  const does = { kind: 'order', command: 'report', args: { ...args, destination: 'slack', span: which } } as const
  return { label: phrase(`report.button.${which}`), does }
}

const bold = (text: string): Phrase => phrase('report.bold', { text })

function threadAnswer(args: Arguments, figures: ReportFigures, words: ReportWords): Outcome['answer'] {
  return {
    kind: 'list',
    title: bold(words.title),
    lines: [...words.summary, phrase('report.bold', { text: phrase('report.changes') }), ...words.changes],
    table: words.table,
    charts: figures.charts.slice(0, mostCharts),
    buttons: [otherButton(args, figures)],
    context: words.notes,
  }
}

/** The short answer where the report itself stands elsewhere: what changed, and where to read it. */
const sentAnswer = (words: ReportWords, where: Phrase, url?: string): Outcome['answer'] => ({
  kind: 'outcome',
  title: where,
  lines: [
    bold(words.title),
    ...words.summary,
    phrase('report.bold', { text: phrase('report.changes') }),
    ...words.changes,
  ],
  buttons: url ? [{ label: phrase('report.open'), does: { kind: 'link', url }, style: 'primary' }] : [],
  context: words.notes.slice(0, -1),
})

const failed = (title: Phrase): Outcome => ({ result: 'failed', changed: false, answer: { kind: 'outcome', title } })

/** The figures that may be seen, and their words. */
async function count(context: CommandContext, args: Arguments) {
  const isOwn = !seesTeam(context)
  const which = args.span === 'current' || args.span === 'previous' ? args.span : null
  const whose = isOwn ? { userId: context.action.userId } : {}
  const figures = await context.reports.figures({ period: periodOf(args), which, ...whose })
  return { figures, words: sayReport(figures, context.language, { subject: subjectOf(args), isOwn }) }
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const destination = optionalText(args, 'destination') ?? 'slack'
  const to = optionalText(args, 'to')
  if (destination === 'email') {
    if (!context.reports.hasMail) return failed(phrase('report.noMail'))
    if (!seesTeam(context)) return failed(phrase('report.mail.only'))
    if (to === undefined) return failed(phrase('report.whom'))
  }
  const { figures, words } = await count(context, args)
  const { counts, span } = figures
  const done = (answer: Outcome['answer'], changed: boolean): Outcome => ({
    result: 'done',
    changed,
    answer,
    details: {
      period: span.period,
      from: span.from,
      to: span.to,
      destination,
      actions: counts.actions,
      deployments: counts.deployments,
      incidents: counts.incidents,
      alerts: counts.alerts,
    },
  })
  const vendor = vendorOfReport(args)
  if (vendor === 'teams') return done(await announce(context, words), true)
  if (vendor) return done(await write(context, vendor, figures, words), true)
  if (destination === 'email' && to !== undefined) return done(await mail(context, to, figures, words), true)
  return done(threadAnswer(args, figures, words), false)
}

/** The title carries the order's number: asked for twice there are two pages, and after a crash the one is found. */
async function write(context: CommandContext, vendor: Vendor, figures: ReportFigures, words: ReportWords) {
  const call = { signal: context.signal }
  const pages = await context.provider('pages', vendor)
  const title = reportPageTitle(words, context.action)
  const before = context.resumed ? await pages.find(title, call) : null
  if (!before) await context.step('step.start')
  const page = before ?? (await pages.create(await reportPage(context, title, figures, words), call))
  const link = { kind: 'link', url: page.url, label: title } as const
  return sentAnswer(words, phrase('report.sent', { vendor: vendorNames[vendor], page: link }), page.url)
}

async function mail(context: CommandContext, to: string, figures: ReportFigures, words: ReportWords) {
  const letter = await reportLetter(context, figures, words)
  await context.step('step.start')
  await context.reports.mail(to, letter)
  return sentAnswer(words, phrase('report.mailed', { to }))
}

async function announce(context: CommandContext, words: ReportWords) {
  const announcements = await context.provider('announcements', 'teams')
  const announcement = await reportAnnouncement(context, words)
  await context.step('step.start')
  await announcements.post(null, announcement, { signal: context.signal })
  return sentAnswer(words, phrase('report.announced', { vendor: vendorNames.teams }))
}

export const report: Command = {
  words: reportWords,
  theme: 'reports',
  timeLimitMs: 120_000,
  example: () => ({ period: 'weekly' }),
  subject: () => ({ environment: null, resources: [] }),
  describe: (args) => {
    const period = phrase(`report.period.${periodOf(args)}`)
    const vendor = vendorOfReport(args)
    const where = vendor
      ? vendorNames[vendor]
      : args.destination === 'email'
        ? (optionalText(args, 'to') ?? 'e-mail')
        : null
    return where === null ? phrase('action.report', { period }) : phrase('action.report.to', { period, where })
  },
  run,
  /** A page is found by its title; whether a letter or a card went out nobody can tell. */
  async probe(context, args) {
    const vendor = vendorOfReport(args)
    if (vendor === null && args.destination !== 'email') return 'not-started'
    if (vendor === null || vendor === 'teams') return 'unknown'
    const pages = await context.provider('pages', vendor)
    const { words } = await count(context, args)
    const page = await pages.find(reportPageTitle(words, context.action), { signal: context.signal })
    return page ? 'done' : 'not-started'
  },
}
