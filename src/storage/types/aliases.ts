import type { Alias } from '../../domain/alias.ts'

/** A tenant's own words for orders. */
export interface Aliases {
  list(tenantId: string): Promise<readonly Alias[]>
  /** Inserts or replaces. */
  save(alias: Alias): Promise<void>
  /** `false` = there was none. */
  remove(tenantId: string, name: string): Promise<boolean>
}
