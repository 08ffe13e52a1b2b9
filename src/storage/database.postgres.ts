import { postgresColumns } from './columns.ts'
import type { Database, Tx, Unit } from './database.ts'
import { orm, postgresClient, postgresDriver } from './drizzle.ts'
import { storageError } from './failure.ts'
import { migratePostgres } from './migrate.ts'
import { createPipeline } from './pipeline.postgres.ts'
import { defineTables } from './tables.ts'

/** Connections of one process; PgBouncer or many replicas may want fewer. */
const connections = 10

/** Opens a Postgres database and brings its schema up to date, one process at a time. */
export async function openPostgres(url: string): Promise<Database> {
  await migratePostgres(url)
  const client = postgresClient()(url, {
    max: connections,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: 'nox', statement_timeout: 10_000, idle_in_transaction_session_timeout: 10_000 },
  })
  const db = postgresDriver().drizzle(client)
  const tables = defineTables(postgresColumns())
  const pipeline = createPipeline(url)
  const { sql, eq } = orm

  async function transact<T>(tenantId: string | null, unit: Unit<T>): Promise<T> {
    try {
      return await db.transaction(async (tx) => {
        if (tenantId !== null) await tx.execute(sql`select set_config('app.tenant_id', ${tenantId}, true)`)
        return unit(tx as unknown as Tx)
      })
    } catch (error) {
      throw storageError(error)
    }
  }

  return {
    dialect: 'postgres',
    tables,
    write: (tenantId, unit) => transact(tenantId, unit),
    writeSoon: transact,
    async read(_tenantId, unit) {
      try {
        return await unit(db as unknown as Tx)
      } catch (error) {
        throw storageError(error)
      }
    },
    async lockTenant(tx, tenantId) {
      await tx
        .update(tables.tenants)
        .set({ lastNumber: sql`${tables.tenants.lastNumber}` })
        .where(eq(tables.tenants.id, tenantId))
    },
    chainHeads: null,
    pipeline,
    async ping() {
      try {
        await client`select 1`
      } catch (error) {
        throw storageError(error)
      }
    },
    async close() {
      await pipeline.close()
      await client.end({ timeout: 5 })
    },
  }
}
