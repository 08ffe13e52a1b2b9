import { newId } from '../domain/new-id.ts'
import { chunks } from './chunks.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import type { AlertEvent, KeptAlerts } from './types/alerts.ts'

/** What befell a problem, with the problem's own id. */
export type LoggedEvent = AlertEvent & { readonly alertId: string }

/** What befell problems. */
export interface AlertEvents extends Pick<KeptAlerts, 'events' | 'countFired'> {
  /** Part of the unit that changes the problems. */
  log(tx: Tx, tenantId: string, all: readonly LoggedEvent[]): Promise<void>
}

/** One row an event, which is only ever added; it goes with its age. */
export function createAlertEvents(database: Database): AlertEvents {
  const { alertEvents } = database.tables
  const { and, countDistinct, desc, eq, gte, lt } = orm
  return {
    async log(tx, tenantId, all) {
      for (const chunk of chunks(all)) {
        await tx.insert(alertEvents).values(chunk.map((each) => ({ ...each, tenantId, id: newId() })))
      }
    },
    async events(tenantId, alertId, limit) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select({ at: alertEvents.at, what: alertEvents.what, by: alertEvents.by })
          .from(alertEvents)
          .where(and(eq(alertEvents.tenantId, tenantId), eq(alertEvents.alertId, alertId)))
          .orderBy(desc(alertEvents.at), desc(alertEvents.id))
          .limit(limit),
      )
      return rows as AlertEvent[]
    },
    async countFired(tenantId, from, to) {
      const { at, what, alertId } = alertEvents
      const fired = and(eq(alertEvents.tenantId, tenantId), eq(what, 'fired'), gte(at, from), lt(at, to))
      const [row] = await database.read(tenantId, async (tx) =>
        tx
          .select({ n: countDistinct(alertId) })
          .from(alertEvents)
          .where(fired),
      )
      return Number(row?.n ?? 0)
    },
  }
}
