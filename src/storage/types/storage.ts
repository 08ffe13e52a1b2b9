import type { AlertHooks, AlertSettingsStore } from './alert-settings.ts'
import type { KeptAlerts } from './alerts.ts'
import type { Aliases } from './aliases.ts'
import type { AuditArchive } from './archive.ts'
import type { AuditLog } from './audit.ts'
import type { Billing } from './billing.ts'
import type { Catalogue } from './catalogue.ts'
import type { Changes } from './changes.ts'
import type { Claims } from './claims.ts'
import type { GroupLinks } from './group-links.ts'
import type { Incidents } from './incidents.ts'
import type { Installations, OauthStates } from './installations.ts'
import type { Integrations } from './integrations.ts'
import type { Invitations } from './invitations.ts'
import type { Ledger } from './ledger.ts'
import type { Letters } from './letters.ts'
import type { Members } from './members.ts'
import type { Purges } from './purges.ts'
import type { Schedules } from './schedules.ts'
import type { Tenants } from './tenants.ts'
import type { WorkspaceJoins } from './workspace-joins.ts'
import type { Zones } from './zones.ts'

/** Where NOX keeps everything, the same on SQLite and Postgres. Every call names its tenant and sees no other. */
export interface Storage {
  readonly dialect: 'sqlite' | 'postgres'
  readonly changes: Changes
  readonly ledger: Ledger
  readonly audit: AuditLog
  readonly archive: AuditArchive
  readonly purges: Purges
  readonly tenants: Tenants
  readonly members: Members
  readonly zones: Zones
  readonly aliases: Aliases
  readonly schedules: Schedules
  readonly incidents: Incidents
  readonly catalogue: Catalogue
  readonly integrations: Integrations
  readonly alerts: KeptAlerts
  readonly letters: Letters
  readonly alertHooks: AlertHooks
  readonly alertSettings: AlertSettingsStore
  readonly claims: Claims
  readonly billing: Billing
  readonly installations: Installations
  readonly workspaceJoins: WorkspaceJoins
  readonly oauthStates: OauthStates
  readonly invitations: Invitations
  readonly groupLinks: GroupLinks
  /** Wraps the data key of every tenant with the first master key; gives how many. */
  rotateKeys(): Promise<number>
  /** @throws NoxError `configuration` where what is stored was sealed with another master key than those known */
  checkKeys(): Promise<void>
  /** Makes the months that come, where tables are kept by month; asked once a day. */
  keepMonths(now: number): Promise<void>
  /** Resolves where the database answers; for `/readyz`. */
  ping(): Promise<void>
  /** Writes out what lingers, then closes. */
  close(): Promise<void>
}
