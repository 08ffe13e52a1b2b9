import { type Meaning, type Metrics, type MetricUnit, meanings, unitOf } from '../capabilities/metrics.ts'
import type { ChartSpec } from '../domain/chart.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome, Subject } from './command.ts'
import { findService } from './find-target.ts'
import { lastOf, type Period, periodOf } from './look-back.ts'
import { type Measured, metricChart } from './metric-chart.ts'
import { hasUsualSource, sourceName, sourceOf } from './source.ts'
import { metricsWords } from './words/metrics.ts'

/** How far back where nothing else is said, and at most (ms). */
const usualSpan = 3_600_000
const longestSpan = 30 * 86_400_000
/** Series of one query that are shown. */
const shownSeries = 5
const longestName = 60

const meaningOf = (args: Arguments): Meaning | undefined => meanings.find((each) => each === args.metric)

function subject(args: Arguments, knowledge: Knowledge): Subject {
  const typed = optionalText(args, 'service')
  if (typed === undefined || args.query !== undefined) return { environment: null, resources: [] }
  const environment = optionalText(args, 'environment') ?? null
  return { environment, resources: [findService(knowledge, typed)?.name ?? typed] }
}

function spanOf(context: CommandContext, args: Arguments): Period {
  const period = periodOf(context, args, 'period.span') ?? lastOf(context, usualSpan, 'period.span')
  const span = context.now() - period.from
  if (span > longestSpan || span <= 0) {
    const most = { kind: 'duration', ms: longestSpan } as const
    throw new NoxError('bad-input', 'too far back', { forPerson: phrase('metrics.span', { most }) })
  }
  return period
}

/** Three digits that matter: what is measured is never more exact. */
const rounded = (value: number): number => Number(value.toPrecision(3))

function spoken(value: number, unit: MetricUnit): Value {
  switch (unit) {
    case 'bytes':
      return { kind: 'bytes', bytes: value }
    case 'cores':
      return phrase('metrics.value.cores', { n: rounded(value) })
    case 'perSecond':
      return phrase('metrics.value.perSecond', { n: rounded(value) })
    case 'seconds':
      return phrase('metrics.value.ms', { n: rounded(value * 1_000) })
    case 'none':
      return phrase('metrics.value.plain', { n: rounded(value) })
  }
}

function line({ label, unit, series }: Measured): Phrase {
  const values = series.points.flatMap(([, value]) => (value === null || !Number.isFinite(value) ? [] : [value]))
  const now = values.at(-1)
  if (now === undefined) return phrase('metrics.line.silent', { metric: label })
  const sum = values.reduce((total, value) => total + value, 0)
  return phrase('metrics.line', {
    metric: label,
    now: spoken(now, unit),
    low: spoken(
      values.reduce((a, b) => Math.min(a, b)),
      unit,
    ),
    high: spoken(
      values.reduce((a, b) => Math.max(a, b)),
      unit,
    ),
    mean: spoken(sum / values.length, unit),
  })
}

const named = (name: string): Phrase => phrase('metrics.source', { vendor: name.slice(0, longestName) })

/** A query may read anything: only who may read the metrics of everything, everywhere, may send one. */
function refuseWhereClosed({ member, knowledge, may }: CommandContext): void {
  const environments = new Set(knowledge.services.flatMap(({ targets }) => targets.map((each) => each.environment)))
  const question = { command: 'metrics', action: 'metrics', effect: 'read', resources: ['*'] } as const
  const isOpen = [...environments].every((environment) => may({ ...question, environment }).verdict === 'yes')
  if (isOpen && member.role !== 'guest' && member.restrictedResources.length === 0) return
  throw new NoxError('forbidden', 'a query of a member who may not read everything', {
    forPerson: phrase('metrics.query.closed'),
  })
}

async function ofQuery(context: CommandContext, metrics: Metrics, query: string, span: Period): Promise<Outcome> {
  refuseWhereClosed(context)
  const to = span.until ?? context.now()
  const found = await metrics.query({ query }, { from: span.from, to }, { signal: context.signal })
  const measured = found
    .slice(0, shownSeries)
    .map((series): Measured => ({ label: named(series.name || query), unit: 'none', series }))
  const title = phrase('metrics.title.query', { span: span.said })
  const more = found.length > shownSeries ? [phrase('metrics.more', { n: found.length - shownSeries })] : []
  return outcome(title, measured, more, metricChart(title, measured, context.tenant.timeZone))
}

async function ofService(context: CommandContext, metrics: Metrics, args: Arguments, span: Period): Promise<Outcome> {
  const service = findService(context.knowledge, text(args, 'service'))
  const environment = text(args, 'environment')
  const target = service?.targets.find((each) => each.environment === environment)
  if (!service || !target) throw new NoxError('internal', 'a service without a target')
  const about = { service: service.name, environment, namespace: target.namespace, deployment: target.deployment }
  const to = span.until ?? context.now()
  const wanted = meaningOf(args)
  const measured = await Promise.all(
    (wanted ? [wanted] : meanings).map(async (meaning): Promise<readonly Measured[]> => {
      const span_ = { from: span.from, to }
      const found = await metrics.query({ meaning, about }, span_, { signal: context.signal })
      const label = phrase(`metric.${meaning}`)
      const all = found.length === 0 ? [{ name: '', points: [] }] : found.slice(0, shownSeries)
      return all.map((series) => ({ label, unit: unitOf[meaning], series }))
    }),
  )
  const words = { service: service.name, env: environment, span: span.said } as const
  const title = wanted
    ? phrase('metrics.title', { ...words, metric: phrase(`metric.${wanted}`) })
    : phrase('metrics.title.all', words)
  const charts = wanted ? metricChart(title, measured.flat(), context.tenant.timeZone) : []
  return outcome(title, measured.flat(), [], charts)
}

function outcome(
  title: Phrase,
  measured: readonly Measured[],
  context: readonly Phrase[],
  charts: readonly ChartSpec[],
): Outcome {
  const isSilent = measured.every(({ series }) => series.points.length === 0)
  const lines = isSilent ? [phrase('metrics.none')] : measured.map(line)
  return { result: 'done', changed: false, answer: { kind: 'list', title, lines, context, charts } }
}

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const span = spanOf(context, args)
  const metrics = await context.provider('metrics', sourceOf(args))
  const query = optionalText(args, 'query')
  const done =
    query === undefined ? await ofService(context, metrics, args, span) : await ofQuery(context, metrics, query, span)
  const source = phrase('metrics.source', { vendor: sourceName(context.knowledge, 'metrics', args) })
  return { ...done, answer: { ...done.answer, context: [...(done.answer.context ?? []), source] } }
}

export const metrics: Command = {
  words: metricsWords,
  theme: 'look',
  capability: 'metrics',
  timeLimitMs: 60_000,
  example: (knowledge) => {
    const service = knowledge.services.find(({ targets }) => targets.length > 0)
    return service && hasUsualSource(knowledge, 'metrics') ? { service: service.name, metric: 'cpu' } : null
  },
  subject,
  describe: (args) => {
    const what = optionalText(args, 'service')
    return what === undefined ? phrase('action.metrics.query') : phrase('action.metrics', { what })
  },
  run,
}
