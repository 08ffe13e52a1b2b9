import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import SqliteFile from 'better-sqlite3'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyArchive } from '../../src/storage/archive-file.ts'
import { createTenant, entry } from '../helpers/actions.ts'
import { eachDatabase, type OpenDatabase, testKey } from '../helpers/each-database.ts'
import { runCli } from '../helpers/run-cli.ts'

const day = 86_400_000

/** Someone with a hand in the database itself. */
async function byHand({ where }: OpenDatabase, ...statements: readonly string[]): Promise<void> {
  if ('url' in where) {
    const client = postgres(where.serverUrl, { max: 1, onnotice: () => {} })
    try {
      for (const statement of statements) await client.unsafe(statement)
    } finally {
      await client.end()
    }
    return
  }
  const file = new SqliteFile(where.path)
  try {
    for (const statement of statements) file.exec(statement)
  } finally {
    file.close()
  }
}

eachDatabase('archives of the audit log', (open, dialect) => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nox-archives-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** A chain of one record a day, the first of them on day 1. */
  async function withDays(count: number) {
    const opened = await open()
    await createTenant(opened.storage)
    for (let at = 1; at <= count; at += 1) await opened.storage.audit.append('T1', entry({ at: at * day }))
    return opened
  }

  it('moves old records into a file; the chain holds before, between and after, and goes on', async () => {
    const { storage, where, close } = await withDays(8)
    const { archive, audit } = storage
    const at = (before: number) => ({ before: before * day, folder, now: 100 * day })
    expect(await archive.moveOut('T1', at(1))).toBeNull()
    const first = await archive.moveOut('T1', at(4))
    expect(first).toMatchObject({ tenantId: 'T1', first: 1, last: 3, at: 100 * day })
    expect(await archive.moveOut('T1', at(4))).toBeNull()
    const second = await archive.moveOut('T1', { ...at(8), most: 2 })
    expect(second).toMatchObject({ first: 4, last: 5, previousHash: first?.hash })
    // Of 8 records and two of archives, 5 are gone; the newest stays whatever its age.
    expect(await audit.verify('T1')).toEqual({ ok: true, count: 10, brokenAt: null, archived: 5 })
    expect((await audit.list('T1', { limit: 50 })).map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6])
    expect(await audit.verifyRecent('T1')).toMatchObject({ ok: true, count: 10, from: 6, earlier: 0 })
    expect(await audit.proof('T1', 6)).toMatchObject({ fits: true })
    expect(await audit.proof('T1', 5)).toBeNull()
    await audit.append('T1', entry({ at: 101 * day }))
    expect(await audit.verifyRecent('T1')).toMatchObject({ ok: true, count: 11, from: 6, earlier: 5 })
    const [record] = await audit.list('T1', { limit: 1, command: 'audit.archive' })
    expect(record).toMatchObject({ actor: 'nox', resource: second?.file, details: { first: 4, last: 5 } })

    const files = [first?.file ?? '', second?.file ?? ''].map((name) => join(folder, name))
    for (const file of files) {
      expect(await verifyArchive(file)).toMatchObject({ ok: true, brokenAt: null })
      expect((await stat(file)).mode & 0o777).toBe(0o600)
    }
    const text = gunzipSync(await readFile(files[0] ?? '')).toString()
    expect(text.trimEnd().split('\n')).toHaveLength(4)
    expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('.part'))
    await close()
    const env: Record<string, string> = {
      ...('url' in where
        ? { DATABASE_URL: where.url, DATABASE_POOLING: where.pooling ?? '' }
        : { DATABASE_PATH: where.path }),
      NOX_MASTER_KEY: testKey,
    }
    expect(await runCli(['audit', 'verify'], env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('chain intact: 11 records, of which 1 to 5 are in archive files'),
    })
    const both = await runCli(['audit', 'verify', ...files.toReversed()], env)
    expect(both).toMatchObject({ code: 0, stderr: '' })
    expect(both.stdout).toMatch(/intact: records 1 to 3\n.*intact: records 4 to 5\n/)
    const changed = join(folder, 'changed.audit.jsonl.gz')
    await writeFile(changed, gzipSync(text.replace('deploy', 'status')))
    const cut = join(folder, 'cut.audit.jsonl.gz')
    await writeFile(cut, gzipSync(text.split('\n').slice(1).join('\n')))
    const bad = await runCli(['audit', 'verify', changed, cut], env)
    expect(bad.code).toBe(1)
    expect(bad.stdout).toMatch(/CHAIN BROKEN at record 1/)
    expect(bad.stdout).toMatch(/SIGNATURE OR END DOES NOT FIT/)
    expect((await runCli(['audit', 'verify', join(folder, 'none.audit.jsonl.gz')], env)).code).toBe(1)
  })

  it('moves nothing of a broken chain', async () => {
    const opened = await withDays(4)
    const off = dialect === 'postgres' ? 'alter table audit disable trigger all' : 'drop trigger audit_is_never_changed'
    await byHand(opened, off, "update audit set text = replace(text, 'deploy', 'status') where seq = 2")
    const options = { before: 9 * day, folder, now: 9 * day }
    await expect(opened.storage.archive.moveOut('T1', options)).rejects.toThrow('broken at record 2')
    expect(await opened.storage.archive.checkpoints('T1')).toEqual([])
    expect(await opened.storage.audit.list('T1', { limit: 9 })).toHaveLength(4)
  })

  it('lets nobody take records away under a checkpoint of their own', async () => {
    const opened = await withDays(4)
    const { audit, archive } = opened.storage
    const [, , third] = (await audit.list('T1', { limit: 9 })).toReversed()
    const forged = JSON.stringify({
      ...{ at: 1, file: 'x', first: 1, hash: third?.hash, last: 3, previousHash: '0'.repeat(64), tenantId: 'T1' },
    })
    await byHand(
      opened,
      `insert into audit_checkpoints (tenant_id, seq, text, signature) values ('T1', 3, '${forged}', 'AAAA')`,
      "delete from audit where tenant_id = 'T1' and seq <= 3",
    )
    expect(await audit.verify('T1')).toMatchObject({ ok: false, brokenAt: 1 })
    expect(await audit.verifyRecent('T1')).toMatchObject({ ok: false, brokenAt: 1 })
    expect(await audit.proof('T1', 4)).toMatchObject({ fits: false })
    await expect(archive.moveOut('T1', { before: 9 * day, folder, now: 1 })).rejects.toThrow('broken at record 1')
    for (const change of ["update audit_checkpoints set signature = 'B'", 'delete from audit_checkpoints'])
      await expect(byHand(opened, change)).rejects.toThrow('append-only')
    await expect(byHand(opened, 'delete from audit where seq > 3')).rejects.toThrow('append-only')
  })

  it('goes on with what broke off after the checkpoint', async () => {
    const opened = await withDays(6)
    const { audit, archive } = opened.storage
    const records = (await audit.list('T1', { limit: 9 })).toReversed()
    const options = { before: 4 * day, folder, now: 9 * day }
    await archive.moveOut('T1', options)
    // As if only a part of the records had been deleted.
    const row = records[2]
    if (!row) throw new Error('no record')
    const values = [row.tenantId, row.seq, row.text, row.previousHash, row.hash, row.at, row.actor, row.command]
    await byHand(
      opened,
      `insert into audit (tenant_id, seq, text, previous_hash, hash, at, actor, command, result)
       values (${values.map((value) => `'${value}'`).join(', ')}, '${row.result}')`,
    )
    expect(await audit.verify('T1')).toMatchObject({ ok: true, archived: 3 })
    expect(await archive.moveOut('T1', options)).toBeNull()
    expect((await audit.list('T1', { limit: 9 })).map(({ seq }) => seq)).toEqual([7, 6, 5, 4])
  })
})
