/** Units of quota that an action takes: the person's day first, then the tenant's month. */
export interface QuotaClaim {
  /** `2026-11-24` in the tenant's zone. */
  readonly day: string
  readonly dayLimit: number
  /** `2026-11` in the tenant's zone. */
  readonly month: string
  /** `null` = unlimited. */
  readonly monthLimit: number | null
}

/** The day and the month of quotas, in the tenant's zone: `2026-11-24`, `2026-11`. */
export type QuotaPeriods = Pick<QuotaClaim, 'day' | 'month'>

/** Units that are used in a person's day and in their tenant's month. */
export interface UsedUnits {
  readonly day: number
  readonly month: number
}
