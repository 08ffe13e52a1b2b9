import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry, newAction } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { type FreshPostgres, freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'
import { readInstallation, seededTenants, seedInstallation } from '../helpers/seed-installation.ts'
import { startTransactionPooler, type TransactionPooler } from '../helpers/transaction-pooler.ts'

describe.skipIf(!hasPostgres())('behind a pooler that hands out transactions', () => {
  let database: FreshPostgres
  let pooler: TransactionPooler
  const where = () => ({ url: pooler.url, pooling: 'transaction' as const })
  const open = () => openStorage(where(), createVault([testKey]))
  beforeAll(async () => {
    database = await freshPostgres()
    pooler = await startTransactionPooler(database.url, 8)
    // Several replicas start on an empty database at once: one migrates, the others wait for it.
    const starts = await Promise.all([open(), open(), open()])
    await Promise.all(starts.map((each) => each.close()))
    await seedInstallation(where())
  }, 60_000)
  afterAll(async () => {
    await pooler?.close()
    await database?.drop()
  })

  it('a whole installation is written and read, and its chains hold', async () => {
    const seen = await readInstallation(where())
    expect(seen.map((each) => [each.tenant.id, each.actions.length, each.chain.ok])).toEqual(
      seededTenants.map((id) => [id, 250, true]),
    )
  })

  it('tenants stay apart while each transaction gets another session', async () => {
    const storage = await open()
    try {
      const ids = Array.from({ length: 20 }, (_, at) => `P${at}`)
      await Promise.all(ids.map((id) => createTenant(storage, id)))
      await Promise.all(
        Array.from({ length: 200 }, async (_, at) => {
          const tenantId = ids[(at * 7) % ids.length] ?? ''
          const order = newAction({ tenantId })
          expect((await storage.ledger.accept(order)).kind).toBe('accepted')
          expect(await storage.tenants.find(tenantId)).toMatchObject({ id: tenantId })
          const ending = { state: 'done', audit: entry({ at }), giveBack: false, now: 3_000 } as const
          expect(await storage.ledger.finish(tenantId, order.id, 1, ending)).toBe(true)
          const mine = await storage.ledger.list(tenantId, { limit: 100 })
          expect(new Set(mine.map((each) => each.tenantId))).toEqual(new Set([tenantId]))
        }),
      )
      for (const id of ids) expect(await storage.audit.verify(id)).toEqual({ ok: true, count: 10, brokenAt: null })
      await storage.keepMonths(Date.now())
    } finally {
      await storage.close()
    }
    expect(pooler.counts.moved).toBeGreaterThan(500)
    expect(pooler.leftovers).toEqual([])
  })

  it('a tenant id is data, whatever stands in it', async () => {
    const storage = await open()
    try {
      for (const id of ["T1', true), set_config('role', 'nox_backup", "'; reset role; --", 'Übung 日本 \\']) {
        expect(await storage.tenants.find(id)).toBeNull()
        expect(await storage.ledger.list(id, { limit: 10 })).toEqual([])
        await createTenant(storage, id)
        expect(await storage.tenants.find(id)).toMatchObject({ id })
      }
    } finally {
      await storage.close()
    }
    expect(pooler.leftovers).toEqual([])
  })

  it('a NOX that counts on sessions is refused with a sentence, not served wrongly', async () => {
    const storage = await openStorage({ url: pooler.url }, createVault([testKey]))
    try {
      await expect(storage.tenants.find('T1')).rejects.toThrow(/DATABASE_POOLING=transaction/)
    } finally {
      await storage.close()
    }
  })
})
