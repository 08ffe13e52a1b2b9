import type { ChartSpec } from './chart.ts'

/** How long a report's period is: a day, an ISO week, or a calendar month of the tenant's zone. */
export const reportPeriods = ['daily', 'weekly', 'monthly'] as const
export type ReportPeriod = (typeof reportPeriods)[number]

/** What stretch of time a report tells of. */
export interface ReportSpan {
  readonly period: ReportPeriod
  /** ms since 1970; `to` is not in it any more. */
  readonly from: number
  readonly to: number
  /** Its calendar days in the tenant's zone, `2026-11-23`, oldest first: of a period that goes on, those until now. */
  readonly days: readonly string[]
  /** `false` = it goes on: the figures are of its beginning. */
  readonly isOver: boolean
  /** The ISO week of its first day. */
  readonly week: number
}

/** What was counted in a span; durations in ms, shares from 0 to 1, `null` = nothing to count, or not known any more. */
export interface ReportCounts {
  readonly actions: number
  readonly done: number
  readonly failed: number
  readonly refused: number
  /** Of those that ran, how many went well. */
  readonly success: number | null
  readonly deployments: number
  readonly failureRate: number | null
  readonly restore: number | null
  readonly duration: number | null
  /** From a commit to its deployment, where GitHub tells. */
  readonly leadTime: number | null
  readonly incidents: number
  /** From an incident's opening to its end. */
  readonly incidentRestore: number | null
  readonly alerts: number | null
}

/** The figures of a report: the same wherever it is sent. */
export interface ReportFigures {
  readonly span: ReportSpan
  readonly counts: ReportCounts
  /** The same stretch of the period before; `null` = NOX was not here yet. */
  readonly before: { readonly span: ReportSpan; readonly counts: ReportCounts } | null
  /** Actions of the month that the span ends in; `limit` null = unlimited. */
  readonly usage: { readonly used: number; readonly limit: number | null }
  readonly charts: readonly ChartSpec[]
  /** There was more than is counted: the newest were. */
  readonly isCut: boolean
}
