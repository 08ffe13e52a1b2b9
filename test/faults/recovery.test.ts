import { expect, it, onTestFinished } from 'vitest'
import type { Clusters } from '../../src/capabilities/clusters.ts'
import { NoxError } from '../../src/errors.ts'
import { newAction } from '../helpers/actions.ts'
import { startCutOffRoad } from '../helpers/cut-off-road.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { devops, people, type RunningRoad, startRoad } from '../helpers/start-road.ts'

/** An order that a process accepted before it died. */
function orphan(nox: RunningRoad, over: Parameters<typeof newAction>[0] = {}) {
  const { ts } = nox.double.say('T0SOCIETEX', people.alice, devops, 'an order')
  return newAction({
    userId: people.alice,
    memberId: people.alice,
    place: { channel: 'slack', conversationId: devops, threadTs: ts, kind: 'channel' },
    args: { service: 'user-api', tag: 'v2.4.0', environment: 'staging' },
    leaseMs: 0,
    ...over,
  })
}

const threadOf = (action: ReturnType<typeof orphan>) => action.place.threadTs ?? ''

eachDatabase('a clock that jumps ahead', (open) => {
  it('ends a lease early, and takes no order from the process that is at it: it is done once', async () => {
    const { storage } = await open()
    const { promise, resolve } = Promise.withResolvers<void>()
    const asked: string[] = []
    const clusters = new Proxy({} as Clusters, {
      get: (_target, name) => async () => {
        asked.push(String(name))
        await promise
        throw new NoxError('unreachable', 'connection refused')
      },
    })
    const nox = await startRoad(storage, clusters)
    onTestFinished(nox.stop)
    const thread = await nox.say(people.alice, '<@U0NOXSOCX> pods de billing en staging')
    await expect.poll(() => asked).toHaveLength(1)
    const [action] = await storage.ledger.list('T1', { limit: 1 })
    if (!action) throw new Error('nothing runs')
    // As the database sees a lease when its clock is suddenly an hour later: over.
    await storage.ledger.release('T1', action.id, action.fence)
    await nox.actions.recovery.look()
    expect(await storage.ledger.find('T1', action.id)).toMatchObject({ state: 'running', fence: action.fence })
    resolve()
    await nox.answer(thread, (text) => text.includes('ne répond pas') || text.includes('Échec'))
    expect(asked).toHaveLength(1)
  })
})

eachDatabase('after a crash', (open) => {
  it('an order that was accepted but not begun is run and answered', async () => {
    const nox = await startCutOffRoad(open)
    const order = orphan(nox, { command: 'usage', args: {}, environment: null, resource: null })
    await nox.services.storage.ledger.accept(order)
    await nox.actions.recovery.look()
    await nox.answer(threadOf(order), (text) => text.includes('aujourd’hui'))
    await expect
      .poll(async () => (await nox.services.storage.ledger.find('T1', order.id))?.state, { timeout: 5_000 })
      .toBe('done')
  })

  it('a write whose effect nobody can tell is not repeated: it is told as unknown, and people decide', async () => {
    const nox = await startCutOffRoad(open)
    const { ledger } = nox.services.storage
    const order = orphan(nox)
    await ledger.accept(order)
    await ledger.setStep('T1', order.id, 1, 'step.patching')
    await nox.actions.recovery.look()
    await nox.answer(threadOf(order), (text) => text.includes('Issue inconnue') && text.includes('Revérifier'))
    await expect.poll(async () => (await ledger.find('T1', order.id))?.state, { timeout: 5_000 }).toBe('unknown')

    await nox.press(people.bob, order.id, 'finished')
    expect((await ledger.find('T1', order.id))?.state).toBe('unknown')
    await nox.press(people.alice, order.id, 'finished')
    await nox.press(people.alice, order.id, 'finished')
    await nox.answer(threadOf(order), (text) => text.includes('Marqué comme fait'))
    expect((await ledger.find('T1', order.id))?.state).toBe('done')
    const results = (await nox.services.storage.audit.list('T1', { limit: 10 })).map(({ result }) => result)
    expect(results).toEqual(['done', 'unknown'])
  })

  it('a question that nobody answered in time ends, is told and audited', async () => {
    const nox = await startCutOffRoad(open)
    const { ledger } = nox.services.storage
    const order = orphan(nox)
    await ledger.accept(order)
    await ledger.wait('T1', order.id, 1, { waitingFor: 'confirmation', waiting: {}, expiresAt: 2 })
    await nox.actions.recovery.look()
    await nox.answer(threadOf(order), (text) => text.includes('Expiré'))
    expect((await ledger.find('T1', order.id))?.state).toBe('expired')
  })

  it('two processes that look at once take each order once', async () => {
    const nox = await startCutOffRoad(open)
    const orders = Array.from({ length: 10 }, () =>
      orphan(nox, { command: 'usage', args: {}, environment: null, resource: null }),
    )
    for (const order of orders) await nox.services.storage.ledger.accept(order)
    await Promise.all([nox.actions.recovery.look(), nox.actions.recovery.look(), nox.actions.recovery.look()])
    await expect
      .poll(async () => (await nox.services.storage.ledger.list('T1', { states: ['done'], limit: 50 })).length, {
        timeout: 8_000,
      })
      .toBe(10)
    const threads = orders.map(threadOf)
    const answers = nox.double.messages(devops).filter((message) => threads.includes(message.threadTs ?? ''))
    expect(answers).toHaveLength(10)
  })
})
