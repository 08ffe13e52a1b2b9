import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresColumns } from '../../src/storage/columns.ts'
import { orm } from '../../src/storage/drizzle.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { defineTables } from '../../src/storage/tables.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry, newAction } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { type FreshPostgres, freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'
import { readInstallation, seededTenants, seedInstallation } from '../helpers/seed-installation.ts'

const tables = Object.values(defineTables(postgresColumns()))
const columnsOf = (table: (typeof tables)[number]) => Object.values(orm.getTableColumns(table)).map((each) => each.name)
/** Every table whose rows are a tenant's, by the names of the database, with the column that tells whose. */
const ofTenants = tables.flatMap((table) => {
  const name = orm.getTableName(table)
  const column = name === 'tenants' ? 'id' : columnsOf(table).find((each) => each === 'tenant_id')
  return column ? [{ name, column }] : []
})
const others = tables
  .map((table) => orm.getTableName(table))
  .filter((name) => !ofTenants.some((each) => each.name === name))

describe.skipIf(!hasPostgres())('row-level security', () => {
  let database: FreshPostgres
  beforeAll(async () => {
    database = await freshPostgres()
    await seedInstallation({ url: database.url })
  })
  afterAll(() => database?.drop())

  /** In a transaction of its own as this role, for this tenant, or none. */
  const as = <T>(role: string, tenantId: string | null, work: (sql: postgres.TransactionSql) => Promise<T>) =>
    database.sql.begin(async (sql) => {
      await sql`select set_config('role', ${role}, true)`
      if (tenantId !== null) await sql`select set_config('app.tenant_id', ${tenantId}, true)`
      return work(sql)
    })
  const rowsOf = async (sql: postgres.TransactionSql, { name, column }: (typeof ofTenants)[number]) =>
    (await sql.unsafe(`select ${column} as owner from ${name}`)).map((row) => String(row.owner))

  it('is on, and forced, on every table that holds rows of tenants', async () => {
    expect(ofTenants.length).toBeGreaterThan(9)
    const found = await database.sql`
      select relname as name from pg_class where relrowsecurity and relforcerowsecurity
        and relkind in ('r', 'p') and not relispartition`
    expect(found.map((row) => row.name).toSorted()).toEqual(ofTenants.map((each) => each.name).toSorted())
    const roles = await database.sql`
      select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname like 'nox\\_app' or rolname like 'nox\\_worker' or rolname like 'nox\\_backup' or rolname = 'nox_keeper'`
    expect(roles).toHaveLength(4)
    for (const role of roles) expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcanlogin: false })
  })

  it.each(ofTenants)(
    'shows nothing of $name without a tenant, nor for another, and one tenant its own',
    async (table) => {
      const seen = (tenantId: string | null) => as('nox_app', tenantId, (sql) => rowsOf(sql, table))
      expect(await seen(null)).toEqual([])
      expect(await seen('')).toEqual([])
      expect(await seen('T9')).toEqual([])
      for (const tenantId of seededTenants) {
        const owners = await seen(tenantId)
        expect(owners.length).toBeGreaterThan(0)
        expect(new Set(owners)).toEqual(new Set([tenantId]))
      }
    },
  )

  it.each(ofTenants)('lets nobody write into $name of another tenant', async ({ name, column }) => {
    const [row] = await database.sql.unsafe(`select * from ${name} where ${column} = 'T1' limit 1`)
    expect(row).toBeDefined()
    const columns = Object.keys(row ?? {})
    const forged = `insert into ${name} (${columns.join(', ')}) select ${columns.map((_, at) => `$${at + 1}`).join(', ')}`
    const values = columns.map((key) => row?.[key])
    await expect(as('nox_app', 'T2', (sql) => sql.unsafe(forged, values as never[]))).rejects.toThrow(
      /row-level security/,
    )
    if (name.startsWith('audit')) return
    const changed = (sql: postgres.TransactionSql) =>
      sql.unsafe(`update ${name} set ${column} = ${column} where ${column} = 'T1'`)
    expect((await as('nox_app', 'T2', changed)).count).toBe(0)
    const moved = (sql: postgres.TransactionSql) =>
      sql.unsafe(`update ${name} set ${column} = 'T1' where ${column} = 'T2'`)
    await expect(as('nox_app', 'T2', moved)).rejects.toThrow(/row-level security/)
  })

  it('lets the application neither change nor shorten the audit log, nor see what is nobody’s', async () => {
    for (const statement of ["update audit set actor = 'U9'", 'delete from audit', 'truncate audit']) {
      await expect(as('nox_app', 'T1', (sql) => sql.unsafe(statement))).rejects.toThrow(/permission denied/)
    }
    expect(others.length).toBeGreaterThan(0)
    for (const name of others) {
      await expect(as('nox_app', 'T1', (sql) => sql.unsafe(`select * from ${name}`))).rejects.toThrow(
        /permission denied/,
      )
    }
  })

  it('shows the worker what is due, and never what it orders, who ordered it, or a key', async () => {
    const due = await as('nox_worker', null, (sql) => sql`select tenant_id, id, fence, lease_until, state from actions`)
    expect(new Set(due.map((row) => row.tenant_id)).size).toBe(3)
    const hidden = [
      'select args from actions',
      'select plan from actions',
      'select user_id from actions',
      'select data_key from tenants',
      'select * from audit',
      'select * from members',
      'select access from clusters',
    ]
    for (const statement of hidden) {
      await expect(as('nox_worker', null, (sql) => sql.unsafe(statement))).rejects.toThrow(/permission denied/)
    }
    for (const { name, column } of ofTenants) {
      const write = `update ${name} set ${column} = ${column}`
      await expect(as('nox_worker', null, (sql) => sql.unsafe(write))).rejects.toThrow(/permission denied/)
    }
  })

  it('lets the backup read everything, and change nothing', async () => {
    for (const table of ofTenants) {
      expect(new Set(await as('nox_backup', null, (sql) => rowsOf(sql, table)))).toEqual(new Set(seededTenants))
      const write = `delete from ${table.name}`
      await expect(as('nox_backup', null, (sql) => sql.unsafe(write))).rejects.toThrow(/permission denied/)
    }
  })

  it('holds for a NOX that owns the tables and is no superuser: it sees its tenants through the roles alone', async () => {
    const login = `nox_login_${randomBytes(4).toString('hex')}`
    const own = await freshPostgres()
    const url = new URL(own.url)
    const name = url.pathname.slice(1)
    url.username = login
    url.password = 'secret'
    const where = { url: url.toString() }
    try {
      await own.sql.unsafe(
        `create role ${login} login password 'secret'; alter database ${name} owner to ${login}; alter schema public owner to ${login}`,
      )
      const refused = await openStorage(where, createVault([testKey])).catch((error: Error) => error.message)
      expect(refused).toContain(`${login} may not make the roles of NOX`)
      const remedy = /administrator run: (.+)$/.exec(String(refused))?.[1] ?? ''
      await own.sql.unsafe(remedy)
      await seedInstallation(where)
      const seen = await readInstallation(where)
      expect(seen.map((each) => [each.tenant.id, each.actions.length, each.chain.ok])).toEqual(
        seededTenants.map((id) => [id, 250, true]),
      )
      const direct = postgres(where.url, { max: 1, onnotice: () => {} })
      try {
        for (const { name: table } of ofTenants) expect(await direct.unsafe(`select * from ${table}`)).toHaveLength(0)
      } finally {
        await direct.end()
      }
    } finally {
      await own.drop()
      await database.sql.unsafe(`drop owned by ${login}; drop role ${login}`)
    }
  })

  it('follows one tenant after the other on the same connections, many at once', async () => {
    const storage = await openStorage({ url: database.url }, createVault([testKey]))
    try {
      const ids = Array.from({ length: 40 }, (_, at) => `P${at}`)
      await Promise.all(ids.map((id) => createTenant(storage, id)))
      await Promise.all(
        Array.from({ length: 400 }, async (_, at) => {
          const tenantId = ids[(at * 7) % ids.length] ?? ''
          const order = newAction({ tenantId })
          const accepted = await storage.ledger.accept(order)
          expect(accepted.kind).toBe('accepted')
          expect(await storage.tenants.find(tenantId)).toMatchObject({ id: tenantId })
          const ending = { state: 'done', audit: entry({ at }), giveBack: false, now: 3_000 } as const
          expect(await storage.ledger.finish(tenantId, order.id, 1, ending)).toBe(true)
          expect((await storage.ledger.find(tenantId, order.id))?.state).toBe('done')
        }),
      )
      for (const id of ids) {
        expect(await storage.audit.verify(id)).toEqual({ ok: true, count: 10, brokenAt: null })
        expect(
          (await storage.ledger.list(id, { limit: 100 })).map((each) => each.number).toSorted((a, b) => a - b),
        ).toEqual(Array.from({ length: 10 }, (_, at) => at + 1))
      }
    } finally {
      await storage.close()
    }
  })
})
