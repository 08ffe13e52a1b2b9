import type { Zone } from '../domain/zone.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Zones } from './types.ts'

export function createZones(database: Database): Zones {
  const { zones } = database.tables
  const { and, asc, eq } = orm
  return {
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        tx.select().from(zones).where(eq(zones.tenantId, tenantId)).orderBy(asc(zones.id)),
      )
      return rows.map((row) => ({ ...(JSON.parse(row.zone) as Zone), tenantId, id: row.id }))
    },
    async save(zone) {
      const row = cleanRow({ tenantId: zone.tenantId, id: zone.id, zone: JSON.stringify(zone) })
      await database.write(zone.tenantId, async (tx) =>
        tx
          .insert(zones)
          .values(row)
          .onConflictDoUpdate({ target: [zones.tenantId, zones.id], set: { zone: row.zone } }),
      )
    },
    async remove(tenantId, zoneId) {
      const where = and(eq(zones.tenantId, tenantId), eq(zones.id, zoneId))
      await database.write(tenantId, async (tx) => tx.delete(zones).where(where))
    },
  }
}
