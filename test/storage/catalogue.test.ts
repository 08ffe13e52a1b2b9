import { expect, it } from 'vitest'
import type { Cluster } from '../../src/domain/catalogue.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const cluster: Cluster = {
  tenantId: 'T1',
  id: 'K1',
  name: 'prod',
  environments: ['production'],
  namespaces: [],
  isDefault: true,
  checkedAt: 1,
}

eachDatabase('what is noted of a cluster', (open) => {
  const opened = async () => {
    const { storage } = await open()
    for (const id of ['T1', 'T2']) {
      await createTenant(storage, id)
      await storage.catalogue.saveCluster({ ...cluster, tenantId: id }, { server: 'https://k', token: `of ${id}` })
    }
    return storage.catalogue
  }

  it('is of one tenant alone, and leaves the credentials', async () => {
    const catalogue = await opened()
    const note = (stands: Cluster): Cluster => ({ ...stands, failingSince: 5, failingFor: 'silent' })
    expect(await catalogue.noteCluster('T1', 'K1', note)).toEqual(note(cluster))
    expect(await catalogue.clusters('T1')).toEqual([note(cluster)])
    expect(await catalogue.clusters('T2')).toEqual([{ ...cluster, tenantId: 'T2' }])
    expect(await catalogue.clusterAccess('T1', 'K1')).toEqual({ server: 'https://k', token: 'of T1' })
  })

  it('changes nothing where there is nothing to change, or no such cluster', async () => {
    const catalogue = await opened()
    expect(await catalogue.noteCluster('T1', 'K1', () => null)).toBeNull()
    expect(await catalogue.noteCluster('T1', 'K2', (stands) => stands)).toBeNull()
    expect(await catalogue.clusters('T1')).toEqual([cluster])
  })

  it('is lost by none of those who note at the same moment', async () => {
    const catalogue = await opened()
    const notes = Array.from({ length: 12 }, () =>
      catalogue.noteCluster('T1', 'K1', (stands) => ({ ...stands, toldAt: (stands.toldAt ?? 0) + 1 })),
    )
    const made = (await Promise.all(notes)).filter((each) => each !== null)
    expect(made.length).toBeGreaterThan(0)
    expect(new Set(made.map(({ toldAt }) => toldAt)).size).toBe(made.length)
    expect((await catalogue.clusters('T1'))[0]?.toldAt).toBe(made.length)
  })
})
