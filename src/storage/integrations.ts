import type { Integration, Vendor } from '../domain/integration.ts'
import { NoxError } from '../errors.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import { compareAndSet } from './compare-and-set.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Secrets } from './secrets.ts'
import { integrationsStatement } from './tenant-statements.ts'
import type { Integrations } from './types/integrations.ts'

const field = (vendor: Vendor) => `integration:${vendor}`

/** One row a vendor and tenant: the settings as JSON, in editions, and the secrets as one sealed text. */
export function createIntegrations(database: Database, secrets: Secrets): Integrations {
  const { integrations } = database.tables
  const { and, eq } = orm
  const where = (tenantId: string, vendor: Vendor) =>
    and(eq(integrations.tenantId, tenantId), eq(integrations.vendor, vendor))

  return {
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        integrationsStatement(tx, database).execute({ tenantId }),
      )
      return rows.map((row) => ({
        ...(JSON.parse(row.integration) as Integration),
        tenantId,
        vendor: row.vendor as Vendor,
      }))
    },
    async edition(tenantId, vendor) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select().from(integrations).where(where(tenantId, vendor)),
      )
      if (!row) return null
      const { version, changedBy, changedAt } = row
      return {
        value: { ...(JSON.parse(row.integration) as Integration), tenantId, vendor },
        version,
        changedBy,
        changedAt,
      }
    },
    async change(integration, given, version, audit) {
      const { tenantId, vendor } = integration
      const sealed = await secrets.seal(tenantId, field(vendor), JSON.stringify(given))
      // One that was disconnected and connected again must not bear the number of before.
      const edition = { version: Math.max(version + 1, audit.at), changedBy: audit.actor, changedAt: audit.at }
      const content = cleanRow({ integration: JSON.stringify(integration), secrets: sealed, ...edition })
      return database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const now = await tx.select({ version: integrations.version }).from(integrations).where(where(tenantId, vendor))
        if ((now[0]?.version ?? 0) !== version) return false
        if (now[0]) await tx.update(integrations).set(content).where(where(tenantId, vendor))
        else await tx.insert(integrations).values({ ...content, tenantId, vendor })
        await appendAudit(database, tx, tenantId, audit)
        return true
      })
    },
    async save(integration, given) {
      const { tenantId, vendor } = integration
      const sealed = given && (await secrets.seal(tenantId, field(vendor), JSON.stringify(given)))
      const row = cleanRow({ tenantId, vendor, integration: JSON.stringify(integration) })
      await database.write(tenantId, async (tx) => {
        if (sealed !== undefined) {
          await tx
            .insert(integrations)
            .values({ ...row, secrets: sealed })
            .onConflictDoUpdate({
              target: [integrations.tenantId, integrations.vendor],
              set: { integration: row.integration, secrets: sealed },
            })
          return
        }
        const changed = await tx
          .update(integrations)
          .set({ integration: row.integration })
          .where(where(tenantId, vendor))
          .returning({ vendor: integrations.vendor })
        if (changed.length === 0) throw new NoxError('not-found', 'a new integration needs its secrets')
      })
    },
    async note(tenantId, vendor, change) {
      const row = where(tenantId, vendor)
      return database.write(tenantId, (tx) =>
        compareAndSet(
          {
            read: async () =>
              (await tx.select({ text: integrations.integration }).from(integrations).where(row))[0]?.text,
            async write(before, next) {
              const updated = await tx
                .update(integrations)
                .set(cleanRow({ integration: next }))
                .where(and(row, eq(integrations.integration, before)))
                .returning({ vendor: integrations.vendor })
              return updated.length > 0
            },
          },
          (text) => change({ ...(JSON.parse(text) as Integration), tenantId, vendor }),
        ),
      )
    },
    async remove(tenantId, vendor) {
      await database.write(tenantId, async (tx) => tx.delete(integrations).where(where(tenantId, vendor)))
    },
    async secrets(tenantId, vendor) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select({ secrets: integrations.secrets }).from(integrations).where(where(tenantId, vendor)),
      )
      if (!row) return null
      return JSON.parse(await secrets.open(tenantId, field(vendor), row.secrets)) as Record<string, string>
    },
  }
}
