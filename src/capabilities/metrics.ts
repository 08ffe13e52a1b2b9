import type { CallOptions } from './clusters.ts'

/** What people mean by a metric. */
export const meanings = ['cpu', 'memory', 'requests', 'errors', 'latency'] as const
export type Meaning = (typeof meanings)[number]

/** What a value counts: cores, bytes, events a second, seconds; `none` = the query alone knows. */
export type MetricUnit = 'cores' | 'bytes' | 'perSecond' | 'seconds' | 'none'

export const unitOf: Readonly<Record<Meaning, MetricUnit>> = {
  cpu: 'cores',
  memory: 'bytes',
  requests: 'perSecond',
  errors: 'perSecond',
  latency: 'seconds',
}

/** A service where it runs: names of the catalogue. */
export interface MetricSubject {
  readonly service: string
  readonly environment: string
  readonly namespace: string
  readonly deployment: string
}

/** A meaning for a service, or a query in the vendor's own language. */
export type MetricWanted = { readonly meaning: Meaning; readonly about: MetricSubject } | { readonly query: string }

export interface MetricSeries {
  /** What tells it apart from the others; `''` where it is alone. */
  readonly name: string
  /** Oldest first: when (ms), and the value; `null` = none was measured. */
  readonly points: readonly (readonly [at: number, value: number | null])[]
}

/** Measured values over time. Every call may throw a NoxError whose `forPerson` says what happened. */
export interface Metrics {
  /**
   * @param span ms
   * @returns no series = nothing was measured
   */
  query(
    wanted: MetricWanted,
    span: { readonly from: number; readonly to: number },
    call: CallOptions,
  ): Promise<readonly MetricSeries[]>
}
