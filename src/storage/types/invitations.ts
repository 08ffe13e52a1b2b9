import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Invitation } from '../../domain/invitation.ts'
import type { Member } from '../../domain/member.ts'
import type { Places } from './members.ts'

/** Open invitations by e-mail: a row goes with its acceptance, its end, or its revocation. */
export interface Invitations {
  /** Oldest first. */
  list(tenantId: string): Promise<readonly Invitation[]>
  find(tenantId: string, tokenHash: string): Promise<Invitation | null>
  /** In place of what had its id or address, with its audit record in one unit. */
  save(invitation: Invitation, tokenHash: string, audit: AuditEntry): Promise<void>
  /** With its audit record; `false` and no record = it was gone already. */
  remove(tenantId: string, id: string, audit: AuditEntry): Promise<boolean>
  /**
   * Uses an invitation up and admits the member, in one unit with its audit record: of many who try, one gets in.
   * `full` leaves it open; `member` = is one already: it is used up, and nothing else is written.
   */
  accept(
    tenantId: string,
    tokenHash: string,
    member: Member,
    audit: AuditEntry,
    places: Places,
  ): Promise<Member | 'gone' | 'full' | 'member'>
  /** Tenants that have expired ones. */
  expiredTenants(now: number): Promise<readonly string[]>
}
