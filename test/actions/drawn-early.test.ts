import { expect, it, onTestFinished } from 'vitest'
import type { Clusters } from '../../src/capabilities/clusters.ts'
import type { LiveMessage } from '../../src/domain/messenger.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { devops, people, startRoad } from '../helpers/start-road.ts'

/** A storage whose disk takes until it is let go, or fails then: rows are written, and not durable before. */
function slowDisk(storage: Storage) {
  const disk = Promise.withResolvers<void>()
  disk.promise.catch(() => {})
  const { ledger } = storage
  const accept: typeof ledger.accept = async (...args) => {
    const accepted = await ledger.accept(...args)
    await disk.promise
    return accepted
  }
  return { storage: { ...storage, ledger: { ...ledger, accept } } as Storage, disk }
}

eachDatabase('the answer of a read', (open) => {
  const start = async () => {
    const { storage, disk } = slowDisk((await open()).storage)
    const nox = await startRoad(storage, {} as Clusters)
    onTestFinished(nox.stop)
    const { live } = nox.services.messenger
    const finished: string[] = []
    nox.services.messenger.live = (...args) => {
      const message: LiveMessage = live(...args)
      const finish: LiveMessage['finish'] = (answer) => {
        finished.push(answer.kind)
        return message.finish(answer)
      }
      return { ...message, finish }
    }
    return { nox, disk, finished, storage }
  }

  it('is drawn while its order is made durable, and sent once it is', async () => {
    const { nox, disk, finished } = await start()
    const said = nox.say(people.alice, '<@U0NOXSOCX> whoami')
    await expect.poll(() => finished).toHaveLength(1)
    const before = nox.double.messages(devops).length
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(nox.double.messages(devops)).toHaveLength(before)
    disk.resolve()
    await nox.answer(await said, (text) => text.includes('Alice'))
  })

  it('is never sent where the disk failed, and its order stays to be done', async () => {
    const { nox, disk, finished, storage } = await start()
    const said = nox.say(people.alice, '<@U0NOXSOCX> whoami').catch((error: unknown) => error)
    await expect.poll(() => finished).toHaveLength(1)
    const before = nox.double.messages(devops).length
    disk.reject(new Error('the disk is full'))
    await said
    await nox.actions.runner.stop(1_000)
    expect(nox.double.messages(devops)).toHaveLength(before)
    expect(await storage.ledger.list('T1', { limit: 9 })).toMatchObject([{ state: 'running', messageTs: null }])
  })
})
