import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tx } from '../../src/storage/database.ts'
import { createGroupWriter, type GroupWriter } from '../../src/storage/group-writer.ts'

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('the group writer', () => {
  let folder: string
  let file: Database.Database
  let writer: GroupWriter
  /** Syncs that are under way, to be ended by the test. */
  let syncs: { resolve(): void; reject(error: Error): void }[]
  let undone: number
  const insert = (id: number) => async () => void file.prepare('insert into t values (?)').run(id)
  const ids = () => file.prepare('select id from t order by id').pluck().all()

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nox-writer-'))
    file = new Database(join(folder, 'a.db'))
    file.pragma('journal_mode = WAL')
    file.exec('create table t (id integer primary key)')
    syncs = []
    undone = 0
    const sync = () => new Promise<void>((resolve, reject) => syncs.push({ resolve, reject }))
    writer = createGroupWriter(file, drizzle(file) as unknown as Tx, sync, () => {
      undone += 1
    })
  })
  afterEach(() => {
    file.close()
    rmSync(folder, { recursive: true })
  })

  it('tells nobody before the sync, and tells what may begin as soon as it is written', async () => {
    const told: string[] = []
    const added = writer.add(null, insert(1), false, () => told.push('written')).then(() => told.push('durable'))
    await turns(5)
    expect(told).toEqual(['written'])
    expect(ids()).toEqual([1])
    syncs[0]?.resolve()
    await added
    expect(told).toEqual(['written', 'durable'])
  })

  it('shares one commit and one sync between all that wait, and rolls a unit that fails back alone', async () => {
    const all = [insert(1), insert(2), insert(1), insert(3)].map((unit) => writer.add(null, unit, false))
    const settled = Promise.allSettled(all)
    await turns(5)
    expect(syncs).toHaveLength(1)
    syncs[0]?.resolve()
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(ids()).toEqual([1, 2, 3])
    expect(undone).toBeGreaterThan(0)
  })

  it('lets a lone unit go by itself, and those that may linger together when their time is up', async () => {
    const order: number[] = []
    const lingering = [1, 3].map((id) => writer.add(null, insert(id), true).then(() => order.push(id)))
    const lone = writer.add(null, insert(2), false).then(() => order.push(2))
    await turns(5)
    expect(ids()).toEqual([2])
    syncs[0]?.resolve()
    await lone
    expect(order).toEqual([2])
    while (syncs.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    expect(ids()).toEqual([1, 2, 3])
    syncs[1]?.resolve()
    await Promise.all(lingering)
    expect(order).toEqual([2, 1, 3])
  })

  it('takes those that may linger along with two that may not', async () => {
    const all = [
      writer.add(null, insert(1), true),
      writer.add(null, insert(2), false),
      writer.add(null, insert(3), false),
    ]
    await turns(5)
    expect(ids()).toEqual([1, 2, 3])
    expect(syncs).toHaveLength(1)
    syncs[0]?.resolve()
    await Promise.all(all)
  })

  it('takes nothing more once a sync has failed: what the disk kept nobody knows', async () => {
    const first = writer.add(null, insert(1), false)
    await turns(5)
    syncs[0]?.reject(new Error('EIO'))
    await expect(first).rejects.toThrow("can't be written safely")
    await expect(writer.check()).rejects.toThrow('restart NOX')
    await expect(writer.add(null, insert(2), false)).rejects.toThrow('restart NOX')
    expect(ids()).toEqual([1])
  })

  it('writes out what lingers when it closes', async () => {
    const lingering = writer.add(null, insert(1), true)
    const closed = writer.close()
    await turns(5)
    for (const { resolve } of syncs) resolve()
    await Promise.all([lingering, closed])
    expect(ids()).toEqual([1])
    await expect(writer.add(null, insert(2), false)).rejects.toThrow('closed')
  })
})
