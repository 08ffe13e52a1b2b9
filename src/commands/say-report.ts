import type { Language } from '../domain/command-spec.ts'
import type { ReportCounts, ReportFigures, ReportSpan } from '../domain/report.ts'
import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { plainPhrase } from '../texts/render.ts'

/** A report in words, in no place yet: every place that it is sent to shows these. */
export interface ReportWords {
  /** One line, plain. */
  readonly title: string
  readonly summary: readonly Phrase[]
  /** What changed the most, three at most, or why there is nothing. */
  readonly changes: readonly Phrase[]
  readonly table: { readonly head: readonly Phrase[]; readonly rows: readonly (readonly Value[])[] }
  readonly notes: readonly Phrase[]
}

export type ReportSubject = 'activity' | 'incidents' | 'deployments'

type Measure = 'count' | 'share' | 'duration'

/** One line of the figures, and how much a change of it matters. */
interface Row {
  readonly label: TextKey
  readonly measure: Measure
  readonly weight: number
  readonly about: readonly ReportSubject[]
  of(counts: ReportCounts, span: ReportSpan): number | null
}

const all: readonly ReportSubject[] = ['activity', 'incidents', 'deployments']
const row = (
  label: TextKey,
  measure: Measure,
  weight: number,
  about: readonly ReportSubject[],
  of: Row['of'],
): Row => ({ label, measure, weight, about, of })

/** One decimal; of less than a tenth its first digit, so that few are not none. */
const rateOf = (rate: number): number => (rate < 0.1 ? Number(rate.toPrecision(1)) : Math.round(rate * 10) / 10)

/** In the order of the table; with the same weight of change the first comes first. */
const rows: readonly Row[] = [
  row('report.row.actions', 'count', 0.8, ['activity'], ({ actions }) => actions),
  row('report.row.success', 'share', 4, ['activity'], ({ success }) => success),
  row('report.row.refused', 'count', 0.6, ['activity'], ({ refused }) => refused),
  row('report.row.deployments', 'count', 1.2, ['deployments'], ({ deployments }) => deployments),
  row('report.row.perDay', 'count', 0, ['deployments'], ({ deployments }, { days }) =>
    deployments === 0 ? null : rateOf(deployments / Math.max(1, days.length)),
  ),
  row('report.row.failureRate', 'share', 5, ['deployments'], ({ failureRate }) => failureRate),
  row('report.row.restore', 'duration', 1.2, ['deployments'], ({ restore }) => restore),
  row('report.row.duration', 'duration', 0.8, ['deployments'], ({ duration }) => duration),
  row('report.row.leadTime', 'duration', 1, ['deployments'], ({ leadTime }) => leadTime),
  row('report.row.incidents', 'count', 2, ['incidents'], ({ incidents }) => incidents),
  row('report.row.incidentRestore', 'duration', 1.2, ['incidents'], ({ incidentRestore }) => incidentRestore),
  row('report.row.alerts', 'count', 0.8, ['incidents'], ({ alerts }) => alerts),
]

const mostChanges = 3
/** Changes that weigh less are none. */
const notable = 0.15

const percent = (share: number): Phrase => phrase('report.percent', { n: Math.round(share * 100) })

function said(value: number | null, measure: Measure): Value {
  if (value === null) return '–'
  if (measure === 'share') return percent(value)
  return measure === 'duration' ? { kind: 'duration', ms: value } : value
}

/** How much a change weighs: of a share by its points, of all else by how many times it became. */
function weightOf({ measure, weight }: Row, now: number, before: number): number {
  if (measure === 'share') return weight * Math.abs(now - before)
  const base = measure === 'count' ? 1 : 1_000
  return weight * Math.abs(Math.log((now + base) / (before + base)))
}

function deltaOf(measure: Measure, now: number, before: number): Phrase | string {
  if (measure === 'share') {
    const points = Math.round(now * 100) - Math.round(before * 100)
    return phrase(points >= 0 ? 'report.delta.points.up' : 'report.delta.points.down', { n: Math.abs(points) })
  }
  if (before === 0) return ''
  const n = Math.round((now / before - 1) * 100)
  return phrase(n >= 0 ? 'report.delta.up' : 'report.delta.down', { n: Math.abs(n) })
}

function changesOf({ span, counts, before }: ReportFigures, shown: readonly Row[]): readonly Phrase[] {
  if (!before) return [phrase('report.change.first')]
  const changed = shown
    .flatMap((each) => {
      const now = each.of(counts, span)
      const was = each.of(before.counts, before.span)
      return now === null || was === null ? [] : [{ each, now, was, weight: weightOf(each, now, was) }]
    })
    .filter(({ weight }) => weight >= notable)
    .sort((a, b) => b.weight - a.weight)
  if (changed.length === 0) return [phrase('report.change.none')]
  return changed.slice(0, mostChanges).map(({ each: { label, measure }, now, was }) =>
    phrase('report.change', {
      what: phrase(label),
      now: said(now, measure),
      before: said(was, measure),
      delta: deltaOf(measure, now, was),
    }),
  )
}

const locales = { fr: 'fr-FR', en: 'en-GB' } as const
const noonOf = (key: string) => new Date(`${key}T12:00:00Z`)

/** `du 23 au 29 novembre 2026` without the small words: `23–29 novembre 2026`. */
function sayDays(days: readonly string[], language: Language): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return format.formatRange(noonOf(days[0] ?? ''), noonOf(days.at(-1) ?? days[0] ?? ''))
}

const sayMonth = (key: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noonOf(key))

/** `Rapport hebdomadaire · semaine 48, 23–29 novembre 2026`. */
export function reportTitle({ span }: ReportFigures, language: Language): string {
  const { period, days, isOver } = span
  const dates = period === 'monthly' && isOver ? sayMonth(days[0] ?? '', language) : sayDays(days, language)
  return plainPhrase(phrase(`report.title.${period}`, { dates, week: String(span.week) }), language)
}

function summaryOf({ counts }: ReportFigures, shown: readonly ReportSubject[]): readonly Phrase[] {
  const { actions, success, deployments, failureRate, incidents, incidentRestore, alerts } = counts
  const is = (subject: ReportSubject) => shown.includes(subject)
  if (actions === 0 && incidents === 0 && (alerts ?? 0) === 0) return [phrase('report.empty')]
  return [
    ...(is('activity')
      ? [
          success === null
            ? phrase('report.actions.none', { n: actions })
            : phrase('report.actions', { n: actions, rate: percent(success) }),
        ]
      : []),
    ...(is('deployments')
      ? [
          deployments === 0
            ? phrase('report.deployments.none')
            : phrase('report.deployments', { n: deployments, rate: percent(failureRate ?? 0) }),
        ]
      : []),
    ...(is('incidents') ? [incidentLine(incidents, incidentRestore)] : []),
    ...(is('incidents') && alerts !== null && alerts > 0 ? [phrase('report.alerts', { n: alerts })] : []),
  ]
}

function incidentLine(n: number, restore: number | null): Phrase {
  if (n === 0) return phrase('report.incidents.none')
  if (restore === null) return phrase('report.incidents', { n })
  return phrase('report.incidents.restored', { n, restore: { kind: 'duration', ms: restore } })
}

/** Says a report. @param subject `null` = of everything; @param isOwn of one person's actions alone */
export function sayReport(
  figures: ReportFigures,
  language: Language,
  { subject, isOwn }: { readonly subject: ReportSubject | null; readonly isOwn: boolean },
): ReportWords {
  const subjects = (subject ? [subject] : all).filter((each) => !isOwn || each !== 'incidents')
  const shown = rows.filter(({ about }) => about.some((each) => subjects.includes(each)))
  const { span, counts, before, usage } = figures
  const cells = shown.map(({ label, measure, of }): readonly Value[] => [
    phrase(label),
    said(of(counts, span), measure),
    ...(before ? [said(of(before.counts, before.span), measure)] : []),
  ])
  const month = sayMonth(span.days.at(-1) ?? '', language)
  const { used, limit } = usage
  return {
    title: reportTitle(figures, language),
    summary: [
      ...summaryOf(figures, subjects),
      ...(isOwn || !subjects.includes('activity')
        ? []
        : [
            limit === null
              ? phrase('report.usage.unlimited', { month, used })
              : phrase('report.usage', { month, used, limit, rate: percent(used / Math.max(1, limit)) }),
          ]),
    ],
    changes: changesOf(figures, shown),
    table: {
      head: [phrase('report.head.what'), phrase('report.head.now'), ...(before ? [phrase('report.head.before')] : [])],
      rows: cells.filter(([, ...values]) => values.some((value) => value !== '–')),
    },
    notes: [
      ...(isOwn ? [phrase('report.own')] : []),
      ...(span.isOver || !before ? [] : [phrase('report.goesOn')]),
      ...(figures.isCut ? [phrase('report.cut')] : []),
      phrase('report.medians'),
    ],
  }
}
