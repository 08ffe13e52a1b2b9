import type { Zone } from '../domain/zone.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { parseShared } from './parse-shared.ts'
import { zonesStatement } from './tenant-statements.ts'
import type { Zones } from './types/zones.ts'

/** A row as a zone; what it says is shared by all that read the same, and frozen. */
export const toZone = (row: { tenantId: string; id: string; zone: string }): Zone => ({
  ...parseShared<Zone>(row.zone),
  tenantId: row.tenantId,
  id: row.id,
})

/** Without the ids, which have columns of their own: a zone that many tenants have reads the same for all. */
const toRow = ({ tenantId, id, ...zone }: Zone) => cleanRow({ tenantId, id, zone: JSON.stringify(zone) })

/** One row of JSON a zone, in editions; a change of an older one writes nothing and gives `false`. */
export function createZones(database: Database): Zones {
  const { zones } = database.tables
  const { and, eq, isNotNull, sql } = orm
  const mine = (tenantId: string, id: string) => and(eq(zones.tenantId, tenantId), eq(zones.id, id))
  return {
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) => zonesStatement(tx, database).execute({ tenantId }))
      return rows.map(toZone)
    },
    async save(zone) {
      const row = toRow(zone)
      await database.write(zone.tenantId, async (tx) =>
        tx
          .insert(zones)
          .values(row)
          .onConflictDoUpdate({
            target: [zones.tenantId, zones.id],
            set: { zone: row.zone, version: sql`${zones.version} + 1` },
          }),
      )
    },
    async isEdited(tenantId) {
      const edited = and(eq(zones.tenantId, tenantId), isNotNull(zones.changedBy))
      const rows = await database.read(tenantId, async (tx) =>
        tx.select({ id: zones.id }).from(zones).where(edited).limit(1),
      )
      return rows.length > 0
    },
    async edition(tenantId, zoneId) {
      const [row] = await database.read(tenantId, async (tx) => tx.select().from(zones).where(mine(tenantId, zoneId)))
      if (!row) return null
      const { version, changedBy, changedAt } = row
      return { value: toZone(row), version, changedBy, changedAt }
    },
    change: (zone, version, audit) =>
      database.write(zone.tenantId, async (tx) => {
        const { tenantId, id } = zone
        await database.lockTenant(tx, tenantId)
        const edition = { version: (version ?? 0) + 1, changedBy: audit.actor, changedAt: audit.at }
        const row = { ...toRow(zone), ...edition }
        const written =
          version === null
            ? await tx.insert(zones).values(row).onConflictDoNothing().returning({ id: zones.id })
            : await tx
                .update(zones)
                .set(row)
                .where(and(mine(tenantId, id), eq(zones.version, version)))
                .returning({ id: zones.id })
        if (written.length === 0) return false
        await appendAudit(database, tx, tenantId, audit)
        return true
      }),
    remove: (tenantId, zoneId, version, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const gone = await tx
          .delete(zones)
          .where(and(mine(tenantId, zoneId), eq(zones.version, version)))
          .returning({ id: zones.id })
        if (gone.length === 0) return false
        await appendAudit(database, tx, tenantId, audit)
        return true
      }),
  }
}
