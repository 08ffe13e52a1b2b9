import type { AlertSettings, AlertSource } from '../../domain/alert.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Edition } from './edition.ts'

/** An address that alerts come in at. */
export interface AlertHook {
  readonly tenantId: string
  readonly source: AlertSource
  /** SHA-256 (hex) of its secret. */
  readonly secretHash: string
  readonly createdBy: string
  readonly createdAt: number
}

/** The addresses of a tenant, one for each source. */
export interface AlertHooks {
  find(tenantId: string, source: AlertSource): Promise<AlertHook | null>
  list(tenantId: string): Promise<readonly AlertHook[]>
  /** Replaces the one of before, whose address ends; with its audit record. */
  save(hook: AlertHook, audit: AuditEntry): Promise<void>
  remove(tenantId: string, source: AlertSource, audit: AuditEntry): Promise<void>
}

/** Routes, rotas, quiet hours and subscriptions of a tenant, edited as one. */
export interface AlertSettingsStore {
  /** Version 0 where nothing was set yet. */
  read(tenantId: string): Promise<Edition<AlertSettings>>
  /** `false` = someone else changed them since that version. */
  save(tenantId: string, settings: AlertSettings, version: number, audit: AuditEntry): Promise<boolean>
}
