import { expect, it } from 'vitest'
import { phrase } from '../../src/texts/phrase.ts'
import { newAction } from '../helpers/actions.ts'
import { startCutOffRoad } from '../helpers/cut-off-road.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { devops, people, type RunningRoad, team } from '../helpers/start-road.ts'

const minute = 60_000
const title = phrase('tell.nobody')

/** What a process that died was to tell. */
function decided(nox: RunningRoad, over: Parameters<typeof newAction>[0] = {}) {
  const { ts } = nox.double.say(team, people.alice, devops, 'an order')
  const plan = { kind: 'tell', result: 'refused', details: {}, answer: { kind: 'refusal', title } } as const
  return newAction({
    userId: people.bob,
    memberId: people.bob,
    place: { channel: 'slack', conversationId: devops, threadTs: ts, kind: 'channel' },
    plan,
    now: Date.now(),
    leaseMs: 0,
    ...over,
  })
}

const callsOf = (nox: RunningRoad, method: string) => nox.double.traces.filter(({ name }) => name === method)
/** As a lease that has run out: what is still running is taken up again. */
async function leaseAgain(nox: RunningRoad) {
  const { ledger } = nox.services.storage
  for (const action of await ledger.list('T1', { states: ['running'], limit: 10 }))
    await ledger.release('T1', action.id, action.fence)
  await nox.actions.recovery.look()
}
const stateOf = async (nox: RunningRoad, id: string) => (await nox.services.storage.ledger.find('T1', id))?.state
const newestRecord = async (nox: RunningRoad) => (await nox.services.storage.audit.list('T1', { limit: 1 }))[0]

eachDatabase('what nobody can be told', (open) => {
  it('ends at once, on record, where its channel is closed and its person gone', async () => {
    const nox = await startCutOffRoad(open)
    nox.double.closeChannel(team, '#devops', 'archived')
    await nox.double.deactivate(people.bob)
    const order = decided(nox)
    await nox.services.storage.ledger.accept(order)
    await nox.actions.recovery.look()
    await expect.poll(() => stateOf(nox, order.id), { timeout: 5_000 }).toBe('refused')
    expect(await newestRecord(nox)).toMatchObject({ result: 'refused', details: { untold: 'user_disabled' } })
    await leaseAgain(nox)
    expect(callsOf(nox, 'conversations.open')).toHaveLength(1)
  })

  it('is tried again while it might pass, and ends after half an hour', async () => {
    const nox = await startCutOffRoad(open)
    await nox.useToken('xoxb-unknown')
    const [fresh, old] = [decided(nox), decided(nox, { now: Date.now() - 31 * minute })]
    await nox.services.storage.ledger.acceptAll([fresh, old])
    await nox.actions.recovery.look()
    await expect.poll(() => stateOf(nox, old.id), { timeout: 5_000 }).toBe('refused')
    expect(await newestRecord(nox)).toMatchObject({ actionId: old.id, details: { untold: 'invalid_auth' } })
    await expect.poll(() => callsOf(nox, 'chat.postMessage').length).toBe(2)
    await leaseAgain(nox)
    await expect.poll(() => callsOf(nox, 'chat.postMessage').length).toBe(3)
    expect(await stateOf(nox, fresh.id)).toBe('running')
  })

  it('is not told as done: of admins who were to learn something, none could', async () => {
    const nox = await startCutOffRoad(open)
    await nox.double.deactivate(people.carol)
    const answer = { kind: 'outcome', title: phrase('tell.sent', { people: 'Carol' }) } as const
    const directs = { userIds: [people.carol], answer }
    const order = decided(nox, { plan: { kind: 'tell', answer, result: 'done', details: {}, directs } })
    await nox.services.storage.ledger.accept(order)
    await nox.actions.recovery.look()
    await nox.answer(order.place.threadTs ?? '', (text) => text.includes('Aucun admin'))
    await expect.poll(() => stateOf(nox, order.id), { timeout: 5_000 }).toBe('failed')
    expect(await newestRecord(nox)).toMatchObject({ result: 'failed', details: { untold: 'user_disabled' } })
  })

  it('tells admins once, however often the thread is tried', async () => {
    const nox = await startCutOffRoad(open)
    const answer = { kind: 'outcome', title: phrase('tell.sent', { people: 'Carol' }) } as const
    const directs = { userIds: [people.carol], answer }
    const order = decided(nox, {
      plan: { kind: 'tell', answer, result: 'done', details: {}, directs },
      place: { channel: 'slack', conversationId: devops, threadTs: '1700000000.000001', kind: 'channel' },
    })
    await nox.services.storage.ledger.accept(order)
    const tries = () =>
      callsOf(nox, 'chat.postMessage').filter(({ response }) => JSON.stringify(response).includes('thread_not_found'))
    const triedAgain = async () => {
      await leaseAgain(nox)
      return tries().length
    }
    await expect.poll(triedAgain, { timeout: 5_000 }).toBeGreaterThan(2)
    expect(nox.double.messages(nox.double.directMessages(team, people.carol))).toHaveLength(1)
  })
})
