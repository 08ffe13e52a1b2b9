import { toAction } from './action-row.ts'
import { clampLimit } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Ledger } from './types.ts'

type Queries = Pick<Ledger, 'find' | 'findByNumber' | 'latestInThread' | 'list' | 'lastDone'>

/** What is asked of the ledger; each of one tenant. */
export function createLedgerQueries(database: Database): Queries {
  const { actions } = database.tables
  const { and, desc, eq, inArray } = orm
  const mine = (tenantId: string, id: string) => and(eq(actions.tenantId, tenantId), eq(actions.id, id))
  const one = async (tenantId: string, where: ReturnType<typeof and>) => {
    const [row] = await database.read(tenantId, async (tx) => tx.select().from(actions).where(where).limit(1))
    return row ? toAction(row) : null
  }

  return {
    find: (tenantId, id) => one(tenantId, mine(tenantId, id)),
    findByNumber: (tenantId, number) => one(tenantId, and(eq(actions.tenantId, tenantId), eq(actions.number, number))),
    async latestInThread(tenantId, conversationId, threadTs) {
      const there = and(eq(actions.conversationId, conversationId), eq(actions.threadTs, threadTs))
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(actions)
          .where(and(eq(actions.tenantId, tenantId), there))
          .orderBy(desc(actions.number))
          .limit(1),
      )
      return rows[0] ? toAction(rows[0]) : null
    },
    async list(tenantId, { userId, states, limit }) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(actions)
          .where(
            and(
              eq(actions.tenantId, tenantId),
              userId === undefined ? undefined : eq(actions.userId, userId),
              states === undefined ? undefined : inArray(actions.state, [...states]),
            ),
          )
          .orderBy(desc(actions.number))
          .limit(clampLimit(limit)),
      )
      return rows.map(toAction)
    },
    async lastDone(tenantId, command, resource) {
      const done = and(eq(actions.command, command), eq(actions.resource, resource), eq(actions.state, 'done'))
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(actions)
          .where(and(eq(actions.tenantId, tenantId), done))
          .orderBy(desc(actions.number))
          .limit(1),
      )
      return rows[0] ? toAction(rows[0]) : null
    },
  }
}
