import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Integration, Vendor } from '../../domain/integration.ts'
import type { Edition } from './edition.ts'

/** Connected vendors with their encrypted secrets. */
export interface Integrations {
  list(tenantId: string): Promise<readonly Integration[]>
  /** With who changed it last; `null` = it is not connected. */
  edition(tenantId: string, vendor: Vendor): Promise<Edition<Integration> | null>
  /**
   * What an admin entered on a version (0 = it was not connected), with its audit record in one unit.
   * `false` and nothing written = somebody else changed it since.
   */
  change(
    integration: Integration,
    secrets: Readonly<Record<string, string>>,
    version: number,
    audit: AuditEntry,
  ): Promise<boolean>
  /** `secrets` absent = they stay as they are. */
  save(integration: Integration, secrets?: Readonly<Record<string, string>>): Promise<void>
  /**
   * Changes what NOX itself notes of an integration, on top of what others change at the same moment; secrets stay.
   * @param change from how it stands; `null` = it stays; may be asked more than once
   * @returns how it stands after a change; `null` = nothing was changed
   */
  note(
    tenantId: string,
    vendor: Vendor,
    change: (stands: Integration) => Integration | null,
  ): Promise<Integration | null>
  /** Erases the secrets too. */
  remove(tenantId: string, vendor: Vendor): Promise<void>
  secrets(tenantId: string, vendor: Vendor): Promise<Readonly<Record<string, string>> | null>
}
