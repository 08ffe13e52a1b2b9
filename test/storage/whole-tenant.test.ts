import { expect, it } from 'vitest'
import { defaultMember, defaultZones } from '../../src/permissions/index.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase, testKey } from '../helpers/each-database.ts'
import { seededTenants, seedInstallation } from '../helpers/seed-installation.ts'

eachDatabase('a tenant that is read whole', (open) => {
  it('is what its parts are, each read by itself, and nothing of another', async () => {
    const { where, close } = await open()
    await close()
    await seedInstallation(where)
    const again = await openStorage(where, createVault([testKey]))
    try {
      for (const id of seededTenants) {
        await again.tenants.update(id, { look: { name: 'N “é” 🦊', icon: null } as never, aliasesLocked: id === 'T1' })
        await again.zones.save({ tenantId: id, id: 'Z0', name: `of ${id}` } as never)
        for (const name of ['b', 'a10', 'a9']) {
          await again.catalogue.saveService({ tenantId: id, id: `S-${name}`, name } as never)
        }
        const whole = await again.tenants.whole(id, 'U1')
        expect(whole).toEqual({
          tenant: await again.tenants.find(id),
          services: await again.catalogue.services(id),
          clusters: await again.catalogue.clusters(id),
          backupTargets: await again.catalogue.backupTargets(id),
          integrations: await again.integrations.list(id),
          aliases: await again.aliases.list(id),
          zones: await again.zones.list(id),
          channels: await again.tenants.channelDefaults(id),
          member: await again.members.findBySlackId(id, 'U1'),
          size: expect.any(Number),
        })
        expect(whole?.member).not.toBeNull()
        expect(whole?.services.map(({ name }) => name)).toEqual(['a9', 'a10', 'b', 'user-api'])
      }
      expect((await again.tenants.whole('T1'))?.member).toBeNull()
      expect((await again.tenants.whole('T1', 'U404'))?.member).toBeNull()
      expect(await again.tenants.whole('T404', 'U1')).toBeNull()
    } finally {
      await again.close()
    }
  })

  it('shares what many have alike, which nobody can change by mistake', async () => {
    const { storage } = await open()
    let made = 0
    for (const tenantId of ['T1', 'T2']) {
      await createTenant(storage, tenantId)
      const newId = () => {
        made += 1
        return `Z${10 + made}`
      }
      for (const zone of defaultZones(tenantId, newId)) await storage.zones.save(zone)
      await storage.members.create(
        defaultMember('company', 'member', { tenantId, id: `M-${tenantId}`, slackUserId: 'U1', name: tenantId }),
      )
    }
    const [one, other] = await Promise.all(['T1', 'T2'].map((id) => storage.tenants.whole(id, 'U1')))
    const groups = one?.member?.groups as string[]
    expect(one?.zones.map(({ tenantId }) => tenantId)).toEqual(one?.zones.map(() => 'T1'))
    expect(other?.zones.map(({ tenantId }) => tenantId)).toEqual(other?.zones.map(() => 'T2'))
    expect(new Set([...(one?.zones ?? []), ...(other?.zones ?? [])].map(({ id }) => id)).size).toBe(made)
    expect(one?.zones[0]?.environments).toBe(other?.zones[0]?.environments)
    expect([one?.member?.name, other?.member?.name]).toEqual(['T1', 'T2'])
    expect(() => groups.push('seniors')).toThrow(TypeError)
  })
})
