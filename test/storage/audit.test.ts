import SqliteFile from 'better-sqlite3'
import postgres from 'postgres'
import { expect, it } from 'vitest'
import { createTenant, entry } from '../helpers/actions.ts'
import { eachDatabase, type OpenDatabase } from '../helpers/each-database.ts'

/** Someone with a hand in the database itself. */
async function tamper({ storage, where }: OpenDatabase, statements: readonly string[]): Promise<void> {
  if ('url' in where) {
    const client = postgres(where.serverUrl, { max: 1, onnotice: () => {} })
    try {
      for (const statement of statements) await client.unsafe(statement)
    } finally {
      await client.end()
    }
    return
  }
  await storage.ping()
  const file = new SqliteFile(where.path)
  try {
    for (const statement of statements) file.exec(statement)
  } finally {
    file.close()
  }
}

const dropTriggers = (dialect: string) =>
  dialect === 'postgres'
    ? ['alter table audit disable trigger all']
    : ['drop trigger audit_is_never_changed', 'drop trigger audit_is_never_deleted']

eachDatabase('the audit log', (open, dialect) => {
  it('chains what many append at once, without a gap', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await Promise.all(Array.from({ length: 60 }, (_, at) => storage.audit.append('T1', entry({ at }))))
    expect(await storage.audit.verify('T1')).toEqual({ ok: true, count: 60, brokenAt: null })
    const [last] = await storage.audit.list('T1', { limit: 1 })
    expect(last?.seq).toBe(60)
  })

  it('refuses to be changed, emptied or shortened', async () => {
    const opened = await open()
    await createTenant(opened.storage)
    await opened.storage.audit.append('T1', entry())
    await expect(tamper(opened, ["update audit set actor = 'U9'"])).rejects.toThrow('append-only')
    await expect(tamper(opened, ['delete from audit'])).rejects.toThrow('append-only')
  })

  it('is whole whatever its records are about', async () => {
    const { storage } = await open()
    await createTenant(storage)
    for (const resource of ['a\u0000b', 'half \ud83d', 'x'.repeat(3_000), '', null]) {
      await storage.audit.append('T1', entry({ resource, environment: resource }))
    }
    expect(await storage.audit.verify('T1')).toEqual({ ok: true, count: 5, brokenAt: null })
  })

  it.each([
    ['another actor in the column', "update audit set actor = 'U9' where seq = 2"],
    ['another environment in the column', "update audit set environment = 'staging-2' where seq = 2"],
    ['another resource in the column', 'update audit set resource = null where seq = 2'],
    ['another text', "update audit set text = replace(text, 'deploy', 'status') where seq = 2"],
    ['a record taken out', 'delete from audit where seq = 2'],
  ])('notices %s', async (_what, statement) => {
    const opened = await open()
    await createTenant(opened.storage)
    for (let at = 0; at < 3; at += 1) await opened.storage.audit.append('T1', entry({ at }))
    await tamper(opened, [...dropTriggers(dialect), statement])
    expect(await opened.storage.audit.verify('T1')).toMatchObject({ ok: false, brokenAt: 2 })
  })

  it('verifies only what is new since it was verified last, and says how much that was', async () => {
    const { storage } = await open()
    await createTenant(storage)
    expect(await storage.audit.verifyRecent('T1')).toMatchObject({ ok: true, count: 0, from: 1, earlier: 0 })
    for (let at = 0; at < 3; at += 1) await storage.audit.append('T1', entry({ at }))
    expect(await storage.audit.verifyRecent('T1')).toMatchObject({ ok: true, count: 3, from: 1, earlier: 0 })
    for (let at = 3; at < 5; at += 1) await storage.audit.append('T1', entry({ at }))
    expect(await storage.audit.verifyRecent('T1')).toMatchObject({ ok: true, count: 5, from: 1, earlier: 3 })
    expect(await storage.audit.verifyRecent('T1')).toMatchObject({ ok: true, count: 5, from: 1, earlier: 5 })
    expect(await storage.audit.verifyRecent('T2')).toMatchObject({ ok: true, count: 0, earlier: 0 })
  })

  it.each([
    ['a new record that was changed', "update audit set actor = 'U9' where seq = 5", 5],
    ['the last verified record, changed', "update audit set text = replace(text, 'deploy', 'status') where seq = 3", 3],
    ['the last verified records, taken out', 'delete from audit where seq >= 3', 3],
  ])('notices at a reading: %s', async (_what, statement, brokenAt) => {
    const opened = await open()
    const { audit } = opened.storage
    await createTenant(opened.storage)
    for (let at = 0; at < 3; at += 1) await audit.append('T1', entry({ at }))
    expect(await audit.verifyRecent('T1')).toMatchObject({ ok: true })
    for (let at = 3; at < 5; at += 1) await audit.append('T1', entry({ at }))
    await tamper(opened, [...dropTriggers(dialect), statement])
    expect(await audit.verifyRecent('T1')).toMatchObject({ ok: false, brokenAt })
    // Nothing is remembered of a chain that is broken.
    expect(await audit.verifyRecent('T1')).toMatchObject({ ok: false, brokenAt })
  })

  it('leaves what was verified before to the whole verification', async () => {
    const opened = await open()
    const { audit } = opened.storage
    await createTenant(opened.storage)
    for (let at = 0; at < 4; at += 1) await audit.append('T1', entry({ at }))
    await audit.verifyRecent('T1')
    await tamper(opened, [...dropTriggers(dialect), "update audit set actor = 'U9' where seq = 2"])
    expect(await audit.verifyRecent('T1')).toMatchObject({ ok: true, count: 4, earlier: 4 })
    expect(await audit.verify('T1')).toMatchObject({ ok: false, brokenAt: 2 })
  })

  it('is found by who, what, where, result and time, newest first', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await storage.audit.append('T1', entry({ at: 1, actor: 'U1' }))
    await storage.audit.append('T1', entry({ at: 2, actor: 'U2', result: 'refused' }))
    await storage.audit.append('T1', entry({ at: 3, actor: 'U2', environment: 'production' }))
    const seqs = async (filter: object) =>
      (await storage.audit.list('T1', { limit: 10, ...filter })).map(({ seq }) => seq)
    expect(await seqs({})).toEqual([3, 2, 1])
    expect(await seqs({ actor: 'U2' })).toEqual([3, 2])
    expect(await seqs({ result: 'refused' })).toEqual([2])
    expect(await seqs({ environment: 'production', since: 3 })).toEqual([3])
    expect(await seqs({ since: 1, until: 3 })).toEqual([2, 1])
    expect(await seqs({ beforeSeq: 3, limit: 1 })).toEqual([2])
    expect(await storage.audit.list('T2', { limit: 10 })).toEqual([])
  })
})
