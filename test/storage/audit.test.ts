import SqliteFile from 'better-sqlite3'
import postgres from 'postgres'
import { expect, it } from 'vitest'
import { createTenant, entry } from '../helpers/actions.ts'
import { eachDatabase, type OpenDatabase } from '../helpers/each-database.ts'

/** Someone with a hand in the database itself. */
async function tamper({ storage, where }: OpenDatabase, statements: readonly string[]): Promise<void> {
  if ('url' in where) {
    const client = postgres(where.url, { max: 1, onnotice: () => {} })
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

  it.each([
    ['another actor in the column', "update audit set actor = 'U9' where seq = 2"],
    ['another text', "update audit set text = replace(text, 'deploy', 'status') where seq = 2"],
    ['a record taken out', 'delete from audit where seq = 2'],
  ])('notices %s', async (_what, statement) => {
    const opened = await open()
    await createTenant(opened.storage)
    for (let at = 0; at < 3; at += 1) await opened.storage.audit.append('T1', entry({ at }))
    await tamper(opened, [...dropTriggers(dialect), statement])
    expect(await opened.storage.audit.verify('T1')).toMatchObject({ ok: false, brokenAt: 2 })
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
    expect(await seqs({ beforeSeq: 3, limit: 1 })).toEqual([2])
    expect(await storage.audit.list('T2', { limit: 10 })).toEqual([])
  })
})
