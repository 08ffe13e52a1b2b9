import type { ReportDesk } from '../commands/context/reports.ts'
import { incidentStates } from '../domain/incident.ts'
import type { ReportFigures, ReportSpan } from '../domain/report.ts'
import { daily } from '../figures/daily.ts'
import { figureCharts } from '../figures/figure-charts.ts'
import { actionsIn, reportCounts } from '../figures/report-counts.ts'
import { reportSpan, spanBefore } from '../figures/report-span.ts'
import { dayKey, monthKey } from '../permissions/index.ts'
import { leadTimes, type ReportScope } from './lead-times.ts'
import type { Services } from './services.ts'

/** Actions that are counted, the newest; incidents too. */
const mostCounted = 40_000
const mostIncidents = 1_000
/** For so long alerts that are over are kept (ms): of before nothing is known. */
export const alertsKeptFor = 30 * 24 * 60 * 60_000

/** The figures of a report, counted once for wherever it is sent; up to when it was asked for, itself not included. */
export async function reportFigures(
  services: Services,
  scope: ReportScope,
  { period, which, userId }: Parameters<ReportDesk['figures']>[0],
): Promise<ReportFigures> {
  const { storage } = services
  const { action, snapshot } = scope
  const { tenant } = snapshot.knowledge
  const { timeZone } = tenant
  const span = reportSpan(period, action.createdAt, timeZone, which)
  const before = spanBefore(span, timeZone)
  const [all, incidents, alerts, alertsBefore, used, leads] = await Promise.all([
    storage.ledger.counted(tenant.id, before.from, mostCounted),
    storage.incidents.list(tenant.id, { states: incidentStates, since: before.from, limit: mostIncidents }),
    alertsIn(span),
    alertsIn(before),
    storage.tenants.quotaUsed(
      tenant.id,
      action.memberId,
      dayKey(span.to - 1, timeZone),
      monthKey(span.to - 1, timeZone),
    ),
    leadTimes(services, scope, [span, before], userId),
  ])

  function alertsIn({ from, to }: ReportSpan): Promise<number | null> {
    return from < services.now() - alertsKeptFor
      ? Promise.resolve(null)
      : storage.alerts.countFired(tenant.id, from, to)
  }

  const isOwn = userId !== undefined
  const counted = all.filter((each) => each.createdAt < action.createdAt && (!isOwn || each.userId === userId))
  const their = isOwn ? [] : incidents
  const counts = (of: ReportSpan, fired: number | null, leadTime: number | null) =>
    reportCounts(counted, their, of, { alerts: isOwn ? null : fired, leadTime })
  const month = monthKey(span.to - 1, timeZone)
  const ownUnit = action.counted && month === monthKey(action.createdAt, timeZone) ? 1 : 0
  const wasHere = tenant.createdAt < before.to || counted.some(({ createdAt }) => createdAt < before.to)
  return {
    span,
    counts: counts(span, alerts, leads[0]),
    before: wasHere ? { span: before, counts: counts(before, alertsBefore, leads[1]) } : null,
    usage: { used: Math.max(0, used.month - ownUnit), limit: services.planOf(tenant).actionsPerMonth },
    charts: figureCharts(daily(actionsIn(counted, span), span.days, timeZone)),
    isCut: all.length === mostCounted,
  }
}
