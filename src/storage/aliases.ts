import type { Alias } from '../domain/alias.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { aliasesStatement } from './tenant-statements.ts'
import type { Aliases } from './types/aliases.ts'

/** One row of JSON a tenant and name. */
export function createAliases(database: Database): Aliases {
  const { aliases } = database.tables
  const { and, eq } = orm
  return {
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) => aliasesStatement(tx, database).execute({ tenantId }))
      return rows.map((row) => ({ ...(JSON.parse(row.alias) as Alias), tenantId, name: row.name }))
    },
    async save(alias) {
      const row = cleanRow({ tenantId: alias.tenantId, name: alias.name, alias: JSON.stringify(alias) })
      await database.write(alias.tenantId, async (tx) =>
        tx
          .insert(aliases)
          .values(row)
          .onConflictDoUpdate({ target: [aliases.tenantId, aliases.name], set: { alias: row.alias } }),
      )
    },
    async remove(tenantId, name) {
      const where = and(eq(aliases.tenantId, tenantId), eq(aliases.name, name))
      const removed = await database.write(tenantId, async (tx) =>
        tx.delete(aliases).where(where).returning({ name: aliases.name }),
      )
      return removed.length > 0
    },
  }
}
