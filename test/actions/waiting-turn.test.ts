import { expect, it, onTestFinished } from 'vitest'
import type { ClusterConnection, Clusters } from '../../src/capabilities/clusters.ts'
import { NoxError } from '../../src/errors.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { people, startRoad } from '../helpers/start-road.ts'

/** A cluster that answers nothing until it is let go, and then as one that is cut off. */
function silentCluster() {
  const { promise, resolve } = Promise.withResolvers<void>()
  /** What it was asked, and about which cluster. */
  const asked: string[] = []
  const clusters = new Proxy({} as Clusters, {
    get: (_target, name) => async (connection: ClusterConnection) => {
      asked.push(`${String(name)} ${connection.cluster.id}`)
      await promise
      throw new NoxError('unreachable', 'connection refused')
    },
  })
  return { clusters, asked, letGo: resolve }
}

eachDatabase('an order for which there is no room', (open) => {
  it('waits, says how many go first, can be cancelled, and starts once there is', async () => {
    const { storage } = await open()
    const { clusters, letGo } = silentCluster()
    const nox = await startRoad(storage, clusters, { all: 10, tenant: 10, cluster: 1 })
    onTestFinished(nox.stop)
    const restart = () => nox.say(people.alice, '<@U0NOXSOCX> redémarre billing en staging')
    await restart()
    await expect.poll(async () => (await storage.ledger.list('T1', { limit: 9 })).length).toBe(1)
    const second = await restart()
    await nox.answer(second, (text) => text.includes('En attente') && /\b1\sordre\spasse avant/.test(text))
    const third = await restart()
    await nox.answer(third, (text) => /\b2\sordres\spassent avant/.test(text))
    const [, waiting] = await storage.ledger.list('T1', { limit: 9 })
    await nox.press(people.alice, waiting?.id ?? '', 'cancel')
    await nox.answer(second, (text) => text.includes('Annulé'))
    // What asks no cluster for anything goes on meanwhile.
    const usage = await nox.say(people.alice, '<@U0NOXSOCX> usage')
    await nox.answer(usage, (text) => text.includes('aujourd’hui'))
    letGo()
    await nox.answer(third, (text) => text.includes('ne répond pas') || text.includes('Échec'))
  })
  it('waits behind changes where it is one, on the cluster that it names; what reads has turns of its own', async () => {
    const { storage } = await open()
    const { clusters, asked, letGo } = silentCluster()
    const nox = await startRoad(storage, clusters, { all: 10, tenant: 2, cluster: 1 })
    onTestFinished(nox.stop)
    const [first] = await storage.catalogue.clusters('T1')
    const [billing] = (await storage.catalogue.services('T1')).filter(({ id }) => id === 'billing')
    if (!first || !billing) throw new Error('nothing is seeded')
    await storage.catalogue.saveCluster(
      { ...first, id: 'c2', name: 'dr-eu', isDefault: false },
      { server: 'https://127.0.0.1:1', token: 'none' },
    )
    const targets = billing.targets.flatMap((target) => [target, { ...target, clusterId: 'c2' }])
    await storage.catalogue.saveService({ ...billing, targets })
    nox.services.knowledge.drop('T1')
    await nox.say(people.alice, '<@U0NOXSOCX> redémarre billing en staging sur le cluster prod-eu')
    await expect.poll(() => asked).toContain('deployment c1')
    await nox.say(people.alice, '<@U0NOXSOCX> redémarre billing en staging sur le cluster dr-eu')
    await expect.poll(() => asked).toContain('deployment c2')
    const third = await nox.say(people.alice, '<@U0NOXSOCX> redémarre billing en staging sur le cluster dr-eu')
    await nox.answer(third, (text) => text.includes('En attente'))
    await nox.say(people.alice, '<@U0NOXSOCX> pods de billing en staging')
    await expect.poll(() => asked.filter((each) => !/^(deployment|revisions) /.test(each))).toHaveLength(1)
    letGo()
    await nox.answer(third, (text) => text.includes('ne répond pas') || text.includes('Échec'))
  })
})
