import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../src/storage/audit.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { hashOf, origin } from '../../src/storage/verify-chain.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'

const month = (text: string) => Date.parse(`${text}-15T12:00:00Z`)

describe.skipIf(!hasPostgres())('tables by month on Postgres', () => {
  it('are made of the rows that were there, for an owner that is no superuser', async () => {
    const own = await freshPostgres()
    const login = `nox_login_${randomBytes(4).toString('hex')}`
    const folder = mkdtempSync(join(tmpdir(), 'nox-migrations-'))
    const url = new URL(own.url)
    const database = url.pathname.slice(1)
    url.username = login
    url.password = 'secret'
    try {
      // The roles belong to the server: another database may have made them.
      const first = await openStorage({ url: own.url }, createVault([testKey]))
      await first.close()
      await own.sql.unsafe(`drop schema public cascade; drop schema drizzle cascade; create schema public;
        create role ${login} login password 'secret'; alter database ${database} owner to ${login};
        alter schema public owner to ${login};
        grant nox_app, nox_worker, nox_backup, nox_keeper to ${login}; grant all on schema public to public`)
      cpSync('migrations/postgres', folder, { recursive: true })
      const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'))
      journal.entries = journal.entries.filter(({ idx }: { idx: number }) => idx < 13)
      writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal))
      const old = postgres(url.toString(), { max: 1, onnotice: () => {} })
      await migrate(drizzle(old), { migrationsFolder: folder })
      await old.unsafe(`alter table audit enable row level security; alter table audit force row level security;
        create policy nox_tenant on audit for all to nox_app using (tenant_id = current_setting('app.tenant_id', true))`)
      expect(await old`select 1 from audit`).toEqual([])
      await old.end()
      let previousHash = origin
      const moments = [5, month('2025-11'), month('2025-12'), month('2025-12') + 1, Date.now()]
      for (const [index, at] of moments.entries()) {
        const { actor, command, environment, resource, result } = entry({ at })
        const text = canonical(entry({ at }))
        const hash = hashOf(previousHash, text)
        const row = { tenant_id: 'T1', seq: index + 1, text, previous_hash: previousHash, hash, at }
        await own.sql`insert into audit ${own.sql({ ...row, actor, command, environment, resource, result })}`
        previousHash = hash
      }
      const storage = await openStorage({ url: url.toString() }, createVault([testKey]))
      try {
        await createTenant(storage)
        await storage.audit.append('T1', entry({ at: Date.now() }))
        expect(await storage.audit.verify('T1')).toEqual({ ok: true, count: 6, brokenAt: null })
        expect((await storage.audit.list('T1', { limit: 3 })).map(({ seq }) => seq)).toEqual([6, 5, 4])
      } finally {
        await storage.close()
      }
      const places = await own.sql`select seq, tableoid::regclass::text as place from audit order by seq`
      const today = `audit_${new Date().toISOString().slice(0, 7).replace('-', '_')}`
      expect(places.map(({ place }) => place)).toEqual([
        ...['audit_other', 'audit_2025_11', 'audit_2025_12', 'audit_2025_12', today, today],
      ])
      expect(await own.sql`select 1 from pg_class where relname like '%\\_before'`).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
      await own.drop()
      const server = await freshPostgres()
      await server.sql.unsafe(`drop owned by ${login}; drop role ${login}`)
      await server.drop()
    }
  })

  it('get the months that come, lose those that are empty, and show nothing by their own names', async () => {
    const own = await freshPostgres()
    const storage = await openStorage({ url: own.url }, createVault([testKey]))
    const parts = async (table = 'audit') =>
      (await own.sql`select relname as name from pg_class where relispartition and relkind = 'r' order by 1`)
        .map(({ name }) => String(name))
        .filter((name) => name.startsWith(`${table}_2`))
    try {
      await createTenant(storage)
      const next = month('2031-01')
      await storage.audit.append('T1', entry({ at: month('2031-03') }))
      await storage.keepMonths(next)
      // March has a row elsewhere already: it stays there. What was made for today's months is over, and empty.
      expect(await parts()).toEqual(['audit_2031_01', 'audit_2031_02', 'audit_2031_04'])
      expect(await parts('alert_events')).toHaveLength(4)
      expect(await parts('schedule_runs')).toContain('schedule_runs_2031_03')
      await storage.audit.append('T1', entry({ at: month('2031-01') }))
      await storage.keepMonths(month('2031-05'))
      await storage.keepMonths(month('2031-05'))
      expect(await parts()).toEqual([
        ...['audit_2031_01', 'audit_2031_05', 'audit_2031_06', 'audit_2031_07', 'audit_2031_08'],
      ])
      expect(await storage.audit.verify('T1')).toEqual({ ok: true, count: 2, brokenAt: null })
      for (const [role, seen] of [
        ['nox_app', 'refused'],
        ['nox_worker', 'refused'],
        ['nox_keeper', 'refused'],
        ['nox_backup', 1],
      ] as const) {
        const found = await own.sql
          .begin(async (sql) => {
            await sql`select set_config('role', ${role}, true), set_config('app.tenant_id', 'T1', true)`
            return (await sql`select 1 from audit_2031_01`).length
          })
          .catch((error: Error) => (/permission denied/.test(error.message) ? 'refused' : error.message))
        expect([role, found]).toEqual([role, seen])
      }
      await expect(own.sql`delete from audit_2031_01`).rejects.toThrow('append-only')
    } finally {
      await storage.close()
      await own.drop()
    }
  })
})
