import type { AuditEntry } from '../../domain/audit-record.ts'
import type { WorkspaceJoin, WorkspaceLeaving } from '../../domain/tenant.ts'

/** What was used of a month goes with a workspace to another tenant: whoever joins and leaves gets no second month. */
export interface CarriedQuota {
  /** `2026-11` */
  readonly month: string
  /** Members that the workspace's people are, or were, in the tenant of several workspaces: by them its part is counted. */
  readonly memberIds: readonly string[]
}

/** How a workspace changes its tenant: each change and its record under the tenant that it belongs to. */
export interface Handover {
  readonly workspaceId: string
  readonly from: { readonly tenantId: string; readonly audit: AuditEntry }
  readonly to: { readonly tenantId: string; readonly audit: AuditEntry }
  /** `null` = the new tenant begins with it. */
  readonly joinedAt: number | null
  readonly name: string | null
  /** What it has used of this month. */
  readonly quota: CarriedQuota
  /** Who speaks for the workspace from now on. */
  readonly installer?: string
}

/** Workspaces that join the tenant of another one, and leave it. */
export interface WorkspaceJoins {
  /** Requests that wait for a decision, oldest first. */
  list(tenantId: string, now: number): Promise<readonly WorkspaceJoin[]>
  /** By a code that was not used and holds at `now`. */
  find(tenantId: string, codeHash: string, now: number): Promise<WorkspaceJoin | null>
  /** Keeps a code with its audit record; a code of before that nobody used is dead. */
  issue(join: Omit<WorkspaceJoin, 'asked'>, codeHash: string, audit: AuditEntry): Promise<void>
  /** Uses a code up: it becomes a request, in one unit with its record. Of many who try one gets it; `null` = it is gone. */
  claim(
    tenantId: string,
    codeHash: string,
    claim: {
      readonly asked: NonNullable<WorkspaceJoin['asked']>
      readonly expiresAt: number
      readonly audit: AuditEntry
      readonly now: number
    },
  ): Promise<WorkspaceJoin | null>
  /** With its audit record; `false` and no record = it was gone already. */
  remove(tenantId: string, id: string, audit: AuditEntry): Promise<boolean>
  /**
   * Uses a request up and hands the workspace over, in one unit with the records of both tenants.
   * `false` and nothing written = the request is gone, or the workspace is not of that tenant any more.
   */
  accept(id: string, handover: Handover, now: number): Promise<boolean>
  /** Notes that a workspace is to leave; `false` = it was noted before, or is not one that joined. */
  noteLeaving(leaving: WorkspaceLeaving): Promise<boolean>
  /** Those that are noted, of all tenants. */
  leaving(): Promise<readonly WorkspaceLeaving[]>
  /** It stays after all; its audit record in the same unit. */
  stay(leaving: WorkspaceLeaving, audit: AuditEntry): Promise<void>
  /** A workspace that joined goes to a tenant of its own; `false` = it is not one that joined. */
  release(handover: Handover): Promise<boolean>
}
