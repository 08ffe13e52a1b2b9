import { expect, it, onTestFinished } from 'vitest'
import type { Clusters } from '../../src/capabilities/clusters.ts'
import { NoxError } from '../../src/errors.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { people, startRoad } from '../helpers/start-road.ts'

/** A cluster that answers nothing until it is let go, and then as one that is cut off. */
function silentCluster() {
  const { promise, resolve } = Promise.withResolvers<void>()
  const clusters = new Proxy({} as Clusters, {
    get: () => async () => {
      await promise
      throw new NoxError('unreachable', 'connection refused')
    },
  })
  return { clusters, letGo: resolve }
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
    await nox.answer(second, (text) => text.includes('En attente') && /\b1\sordre\sde votre/.test(text))
    const third = await restart()
    await nox.answer(third, (text) => /\b2\sordres\sde votre/.test(text))
    const [, waiting] = await storage.ledger.list('T1', { limit: 9 })
    await nox.press(people.alice, waiting?.id ?? '', 'cancel')
    await nox.answer(second, (text) => text.includes('Annulé'))
    // What asks no cluster for anything goes on meanwhile.
    const usage = await nox.say(people.alice, '<@U0NOXSOCX> usage')
    await nox.answer(usage, (text) => text.includes('aujourd’hui'))
    letGo()
    await nox.answer(third, (text) => text.includes('ne répond pas') || text.includes('Échec'))
  })
})
