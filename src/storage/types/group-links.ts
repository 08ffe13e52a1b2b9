import type { AuditEntry } from '../../domain/audit-record.ts'
import type { GroupLink } from '../../domain/group-link.ts'

/** Groups that follow a Slack user group. */
export interface GroupLinks {
  /** By group. */
  list(tenantId: string): Promise<readonly GroupLink[]>
  /** In place of the group's link before, with its audit record in one unit. */
  save(link: GroupLink, audit: AuditEntry): Promise<void>
  /** What the last reading gave; nothing where the group follows another user group by now. */
  note(link: GroupLink, reading: Pick<GroupLink, 'handle' | 'trouble' | 'syncedAt'>): Promise<void>
  /** With its audit record; `false` and no record = it was gone already. */
  remove(tenantId: string, group: string, audit: AuditEntry): Promise<boolean>
  /** Tenants that have some. */
  tenants(): Promise<readonly string[]>
}
