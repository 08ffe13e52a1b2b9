import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'

describe('the plans of what the Audit tab asks', () => {
  it('on SQLite: few statements, each by the key, however long the log is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nox-plans-'))
    const path = join(folder, 'nox.db')
    const prepare = vi.spyOn(SqliteFile.prototype, 'prepare')
    const storage = await openStorage({ path }, createVault([testKey]))
    try {
      await createTenant(storage)
      const look = async () => {
        prepare.mockClear()
        await storage.audit.search('T1', { limit: 10 }, 50_000)
        await storage.audit.search('T1', { limit: 10, actor: 'U1', result: 'done', since: 5 }, 50_000)
        await storage.audit.proof('T1', 3)
        return prepare.mock.calls.map(([text]) => String(text))
      }
      await storage.audit.append('T1', entry({ at: 1 }))
      const short = await look()
      await Promise.all(Array.from({ length: 400 }, (_, at) => storage.audit.append('T1', entry({ at }))))
      const long = await look()
      // A statement that was prepared once may be kept: what is asked never becomes more.
      expect(short.length).toBeGreaterThan(2)
      expect(long.length).toBeLessThanOrEqual(short.length)
      expect(short.length).toBeLessThanOrEqual(7)
      prepare.mockRestore()
      const file = new SqliteFile(path, { readonly: true })
      for (const text of new Set([...short, ...long])) {
        const values = Array.from({ length: text.split('?').length - 1 }, () => 1)
        const plan = file.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]
        const details = plan.map(({ detail }) => detail).join('; ')
        expect(details).toMatch(/^SEARCH \w+ USING (COVERING )?INDEX sqlite_autoindex_\w+ \(tenant_id=\?/)
        expect(details).not.toMatch(/SCAN|TEMP B-TREE/)
      }
      file.close()
    } finally {
      prepare.mockRestore()
      await storage.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.skipIf(!hasPostgres())('on Postgres: every month by its key, and no sort', async () => {
    const own = await freshPostgres()
    try {
      const storage = await openStorage({ url: own.url }, createVault([testKey]))
      await createTenant(storage)
      await storage.close()
      await own.sql.unsafe(`insert into audit (tenant_id, seq, text, previous_hash, hash, at, actor, command, result)
        select 'T' || n % 20, n, '{}', '', '', (extract(epoch from now()) * 1000)::bigint, 'U1', 'logs', 'done'
        from generate_series(1, 40000) n; analyze audit`)
      for (const [columns, where] of [
        ['seq, hash', ''],
        ['*', 'and seq < 30000 and seq > 0'],
        ['*', "and actor = 'U1' and result = 'done' and seq < 30000 and seq > 0"],
      ]) {
        const rows = await own.sql.unsafe(
          `explain select ${columns} from audit where tenant_id = 'T1' ${where} order by seq desc limit 11`,
        )
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
        expect(plan).toMatch(/Index (Only )?Scan Backward using audit_\d{4}_\d\d_pkey/)
        expect(plan).not.toMatch(/Sort {2}\(|Seq Scan on audit_\d{4}/)
      }
    } finally {
      await own.drop()
    }
  })
})
