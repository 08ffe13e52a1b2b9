import { afterEach, describe, expect, it, vi } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, newAction } from '../helpers/actions.ts'
import { testKey } from '../helpers/each-database.ts'
import { type FreshPostgres, freshPostgres, hasPostgres } from '../helpers/fresh-postgres.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'

describe.skipIf(!hasPostgres())('connections to Postgres that break while they rest', () => {
  let database: FreshPostgres
  let proxy: TcpProxy
  let storage: Storage
  afterEach(async () => {
    await storage.close()
    await proxy.close()
    await database.drop()
  })

  it('cost at most the call that meets them, and never the process', { timeout: 60_000 }, async () => {
    database = await freshPostgres()
    const url = new URL(database.url)
    proxy = await startTcpProxy(url.hostname, Number(url.port))
    url.hostname = '127.0.0.1'
    url.port = String(proxy.port)
    storage = await openStorage({ url: url.toString() }, createVault([testKey]))
    await createTenant(storage)
    // Often enough that every statement is a short message by then.
    for (let each = 0; each < 5; each += 1) await storage.ledger.accept(newAction())
    expect(await storage.tenants.find('T1')).not.toBeNull()
    for (let round = 0; round < 2; round += 1) {
      proxy.cut(true)
      await Promise.all([
        expect(storage.ledger.accept(newAction())).rejects.toThrow('database'),
        expect(storage.tenants.list()).rejects.toThrow('database'),
        expect(storage.tenants.find('T1')).rejects.toThrow('database'),
        expect(storage.ping()).rejects.toThrow('database'),
      ])
      proxy.cut(false)
      await vi.waitFor(() => storage.ledger.accept(newAction()), 15_000)
      await vi.waitFor(() => storage.tenants.list(), 15_000)
      // Never "nothing is there" for want of the tenant on a connection that came anew.
      await vi.waitFor(async () => expect(await storage.tenants.find('T1')).not.toBeNull(), 15_000)
    }
    expect((await storage.ledger.list('T1', { limit: 100 })).length).toBeGreaterThanOrEqual(7)
  })
})
