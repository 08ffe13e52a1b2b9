/** Letters that tenants have had written, counted by day and shared by all replicas. */
export interface Letters {
  /** Takes one of a tenant's day (`2026-11-24` in its zone); `false` = they are used up. */
  take(tenantId: string, day: string, limit: number): Promise<boolean>
}
