import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Installation } from '../../domain/tenant.ts'

/** Installed workspaces; tokens stand encrypted and are erased with the installation. */
export interface Installations {
  /** `workspaceId`: the enterprise id for an org-wide install, else the team id. */
  find(workspaceId: string): Promise<Installation | null>
  /** The workspace that the tenant began with, else the one that joined first. */
  findByTenant(tenantId: string): Promise<Installation | null>
  /** All that are installed: the one that the tenant began with, then those that joined, oldest first. */
  listByTenant(tenantId: string): Promise<readonly Installation[]>
  /** As `listByTenant`, of the tenant that this workspace belongs to; empty = it is not installed. */
  listByWorkspace(workspaceId: string): Promise<readonly Installation[]>
  /** Of all tenants, the workspaces where NOX is installed; no token is opened. */
  installedIds(): Promise<readonly string[]>
  /** Whether a tenant has a workspace, or one that uninstalled NOX and may come back. */
  hadWorkspace(tenantId: string): Promise<boolean>
  /** Inserts or replaces (re-install: tenant and members stay). */
  save(installation: Installation): Promise<void>
  /**
   * Erases the tokens and ends the workspace's open orders, with their audit records in one unit; the tenant's data stay
   * for their time of retention.
   * `null` and no record = was not installed.
   */
  remove(workspaceId: string, audit?: AuditEntry): Promise<{ readonly tenantId: string } | null>
  /** Its tenant is another by now: nothing of before is kept in memory. */
  forget(workspaceId: string): void
  /** The tenant that this workspace had before, also where it is not installed now. */
  tenantOf(workspaceId: string): Promise<string | null>
}

/** One-time states of OAuth. */
export interface OauthStates {
  put(state: string, data: string, expiresAt: number): Promise<void>
  /** Gives the data once and forgets it; `null` = unknown, used or expired. */
  take(state: string, now: number): Promise<string | null>
  /** Notes that a state which is not kept was used, until it expires; `false` = it was used before. */
  useOnce(state: string, expiresAt: number, now: number): Promise<boolean>
}
