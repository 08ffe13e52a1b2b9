import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createTenant, newAction } from '../helpers/actions.ts'
import { openCutOffPostgres } from '../helpers/cut-off-postgres.ts'
import { hasPostgres } from '../helpers/fresh-postgres.ts'

describe.skipIf(!hasPostgres())('connections to Postgres that break while they rest', () => {
  it('cost at most the call that meets them, and never the process', { timeout: 60_000 }, async () => {
    const { storage, cut, close } = await openCutOffPostgres()
    onTestFinished(close)
    await createTenant(storage)
    // Often enough that every statement is a short message by then.
    for (let each = 0; each < 5; each += 1) await storage.ledger.accept(newAction())
    expect(await storage.tenants.find('T1')).not.toBeNull()
    for (let round = 0; round < 2; round += 1) {
      cut(true)
      await Promise.all([
        expect(storage.ledger.accept(newAction())).rejects.toThrow('database'),
        expect(storage.tenants.list()).rejects.toThrow('database'),
        expect(storage.tenants.find('T1')).rejects.toThrow('database'),
        expect(storage.ping()).rejects.toThrow('database'),
      ])
      cut(false)
      await vi.waitFor(() => storage.ledger.accept(newAction()), 15_000)
      await vi.waitFor(() => storage.tenants.list(), 15_000)
      // Never "nothing is there" for want of the tenant on a connection that came anew.
      await vi.waitFor(async () => expect(await storage.tenants.find('T1')).not.toBeNull(), 15_000)
    }
    expect((await storage.ledger.list('T1', { limit: 100 })).length).toBeGreaterThanOrEqual(7)
  })
})
