import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Zone } from '../../domain/zone.ts'
import type { Edition } from './edition.ts'

/** What of production, staging and the like is open to whom. */
export interface Zones {
  list(tenantId: string): Promise<readonly Zone[]>
  save(zone: Zone): Promise<void>
  /** Has anybody changed one since the tenant began? */
  isEdited(tenantId: string): Promise<boolean>
  edition(tenantId: string, zoneId: string): Promise<Edition<Zone> | null>
  /** One unit with its audit record; `version` null = a new zone; `false` = someone else changed it, nothing is written. */
  change(zone: Zone, version: number | null, audit: AuditEntry): Promise<boolean>
  /** As `change`. */
  remove(tenantId: string, zoneId: string, version: number, audit: AuditEntry): Promise<boolean>
}
