import { describe, expect, it } from 'vitest'
import { createTenantKnowledge } from '../../src/actions/tenant-knowledge.ts'
import { keepRecent } from '../../src/domain/keep-recent.ts'
import { defaultMember } from '../../src/permissions/index.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase, testKey } from '../helpers/each-database.ts'

eachDatabase('what is known of a tenant', (open, dialect) => {
  const alice = defaultMember('company', 'admin', { tenantId: 'T1', id: 'M1', slackUserId: 'U1', name: 'Alice' })

  it('is read once with who writes, and anew once it was dropped', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await storage.members.create(alice)
    let reads = 0
    const tenants = {
      ...storage.tenants,
      whole: (...about: Parameters<typeof storage.tenants.whole>) => {
        reads += 1
        return storage.tenants.whole(...about)
      },
    }
    const members = { ...storage.members, findBySlackId: () => Promise.reject(new Error('it was read already')) }
    const knowledge = createTenantKnowledge({ changes: storage.changes, tenants, members })
    const both = await Promise.all([knowledge.snapshot('T1', 'U1'), knowledge.snapshot('T1', 'U1')])
    expect(both[0]).toBe(both[1])
    expect(await knowledge.member('T1', 'U1')).toEqual(alice)
    expect(reads).toBe(1)
    await storage.tenants.update('T1', { plan: 'enterprise' })
    knowledge.drop('T1')
    expect((await knowledge.snapshot('T1')).knowledge.tenant.plan).toBe('enterprise')
    await expect(knowledge.snapshot('T404')).rejects.toThrow('not known')
  })

  it.skipIf(dialect === 'sqlite')(
    'is not what it was before another process changed it',
    { timeout: 30_000 },
    async () => {
      const { storage, where } = await open()
      const other = await openStorage(where, createVault([testKey]))
      try {
        await createTenant(storage)
        await storage.members.create(alice)
        const knowledge = createTenantKnowledge(other)
        expect(await knowledge.member('T1', 'U1')).toMatchObject({ role: 'admin' })
        for (const role of ['guest', 'member', 'admin'] as const) {
          await storage.members.update({ ...alice, role })
          await expect.poll(async () => (await knowledge.member('T1', 'U1'))?.role, { timeout: 9_000 }).toBe(role)
        }
      } finally {
        await other.close()
      }
    },
  )
})

describe('values that are kept up to a size', () => {
  it('are those that were used last, and the newest whatever it takes', () => {
    const kept = keepRecent<string>(100)
    for (const key of ['a', 'b', 'c', 'd']) kept.set(key, key, 25)
    expect(kept.get('a')).toBe('a')
    kept.set('e', 'e', 25)
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => kept.get(key) !== undefined)).toEqual(['a', 'c', 'd', 'e'])
    kept.weigh('e', 'e', 75)
    expect(kept.size).toBe(100)
    expect(kept.get('d')).toBe('d')
    kept.weigh('d', 'of before', 5_000)
    expect(kept.size).toBe(100)
    kept.set('f', 'f', 1_000)
    expect(['a', 'c', 'd', 'e', 'f'].filter((key) => kept.get(key) !== undefined)).toEqual(['f'])
    kept.delete('f')
    expect(kept.size).toBe(0)
    expect(kept.get('f')).toBeUndefined()
  })
})
