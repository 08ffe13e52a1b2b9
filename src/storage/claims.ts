import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Claims } from './types/claims.ts'

/** One row a lease; one statement takes it, so that the database decides between two who ask at once. */
export function createClaims(database: Database): Claims {
  const { claims } = database.tables
  const { and, eq, lt, lte, or, sql } = orm
  return {
    async take(name, owner, leaseMs) {
      const mayTake = or(eq(claims.owner, owner), lte(claims.until, database.moment))
      const until = sql<number>`${database.moment} + ${leaseMs}`
      const taken = await database.write(null, async (tx) =>
        tx
          .insert(claims)
          .values({ name, owner, until })
          .onConflictDoUpdate({
            target: claims.name,
            set: { owner, until },
            ...(mayTake ? { setWhere: mayTake } : {}),
          })
          .returning({ name: claims.name }),
      )
      return taken.length > 0
    },
    async forget(before) {
      await database.write(null, async (tx) => tx.delete(claims).where(lt(claims.until, before)))
    },
    async release(name, owner) {
      await database.write(null, async (tx) =>
        tx.delete(claims).where(and(eq(claims.name, name), eq(claims.owner, owner))),
      )
    },
  }
}
