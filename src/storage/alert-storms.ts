import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { KeptAlerts, StormState } from './types/alerts.ts'

const toState = (row: { readonly tokens: string; readonly storm: string | null }): StormState => ({
  tokens: JSON.parse(row.tokens) as StormState['tokens'],
  storms: JSON.parse(row.storm ?? '[]') as StormState['storms'],
})

/** One row of JSON an audience; who saved last is right: one process at a time tells a tenant's alerts. */
export function createStormStates(database: Database): Pick<KeptAlerts, 'storm' | 'storms' | 'saveStorm'> {
  const { alertStorms } = database.tables
  const { and, eq } = orm
  return {
    async storm(tenantId, audience) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(alertStorms)
          .where(and(eq(alertStorms.tenantId, tenantId), eq(alertStorms.audience, audience))),
      )
      return row ? toState(row) : { tokens: null, storms: [] }
    },
    async storms(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        tx.select().from(alertStorms).where(eq(alertStorms.tenantId, tenantId)),
      )
      return rows.map(toState)
    },
    async saveStorm(tenantId, audience, { tokens, storms }) {
      const set = { tokens: JSON.stringify(tokens), storm: JSON.stringify(storms) }
      const target = [alertStorms.tenantId, alertStorms.audience]
      await database.write(tenantId, async (tx) =>
        tx
          .insert(alertStorms)
          .values({ tenantId, audience, ...set })
          .onConflictDoUpdate({ target, set }),
      )
    },
  }
}
