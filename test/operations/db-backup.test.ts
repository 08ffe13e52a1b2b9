import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { entry } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'
import { runCli } from '../helpers/run-cli.ts'
import { readInstallation, seedInstallation } from '../helpers/seed-installation.ts'

describe('nox db backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nox-backup-'))
  const path = join(folder, 'nox.db')
  const backup = (to: string, from = path) => runCli(['db', 'backup', to], { DATABASE_PATH: from })
  beforeAll(() => seedInstallation({ path }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('copies everything; what is put back is the same installation', async () => {
    const to = join(folder, 'copy.db')
    const before = await readInstallation({ path })
    const run = await backup(to)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const records = before.reduce((sum, { audit }) => sum + audit.length, 0)
    expect(records).toBeGreaterThan(700)
    expect(run.stdout).toContain(`3 tenants, ${records} audit records, all chains intact`)
    expect(statSync(to).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db'])
    expect(await readInstallation({ path: to })).toEqual(before)
  })

  it('replaces nothing, and leaves nothing behind where it fails', async () => {
    const to = join(folder, 'twice.db')
    expect((await backup(to)).code).toBe(0)
    const { mtimeMs } = statSync(to)
    const again = await backup(to)
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('is there already')
    expect(statSync(to).mtimeMs).toBe(mtimeMs)
    const bent = join(folder, 'bent.db')
    expect((await backup(bent)).code).toBe(0)
    const file = new SqliteFile(bent)
    file.exec("drop trigger audit_is_never_changed; update audit set actor = 'U9' where seq = 2 and tenant_id = 'T2'")
    file.close()
    const of = join(folder, 'of-bent.db')
    expect((await backup(of, bent)).stderr).toContain('the audit chain of tenant T2 is broken at record 2')
    expect(readdirSync(folder).filter((name) => name.startsWith('of-bent'))).toEqual([])
  })

  it('takes one moment of a NOX that goes on writing', async () => {
    const storage = await openStorage({ path }, createVault([testKey]))
    let isOver = false
    let written = 0
    try {
      await storage.audit.append('T1', entry({ at: 1 }))
      const kept = await storage.audit.verify('T1')
      const writing = (async () => {
        while (!isOver) {
          await Promise.all([
            storage.audit.append('T1', entry({ at: 2 })),
            storage.audit.append('T2', entry({ at: 2 })),
          ])
          written += 1
        }
      })()
      const run = await backup(join(folder, 'busy.db'))
      isOver = true
      await writing
      expect(run.code).toBe(0)
      expect(written).toBeGreaterThan(0)
      expect(await storage.audit.verify('T1')).toMatchObject({ ...kept, count: (kept.ok ? kept.count : 0) + written })
    } finally {
      isOver = true
      await storage.close()
    }
    const copy = await readInstallation({ path: join(folder, 'busy.db') })
    const counts = copy.map((each) => each.chain)
    expect(counts.every((each) => each.ok)).toBe(true)
    expect(counts[0]?.count).toBeGreaterThan(250)
  })

  it('leaves Postgres to pg_dump', async () => {
    const run = await runCli(['db', 'backup', join(folder, 'pg.db')], { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('pg_dump --format=custom')
    expect(existsSync(join(folder, 'pg.db'))).toBe(false)
  })
})

/** pg_dump refuses a server that is newer than itself. */
const dumpVersion = Number(
  / (\d+)/.exec(spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0,
)

describe.skipIf(!hasPostgres() || dumpVersion === 0)(
  'pg_dump and pg_restore, as docs/operators/backup.md has them',
  () => {
    it('give the same installation again', async (context) => {
      const [from, to] = [await freshPostgres(), await freshPostgres()]
      const folder = mkdtempSync(join(tmpdir(), 'nox-dump-'))
      try {
        const [server] = await from.sql`show server_version_num`
        const serverVersion = Math.floor(Number(server?.server_version_num) / 10_000)
        if (serverVersion > dumpVersion)
          return context.skip(`pg_dump ${dumpVersion} is older than Postgres ${serverVersion}`)
        await seedInstallation({ url: from.url })
        const file = join(folder, 'nox.dump')
        const dump = spawnSync(
          'pg_dump',
          ['--role=nox_backup', '--enable-row-security', '--format=custom', '--no-owner', `--file=${file}`, from.url],
          {
            encoding: 'utf8',
          },
        )
        expect(dump.stderr).toBe('')
        const restore = spawnSync(
          'pg_restore',
          ['--no-owner', '--exit-on-error', '--single-transaction', `--dbname=${to.url}`, file],
          { encoding: 'utf8' },
        )
        expect(restore.stderr).toBe('')
        expect(await readInstallation({ url: to.url })).toEqual(await readInstallation({ url: from.url }))
      } finally {
        await from.drop()
        await to.drop()
        rmSync(folder, { recursive: true, force: true })
      }
    })
  },
)
