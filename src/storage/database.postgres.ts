import type { SQL } from 'drizzle-orm'
import { createChanges } from './changes.postgres.ts'
import { postgresColumns } from './columns.ts'
import { createConnections, type Pooling } from './connections.postgres.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { migratePostgres } from './migrate.ts'
import { momentText } from './moment.ts'
import { keepMonths } from './months.postgres.ts'
import { createPipeline } from './pipeline.postgres.ts'
import { createReaders, mostReaders, type Readers } from './readers.postgres.ts'
import { defineTables } from './tables.ts'
import { createUnits } from './units.postgres.ts'

/** Connections of one process that write, beside those of the pipeline and of the readers. */
const connections = 4

/** Where a tenant's rows are read: in a session that knows its tenant already, else in a transaction that is told. */
function createReading(url: string, pooling: Pooling): Pick<Readers, 'read' | 'close'> {
  if (pooling === 'session') return createReaders(url)
  const pool = createConnections(url, mostReaders, 'nox', pooling)
  return { read: createUnits(pool).read, close: pool.close }
}

/** Opens a Postgres database and brings its schema up to date, one process at a time. */
export async function openPostgres(url: string, pooling: Pooling = 'session'): Promise<Database> {
  await migratePostgres(url)
  const pool = createConnections(url, connections, 'nox', pooling)
  const tables = defineTables(postgresColumns())
  const pipeline = createPipeline(url, pooling)
  const units = createUnits(pool)
  const readers = createReading(url, pooling)
  const changes = createChanges(url, pooling)
  const { sql, eq } = orm

  return {
    dialect: 'postgres',
    tables,
    moment: sql.raw(momentText.postgres) as SQL<number>,
    write: (tenantId, unit) => units.write(tenantId, unit),
    writeSoon: units.write,
    keep: units.keep,
    keepMonths: (now) => keepMonths(url, now),
    read: (tenantId, unit) => (tenantId === null ? units.read(null, unit) : readers.read(tenantId, unit)),
    async enter(tx, tenantId) {
      const become = sql<string>`set_config('app.tenant_id', ${tenantId}, true)`
      await tx.select({ become }).from(sql`(values (1)) as once`)
    },
    async lockTenant(tx, tenantId) {
      const { tenants } = tables
      await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenantId)).for('no key update')
    },
    chainHeads: null,
    pipeline,
    changes,
    ping: pool.ask,
    async close() {
      await pipeline.close()
      await Promise.all([pool.close(), readers.close(), changes.close()])
    },
  }
}
