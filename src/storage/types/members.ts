import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Member } from '../../domain/member.ts'
import type { Edition } from './edition.ts'

/** Who belongs to a tenant; who was removed stays, for the audit log, with `removedAt`. */
export interface Members {
  findBySlackId(tenantId: string, slackUserId: string): Promise<Member | null>
  find(tenantId: string, memberId: string): Promise<Member | null>
  /** By name, without those who were removed. */
  list(tenantId: string): Promise<readonly Member[]>
  /** Whom an admin removed, the last one first. */
  listRemoved(tenantId: string): Promise<readonly Member[]>
  /**
   * Inserts, or gives the one that is there (two first words at once make one member). Where the plan has no place
   * left, the new one is paused.
   */
  create(member: Member, places?: Places): Promise<Member>
  update(member: Member): Promise<void>
  rename(tenantId: string, memberId: string, name: string): Promise<void>
  /** As an editor sees it, removed ones too. */
  edition(tenantId: string, memberId: string): Promise<Edition<Member> | null>
  /**
   * A new member, or one who was removed and comes back, with the audit record in one unit; `null` = is one already,
   * `full` = the plan has no place left.
   * Gives the member as stored: who comes back keeps their id.
   */
  admit(member: Member, audit: AuditEntry, places?: Places): Promise<Member | null | 'full'>
  /** One unit with its audit record; nothing is written where it gives another word than `changed`. */
  change(member: Member, version: number, audit: AuditEntry): Promise<'changed' | 'stale' | 'no-admin-left'>
}

/** How many places a plan has, and who takes one. */
export interface Places {
  readonly most: number | null
  takes(member: Member): boolean
  readonly now: number
}
