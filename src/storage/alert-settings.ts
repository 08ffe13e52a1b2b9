import { type AlertSettings, type AlertSource, noAlertSettings } from '../domain/alert.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { AlertHook, AlertHooks, AlertSettingsStore } from './types/alert-settings.ts'

/** One row a source; each change is one unit with its audit record. */
export function createAlertHooks(database: Database): AlertHooks {
  const { alertHooks } = database.tables
  const { and, asc, eq } = orm
  const mine = (tenantId: string, source: AlertSource) =>
    and(eq(alertHooks.tenantId, tenantId), eq(alertHooks.source, source))
  return {
    async find(tenantId, source) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select().from(alertHooks).where(mine(tenantId, source)),
      )
      return (row as AlertHook | undefined) ?? null
    },
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        tx.select().from(alertHooks).where(eq(alertHooks.tenantId, tenantId)).orderBy(asc(alertHooks.source)),
      )
      return rows as AlertHook[]
    },
    async save(hook, audit) {
      const { tenantId, source, ...set } = hook
      await database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const target = [alertHooks.tenantId, alertHooks.source]
        await tx
          .insert(alertHooks)
          .values({ ...hook })
          .onConflictDoUpdate({ target, set })
        await appendAudit(database, tx, tenantId, audit)
      })
    },
    async remove(tenantId, source, audit) {
      await database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        await tx.delete(alertHooks).where(mine(tenantId, source))
        await appendAudit(database, tx, tenantId, audit)
      })
    },
  }
}

/** One row of JSON a tenant, in editions; a save over an older one writes nothing and gives `false`. */
export function createAlertSettings(database: Database): AlertSettingsStore {
  const { alertSettings } = database.tables
  const { and, eq } = orm
  return {
    async read(tenantId) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select().from(alertSettings).where(eq(alertSettings.tenantId, tenantId)),
      )
      if (!row) return { value: noAlertSettings, version: 0, changedBy: null, changedAt: null }
      const { version, changedBy, changedAt } = row
      const value = { ...noAlertSettings, ...(JSON.parse(row.settings) as AlertSettings) }
      return { value, version, changedBy, changedAt }
    },
    save: (tenantId, settings, version, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const edition = { version: version + 1, changedBy: audit.actor, changedAt: audit.at }
        const row = cleanRow({ tenantId, settings: JSON.stringify(settings), ...edition })
        const written =
          version === 0
            ? await tx.insert(alertSettings).values(row).onConflictDoNothing().returning({ id: alertSettings.tenantId })
            : await tx
                .update(alertSettings)
                .set(row)
                .where(and(eq(alertSettings.tenantId, tenantId), eq(alertSettings.version, version)))
                .returning({ id: alertSettings.tenantId })
        if (written.length === 0) return false
        await appendAudit(database, tx, tenantId, audit)
        return true
      }),
  }
}
