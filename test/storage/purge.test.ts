import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { eachDatabase, type OpenDatabase, testKey } from '../helpers/each-database.ts'
import { runCli } from '../helpers/run-cli.ts'
import { readInstallation, seedInstallation } from '../helpers/seed-installation.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Every table as the database itself has it, with all rows: nothing of NOX is asked. */
async function readEverything(where: OpenDatabase['where']): Promise<ReadonlyMap<string, Rows>> {
  const sorted = (rows: Rows) => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if ('path' in where) {
    const file = new SqliteFile(where.path, { readonly: true })
    try {
      const names = file
        .prepare("select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\'")
        .pluck()
        .all() as string[]
      return new Map(names.map((name) => [name, sorted(file.prepare(`select * from "${name}"`).all() as Rows)]))
    } finally {
      file.close()
    }
  }
  const client = postgres(where.serverUrl, { max: 1, onnotice: () => {}, types: { bigint: postgres.BigInt } })
  try {
    const names = await client`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`
    const found = new Map<string, Rows>()
    for (const { name } of names) {
      const rows = await client.unsafe(`select * from "${name}"`)
      const plain = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
        ),
      )
      found.set(String(name), sorted(plain))
    }
    return found
  } finally {
    await client.end()
  }
}

const ownerOf = (table: string, row: Rows[number]) => (table === 'tenants' ? row.id : row.tenant_id)
const secrets = ['data_key', 'bot_token', 'token_hash', 'code_hash', 'access', 'secret_hash', 'secrets']

eachDatabase('one tenant’s data', (open) => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nox-tenants-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is exported whole and without secrets, then purged whole, and nobody else’s', async () => {
    const { where, close } = await open()
    await close()
    await seedInstallation(where)
    const env: Record<string, string> = {
      ...('url' in where
        ? { DATABASE_URL: where.url, DATABASE_POOLING: where.pooling ?? '' }
        : { DATABASE_PATH: where.path }),
      NOX_MASTER_KEY: testKey,
    }
    const nox = (...args: string[]) => runCli(['tenants', ...args], env)
    const before = await readEverything(where)
    const owned = [...before].filter(([table, rows]) => table === 'tenants' || rows.some((row) => 'tenant_id' in row))
    expect(owned.length).toBeGreaterThan(25)

    const file = join(folder, `T3-${'url' in where}.jsonl`)
    expect(await nox('export', 'T3', file)).toMatchObject({ code: 0, stderr: '' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const text = await readFile(file, 'utf8')
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { table: string; row: Rows[number] })
    for (const [table, rows] of owned) {
      const mine = rows.filter((row) => ownerOf(table, row) === 'T3')
      expect(mine.length, `nothing of T3 in ${table}: seed it`).toBeGreaterThan(0)
      const exported = lines.filter((line) => line.table === table).map(({ row }) => row)
      expect(exported).toHaveLength(mine.length)
      const open = mine.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !secrets.includes(name))),
      )
      for (const row of exported) {
        // SQLite keeps a flag as a number.
        const kept = Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'boolean' && 'path' in where ? Number(value) : value,
          ]),
        )
        expect(open).toContainEqual(kept)
      }
      for (const row of mine) for (const name of secrets) if (row[name]) expect(text).not.toContain(String(row[name]))
    }
    expect(lines.every(({ table, row }) => ownerOf(table, row) === 'T3')).toBe(true)
    expect((await nox('export', 'T9', join(folder, 'none'))).stderr).toContain('no tenant T9')

    expect((await nox('purge', 'T1', '--yes')).stderr).toContain('uninstall it in Slack first')
    const asked = await nox('purge', 'T3')
    expect(asked).toMatchObject({ code: 2, stdout: expect.stringContaining('nothing brings it back') })
    expect(new Map([...(await readEverything(where))].filter(([name]) => name !== 'claims'))).toEqual(
      new Map([...before].filter(([name]) => name !== 'claims')),
    )
    expect((await nox('list')).stdout).toMatch(/^T3 .*its data goes on 2255-03-14$/m)
    expect(await nox('purge', 'T3', '--yes')).toMatchObject({ code: 0, stderr: '' })
    const after = await readEverything(where)
    for (const [table, rows] of before) {
      const others = rows.filter((row) => ownerOf(table, row) !== 'T3')
      if (table !== 'purges') expect([table, after.get(table)]).toEqual([table, others])
    }
    expect(after.get('purges')).toEqual([
      expect.objectContaining({
        id: 'T3',
        rows: owned.reduce((sum, [table, rows]) => sum + rows.filter((row) => ownerOf(table, row) === 'T3').length, 0),
      }),
    ])
    if ('path' in where) expect((await readFile(where.path)).includes('cus_T3')).toBe(false)
    expect((await nox('list')).stdout).toMatch(/^T3 {2}purged on \d{4}-\d\d-\d\d: \d+ rows$/m)
    expect((await nox('purge', 'T3', '--yes')).stderr).toContain('no tenant T3')
    const left = await readInstallation(where)
    expect(left.map(({ tenant, chain }) => [tenant.id, chain.ok])).toEqual([
      ['T1', true],
      ['T2', true],
    ])
  })

  it('goes on with a purge that broke off, and keeps who comes back in time', async () => {
    const { where, close } = await open()
    await close()
    await seedInstallation(where)
    const storage = await openStorage(where, createVault([testKey]))
    try {
      const installation = await storage.installations.findByTenant('T2')
      if (!installation) throw new Error('not installed')
      await storage.installations.remove('W-T2')
      expect(await storage.purges.schedule('T2', 50)).toBe(true)
      expect(await storage.purges.schedule('T2', 90)).toBe(false)
      expect(await storage.purges.list()).toMatchObject([{ id: 'T2', dueAt: 50 }, { id: 'T3' }])
      await storage.installations.save(installation)
      expect((await storage.purges.list()).map(({ id }) => id)).toEqual(['T3'])
      await storage.purges.run('T3', 7)
      // As if it had broken off: the same again ends it.
      expect(await storage.purges.run('T3', 8)).toBe(0)
      expect(await storage.purges.list()).toMatchObject([{ id: 'T3', endedAt: 8 }])
      expect(await storage.purges.cancel('T3')).toBe(false)
    } finally {
      await storage.close()
    }
  })
})
