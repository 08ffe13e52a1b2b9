import { expect, it } from 'vitest'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase, testKey } from '../helpers/each-database.ts'

eachDatabase('letters of alerts', (open, dialect) => {
  it('are counted by tenant and by day, and nobody gets one more', async () => {
    const { storage } = await open()
    for (const tenant of ['T1', 'T2']) await createTenant(storage, tenant)
    const { letters } = storage
    const taken = await Promise.all(Array.from({ length: 30 }, () => letters.take('T1', '2026-11-24', 10)))
    expect(taken.filter(Boolean)).toHaveLength(10)
    expect(await letters.take('T1', '2026-11-25', 10)).toBe(true)
    expect(await letters.take('T2', '2026-11-24', 10)).toBe(true)
  })

  it('are counted for all replicas, and past a restart', async () => {
    const { storage, where, close } = await open()
    await createTenant(storage, 'T1')
    for (let n = 0; n < 9; n += 1) expect(await storage.letters.take('T1', '2026-11-24', 10)).toBe(true)
    if (dialect === 'sqlite') await close()
    const other = await openStorage(where, createVault([testKey]))
    expect(await other.letters.take('T1', '2026-11-24', 10)).toBe(true)
    expect(await other.letters.take('T1', '2026-11-24', 10)).toBe(false)
    if (dialect === 'postgres') expect(await storage.letters.take('T1', '2026-11-24', 10)).toBe(false)
    await other.close()
  })
})
