import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { startBareNox } from '../helpers/bare-nox.ts'
import { testKey } from '../helpers/each-database.ts'
import { type FreshPostgres, freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'
import { runCli } from '../helpers/run-cli.ts'
import { readInstallation, seededTenants, seedInstallation } from '../helpers/seed-installation.ts'

describe.skipIf(!hasPostgres())('nox db copy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nox-copy-'))
  const path = join(folder, 'nox.db')
  let target: FreshPostgres
  const copy = (from = path) => runCli(['db', 'copy'], { DATABASE_PATH: from, DATABASE_URL: target.url })
  const proofs = () => {
    const file = new SqliteFile(path, { readonly: true })
    const { count } = file.prepare('select count(*) as count from master_key_proofs').get() as { count: number }
    file.close()
    return count
  }
  const countActions = async () => Number((await target.sql`select count(*) from actions`)[0]?.count)

  beforeAll(() => seedInstallation({ path }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(async () => {
    target = await freshPostgres()
  })
  afterEach(() => target.drop())

  /** The schema is there, and each row that comes into a table meets this. */
  async function meddle(table: string, body: string): Promise<() => Promise<unknown>> {
    await (await openStorage({ url: target.url }, createVault([testKey]))).close()
    await target.sql.unsafe(`create function meddle() returns trigger language plpgsql as $$ begin ${body} end $$`)
    await target.sql.unsafe(`create trigger meddle before insert on ${table} for each row execute function meddle()`)
    return () => target.sql.unsafe('drop function meddle cascade')
  }

  it('moves a whole installation, with its secrets and its chains', async () => {
    const run = await copy()
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^actions +750$/m)
    for (const tenantId of seededTenants) expect(run.stdout).toContain(`audit chain of ${tenantId} intact: 256 records`)
    const [from, to] = [await readInstallation({ path }), await readInstallation({ url: target.url })]
    expect(to).toEqual(from)
    expect(from.map((each) => [each.access, each.installation?.botToken, each.chain.ok, each.actions.length])).toEqual(
      seededTenants.map((id) => [
        { server: 'https://k8s.example.com', token: `token of ${id}` },
        id === 'T3' ? undefined : `xoxb-${id}`,
        true,
        250,
      ]),
    )
    const again = await copy()
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('is not empty')
    expect(await readInstallation({ url: target.url })).toEqual(from)
  })

  it('takes a database on which a NOX was started that nobody installed, and what it left there is not missed', async () => {
    await (await startBareNox({ url: target.url })).stop()
    expect(await target.sql`select name from master_key_proofs`).toHaveLength(1)
    expect(await copy()).toMatchObject({ code: 0, stderr: '' })
    expect(await readInstallation({ url: target.url })).toEqual(await readInstallation({ path }))
    expect(await target.sql`select name from master_key_proofs`).toHaveLength(proofs())
    const [left] = await target.sql`select data_key from master_key_proofs`
    expect((await copy()).stderr).toContain('is not empty')
    expect((await target.sql`select data_key from master_key_proofs`)[0]).toEqual(left)
  })

  it('leaves nothing behind where it fails, and can be tried again', async () => {
    const repair = await meddle('audit', "if new.seq = 200 then raise exception 'disk full'; end if; return new;")
    const failed = await copy()
    expect(failed.code).toBe(1)
    expect(failed.stderr).toContain('disk full')
    expect(await countActions()).toBe(0)
    await repair()
    expect((await copy()).code).toBe(0)
    expect(await countActions()).toBe(750)
  })

  it.each([
    ['a row that is lost', 'actions', 'if new.number = 7 then return null; end if; return new;', '750 rows became 747'],
    [
      'a record that is bent',
      'audit',
      "if new.seq = 7 then new.actor = 'U9'; end if; return new;",
      'chain of tenant T1',
    ],
  ])('notices %s, and takes everything back', async (_what, table, body, said) => {
    await meddle(table, body)
    const run = await copy()
    expect(run.code).toBe(1)
    expect(run.stderr).toContain(said)
    expect(await countActions()).toBe(0)
  })

  it('refuses a file that a NOX runs on, one of another version, and one that is not there', async () => {
    const storage = await openStorage({ path }, createVault([testKey]))
    try {
      const run = await copy()
      expect(run.code).toBe(1)
      expect(run.stderr).toContain('in use by another process')
    } finally {
      await storage.close()
    }
    const old = join(folder, 'old.db')
    new SqliteFile(old).close()
    expect((await copy(old)).stderr).toContain('not of this version')
    expect((await copy(join(folder, 'none.db'))).stderr).toContain('there is no database at')
  })
})

it('says what it needs', async () => {
  const run = await runCli(['db', 'copy'], { DATABASE_PATH: 'nox.db' })
  expect(run.code).toBe(1)
  expect(run.stderr).toContain('set both')
})
