/** A tenant that is to be purged, or was. */
export interface Purge {
  readonly id: string
  readonly dueAt: number
  /** Letters that its admins got. */
  readonly announced: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly rows: number
}

/** Tenants whose data goes after they uninstalled NOX. */
export interface Purges {
  /** From now on it is due then; one that is scheduled already stays as it is. @returns whether it is new */
  schedule(tenantId: string, dueAt: number): Promise<boolean>
  /** The tenant is back. @returns whether a purge was called off; `false` also where it has begun */
  cancel(tenantId: string): Promise<boolean>
  announced(tenantId: string): Promise<void>
  list(): Promise<readonly Purge[]>
  /**
   * Deletes everything of a tenant; one that broke off goes on where it was. What stays is its id and when that was.
   * @returns rows that were deleted
   * @throws NoxError `bad-input` where NOX is still installed for it
   */
  run(tenantId: string, now: number): Promise<number>
}
