import type { Phrase, Value } from '../texts/phrase.ts'

/** What the numbers of a chart are: a share is 0 to 1, a duration ms. */
export type ChartUnit = 'count' | 'number' | 'share' | 'duration' | 'bytes'

/** What stands below a chart, from left to right. */
export type ChartAxis =
  /** Calendar days, `2026-11-23`, of the tenant's own zone. */
  | { readonly kind: 'days'; readonly days: readonly string[] }
  /** Moments (ms since 1970), told in an IANA zone. */
  | { readonly kind: 'times'; readonly at: readonly number[]; readonly timeZone: string }
  | { readonly kind: 'names'; readonly names: readonly Value[] }

export interface ChartSeries {
  readonly name: Value
  /** One for each place of the axis; `null` = nothing was measured. */
  readonly values: readonly (number | null)[]
  /** `bad` for failures, `quiet` for what stands back. */
  readonly tone?: 'bad' | 'quiet'
}

/** A picture of figures, in no language yet. At most 6 series of 1,000 values are drawn. */
export interface ChartSpec {
  readonly kind: 'line' | 'bar' | 'stacked'
  readonly title: Phrase
  readonly unit: ChartUnit
  readonly axis: ChartAxis
  readonly series: readonly ChartSeries[]
}
