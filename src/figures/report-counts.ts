import type { Incident } from '../domain/incident.ts'
import type { ReportCounts, ReportSpan } from '../domain/report.ts'
import type { CountedAction } from '../storage/types/ledger.ts'
import { analyse, analyseIncidents } from './analyse.ts'

const within =
  ({ from, to }: Pick<ReportSpan, 'from' | 'to'>) =>
  (at: number): boolean =>
    at >= from && at < to

/** Those of a span, by when they were asked for. */
export const actionsIn = (actions: readonly CountedAction[], span: Pick<ReportSpan, 'from' | 'to'>) => {
  const isIn = within(span)
  return actions.filter(({ createdAt }) => isIn(createdAt))
}

/** Counts a span. @param actions oldest first, of any time; what has not ended counts as asked for alone */
export function reportCounts(
  actions: readonly CountedAction[],
  incidents: readonly Pick<Incident, 'openedAt' | 'acknowledgedAt' | 'resolvedAt'>[],
  span: ReportSpan,
  more: { readonly alerts: number | null; readonly leadTime: number | null },
): ReportCounts {
  const mine = actionsIn(actions, span)
  const isIn = within(span)
  const figures = analyse(mine)
  const opened = analyseIncidents(incidents.filter(({ openedAt }) => isIn(openedAt)))
  return {
    actions: figures.actions,
    done: mine.filter(({ state }) => state === 'done').length,
    failed: mine.filter(({ state }) => state === 'failed' || state === 'unknown').length,
    refused: figures.refused,
    success: figures.success,
    deployments: figures.deployments,
    failureRate: figures.failureRate,
    restore: figures.restore,
    duration: figures.duration,
    incidents: opened.count,
    incidentRestore: opened.restore,
    ...more,
  }
}
