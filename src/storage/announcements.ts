import { clampLimit, cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Announcements, PendingAnnouncement } from './types/announcements.ts'

/** One row for each order that tells something elsewhere; whoever moves its time on tells it. */
export function createAnnouncements(database: Database): Announcements {
  const { announcements } = database.tables
  const { and, asc, eq, lte } = orm
  const mine = (tenantId: string, id: string) => and(eq(announcements.tenantId, tenantId), eq(announcements.id, id))
  return {
    async add({ tenantId, id, ...pending }, dueAt) {
      const target = [announcements.tenantId, announcements.id]
      const row = cleanRow({ tenantId, id, dueAt, pending: JSON.stringify(pending) })
      await database.write(tenantId, async (tx) => tx.insert(announcements).values(row).onConflictDoNothing({ target }))
    },
    due(now, limit) {
      const { tenantId, id, dueAt } = announcements
      return database.read(null, async (tx) =>
        tx
          .select({ tenantId, id, dueAt })
          .from(announcements)
          .where(lte(dueAt, now))
          .orderBy(asc(dueAt))
          .limit(clampLimit(limit)),
      )
    },
    async take({ tenantId, id, dueAt }, next) {
      const stands = and(mine(tenantId, id), eq(announcements.dueAt, dueAt))
      const [row] = await database.write(tenantId, async (tx) =>
        tx.update(announcements).set({ dueAt: next }).where(stands).returning({ pending: announcements.pending }),
      )
      if (!row) return null
      return { tenantId, id, ...(JSON.parse(row.pending) as Omit<PendingAnnouncement, 'tenantId' | 'id'>) }
    },
    async remove(tenantId, id) {
      await database.write(tenantId, async (tx) => tx.delete(announcements).where(mine(tenantId, id)))
    },
  }
}
