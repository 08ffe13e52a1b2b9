import type { GroupLink } from '../domain/group-link.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { GroupLinks } from './types/group-links.ts'

/** One row a group; what people change is one unit with its audit record. */
export function createGroupLinks(database: Database): GroupLinks {
  const { groupLinks } = database.tables
  const { and, asc, eq } = orm
  const mine = (tenantId: string, group: string) => and(eq(groupLinks.tenantId, tenantId), eq(groupLinks.group, group))

  return {
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        tx.select().from(groupLinks).where(eq(groupLinks.tenantId, tenantId)).orderBy(asc(groupLinks.group)),
      )
      return rows.map((row) => ({ ...row, trouble: row.trouble as GroupLink['trouble'] }))
    },
    save: (link, audit) =>
      database.write(link.tenantId, async (tx) => {
        await database.lockTenant(tx, link.tenantId)
        const set = cleanRow({ ...link })
        await tx
          .insert(groupLinks)
          .values(set)
          .onConflictDoUpdate({ target: [groupLinks.tenantId, groupLinks.group], set })
        await appendAudit(database, tx, link.tenantId, audit)
      }),
    async note({ tenantId, group, userGroupId }, { handle, trouble, syncedAt }) {
      const where = and(mine(tenantId, group), eq(groupLinks.userGroupId, userGroupId))
      await database.write(tenantId, async (tx) =>
        tx.update(groupLinks).set(cleanRow({ handle, trouble, syncedAt })).where(where),
      )
    },
    remove: (tenantId, group, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const gone = await tx.delete(groupLinks).where(mine(tenantId, group)).returning({ group: groupLinks.group })
        if (gone.length > 0) await appendAudit(database, tx, tenantId, audit)
        return gone.length > 0
      }),
    async tenants() {
      const rows = await database.read(null, async (tx) =>
        tx.select({ tenantId: groupLinks.tenantId }).from(groupLinks).groupBy(groupLinks.tenantId),
      )
      return rows.map(({ tenantId }) => tenantId)
    },
  }
}
