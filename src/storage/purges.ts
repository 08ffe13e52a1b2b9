import { NoxError } from '../errors.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { deleteRows, readRows, type TenantTable, tenantTablesOf } from './tenant-rows.ts'
import type { Purges } from './types/purges.ts'

/** Rows that are deleted at once: others wait no longer for it. */
const pageSize = 1_000

/** Deletes in pages of 1,000 rows, each a unit of its own; what a crash left goes with the next run. */
export function createPurges(database: Database): Purges {
  const { purges, installations } = database.tables
  const { and, asc, eq, isNull, sql } = orm
  const one = (tenantId: string) => eq(purges.id, tenantId)

  async function isInstalled(tenantId: string): Promise<boolean> {
    const [row] = await database.read(tenantId, async (tx) =>
      tx
        .select({ id: installations.workspaceId })
        .from(installations)
        .where(and(eq(installations.tenantId, tenantId), eq(installations.isInstalled, true)))
        .limit(1),
    )
    return row !== undefined
  }

  /** Page by page, until nothing is left. */
  async function empty(table: TenantTable, tenantId: string): Promise<number> {
    for (let gone = 0; ; ) {
      const page = await readRows(database, table, tenantId, null, pageSize)
      const last = page.at(-1)
      if (!last) return gone
      await deleteRows(database, table, tenantId, last)
      gone += page.length
    }
  }

  return {
    async schedule(tenantId, dueAt) {
      const made = await database.write(null, async (tx) =>
        tx.insert(purges).values({ id: tenantId, dueAt }).onConflictDoNothing({ target: purges.id }).returning(),
      )
      return made.length > 0
    },
    async cancel(tenantId) {
      const gone = await database.write(null, async (tx) =>
        tx
          .delete(purges)
          .where(and(one(tenantId), isNull(purges.startedAt)))
          .returning({ id: purges.id }),
      )
      return gone.length > 0
    },
    async announced(tenantId) {
      await database.write(null, async (tx) =>
        tx
          .update(purges)
          .set({ announced: sql`${purges.announced} + 1` })
          .where(one(tenantId)),
      )
    },
    list: () => database.read(null, async (tx) => tx.select().from(purges).orderBy(asc(purges.dueAt), asc(purges.id))),
    async run(tenantId, now) {
      if (await isInstalled(tenantId)) {
        throw new NoxError('bad-input', `NOX is installed for tenant ${tenantId}: uninstall it in Slack first`)
      }
      await database.write(null, async (tx) =>
        tx
          .insert(purges)
          .values({ id: tenantId, dueAt: now, startedAt: now })
          .onConflictDoUpdate({ target: purges.id, set: { startedAt: now, endedAt: null } }),
      )
      // Whoever comes back meanwhile is a new tenant: its workspace is forgotten first.
      const tables = tenantTablesOf(database)
      const first = tables.filter(({ key }) => key === 'installations')
      let rows = 0
      for (const table of [...first, ...tables]) rows += await empty(table, tenantId)
      await database.write(null, async (tx) => {
        await tx
          .update(purges)
          .set({ endedAt: now, rows: sql`${purges.rows} + ${rows}` })
          .where(one(tenantId))
      })
      database.chainHeads?.clear()
      return rows
    },
  }
}
