import { encodeTime } from 'ulid'
import type { ActionState } from '../domain/action.ts'
import { toAction } from './action-row.ts'
import { clampLimit } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Ledger } from './types/ledger.ts'

type Queries = Pick<Ledger, 'find' | 'findByEvent' | 'findByNumber' | 'inThread' | 'list' | 'counted' | 'lastDone'>

/** What is asked of the ledger; each of one tenant. */
export function createLedgerQueries(database: Database): Queries {
  const { actions } = database.tables
  const { and, desc, eq, gte, inArray, ne } = orm
  const mine = (tenantId: string, id: string) => and(eq(actions.tenantId, tenantId), eq(actions.id, id))
  const one = async (tenantId: string, where: ReturnType<typeof and>) => {
    const [row] = await database.read(tenantId, async (tx) => tx.select().from(actions).where(where).limit(1))
    return row ? toAction(row) : null
  }

  return {
    find: (tenantId, id) => one(tenantId, mine(tenantId, id)),
    findByEvent: (tenantId, eventId) =>
      one(tenantId, and(eq(actions.tenantId, tenantId), eq(actions.eventId, eventId))),
    findByNumber: (tenantId, number) => one(tenantId, and(eq(actions.tenantId, tenantId), eq(actions.number, number))),
    async inThread(tenantId, conversationId, threadTs, limit) {
      const there = and(eq(actions.conversationId, conversationId), eq(actions.threadTs, threadTs))
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(actions)
          .where(and(eq(actions.tenantId, tenantId), there))
          .orderBy(desc(actions.number))
          .limit(clampLimit(limit)),
      )
      return rows.map(toAction)
    },
    async list(tenantId, { userId, command, states, limit }) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(actions)
          .where(
            and(
              eq(actions.tenantId, tenantId),
              userId === undefined ? undefined : eq(actions.userId, userId),
              command === undefined ? undefined : eq(actions.command, command),
              states === undefined ? undefined : inArray(actions.state, [...states]),
            ),
          )
          .orderBy(desc(actions.number))
          .limit(clampLimit(limit)),
      )
      return rows.map(toAction)
    },
    async counted(tenantId, since, limit) {
      const { userId, command, environment, resource, state, createdAt, startedAt, finishedAt } = actions
      const columns = { userId, command, environment, resource, state, createdAt, startedAt, finishedAt }
      // Ids begin with their time: the key leads to the period, whatever came before it.
      const from = gte(actions.id, encodeTime(since, 10))
      const period = and(eq(actions.tenantId, tenantId), from, gte(actions.createdAt, since))
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select(columns)
          .from(actions)
          .where(and(period, ne(actions.command, 'unknown')))
          .orderBy(desc(actions.id))
          .limit(limit),
      )
      return rows.reverse().map((row) => ({ ...row, state: row.state as ActionState }))
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
