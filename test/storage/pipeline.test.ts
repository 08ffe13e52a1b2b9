import postgres, { type ReservedSql } from 'postgres'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createSharedLoan } from '../../src/storage/shared-loan.postgres.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry, newAction, quota } from '../helpers/actions.ts'
import { openCutOffPostgres } from '../helpers/cut-off-postgres.ts'
import { eachDatabase, testKey } from '../helpers/each-database.ts'
import { freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'

const numbersOf = async (storage: Storage, count: number) =>
  (await storage.ledger.list('T1', { limit: count })).map(({ number }) => number).sort((a, b) => a - b)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

eachDatabase('many orders at once, some of which can not be stored', (open) => {
  it('are stored all but those, in whatever commits they come', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const { action } = await storage.ledger.accept(newAction())
    const orders = Array.from({ length: 120 }, (_, index) => newAction(index % 10 === 4 ? { id: action.id } : {}))
    const settled = await Promise.allSettled(orders.map((order) => storage.ledger.accept(order)))
    const refused = settled.flatMap(({ status }, index) => (status === 'rejected' ? [index % 10] : []))
    expect(refused).toEqual(Array.from({ length: 12 }, () => 4))
    expect(await numbersOf(storage, 200)).toEqual(upTo(109))
  })
})

describe.skipIf(!hasPostgres())('a server whose transactions keep what they saw first', () => {
  it('makes no difference: two processes number the orders of a tenant without a gap', async () => {
    const { url, drop } = await freshPostgres()
    const admin = postgres(url, { max: 1, onnotice: () => {} })
    await admin.unsafe(
      `alter database ${new URL(url).pathname.slice(1)} set default_transaction_isolation = 'serializable'`,
    )
    await admin.end()
    const vault = createVault([testKey])
    const first = await openStorage({ url }, vault)
    const both = [first, await openStorage({ url }, vault)]
    onTestFinished(async () => {
      await Promise.all(both.map((storage) => storage.close()))
      await drop()
    })
    await createTenant(first)
    const accept = (index: number) => both[index % 2]?.ledger.accept(newAction({ quota: quota(1_000) }))
    await Promise.all(Array.from({ length: 60 }, (_, index) => accept(index)))
    await Promise.all(both.flatMap(({ audit }) => [1, 2, 3].map(() => audit.append('T1', entry()))))
    expect(await numbersOf(first, 100)).toEqual(upTo(60))
    expect(await first.audit.verify('T1')).toMatchObject({ ok: true, count: 6 })
  })
})

describe.skipIf(!hasPostgres())('a connection that is cut under several commits', () => {
  it('tells each order whether it is stored, and those that come again are stored once', {
    timeout: 60_000,
  }, async () => {
    const { storage, cut, close } = await openCutOffPostgres()
    onTestFinished(close)
    await createTenant(storage)
    await storage.ledger.accept(newAction())
    const orders = Array.from({ length: 100 }, () => newAction())
    let stored = 0
    const settled = Promise.allSettled(
      orders.map(async (order) => {
        await storage.ledger.accept(order)
        stored += 1
        if (stored === 20) cut(true)
      }),
    )
    const refused = (await settled).flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))
    expect(refused.length).toBeGreaterThan(0)
    cut(false)
    await vi.waitFor(() => storage.ledger.accept(newAction({ eventId: 'after' })), 15_000)
    const known = new Set((await storage.ledger.list('T1', { limit: 200 })).map(({ eventId }) => eventId))
    for (const [index, { eventId }] of orders.entries()) {
      if (!refused.includes(index)) expect(known).toContain(eventId)
    }
    await Promise.all(orders.map((order) => storage.ledger.accept(order)))
    expect(await numbersOf(storage, 200)).toEqual(upTo(102))
  })
})

describe('a shared loan', () => {
  function createPool() {
    const given: string[] = []
    let lent = 0
    const lend = async () => {
      lent += 1
      const name = `connection ${lent}`
      return { sql: name as unknown as ReservedSql, giveBack: (state: string) => void given.push(`${name} ${state}`) }
    }
    return { given, loan: createSharedLoan(lend) }
  }

  it('is one connection, given back by the last', async () => {
    const { given, loan } = createPool()
    const [one, other] = await Promise.all([loan.borrow(), loan.borrow()])
    expect(one.sql).toBe(other.sql)
    one.giveBack('well')
    expect(given).toEqual([])
    const third = await loan.borrow()
    expect(third.sql).toBe(one.sql)
    other.giveBack('well')
    third.giveBack('well')
    expect(given).toEqual(['connection 1 well'])
    expect((await loan.borrow()).sql).toBe('connection 2')
  })

  it('goes to nobody else once it broke', async () => {
    const { given, loan } = createPool()
    const [one, other] = await Promise.all([loan.borrow(), loan.borrow()])
    one.giveBack('broken')
    expect(given).toEqual(['connection 1 broken'])
    const next = await loan.borrow()
    expect(next.sql).toBe('connection 2')
    other.giveBack('broken')
    next.giveBack('well')
    expect(given.at(-1)).toBe('connection 2 well')
  })

  it('asks again where none could be lent', async () => {
    let isUp = false
    const loan = createSharedLoan(async () => {
      if (!isUp) throw new Error('down')
      return { sql: 'up' as unknown as ReservedSql, giveBack: () => {} }
    })
    await expect(loan.borrow()).rejects.toThrow('down')
    isUp = true
    expect((await loan.borrow()).sql).toBe('up')
  })
})
