import { expect, it } from 'vitest'
import { untoldDuty } from '../../src/actions/untold-questions.ts'
import type { WaitingFor } from '../../src/domain/action.ts'
import { newAction } from '../helpers/actions.ts'
import { startCutOffRoad } from '../helpers/cut-off-road.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { devops, people, type RunningRoad, team } from '../helpers/start-road.ts'

const minute = 60_000

/** A question that a process wrote down, and died before it asked it. */
async function cutOff(nox: RunningRoad, waitingFor: WaitingFor = 'confirmation') {
  const { ledger } = nox.services.storage
  const { ts } = nox.double.say(team, people.alice, devops, 'an order')
  const order = newAction({
    userId: people.bob,
    memberId: people.bob,
    place: { channel: 'slack', conversationId: devops, threadTs: ts, kind: 'channel' },
    now: Date.now() - minute,
  })
  await ledger.accept(order)
  const waiting = { waitingFor, waiting: {}, expiresAt: Date.now() + 8 * 60 * minute }
  expect(await ledger.wait('T1', order.id, 1, waiting)).toBe(true)
  return { id: order.id, ts }
}

/** Looks as the process would at such a moment. */
function looker(nox: RunningRoad) {
  let now = Date.now()
  Object.assign(nox.services, { now: () => now })
  const duty = untoldDuty(nox.services)
  return async (laterMs = 0) => {
    now += laterMs
    await duty.round(new AbortController().signal)
    await duty.settled?.()
  }
}

const posts = (nox: RunningRoad) => nox.double.traces.filter(({ name }) => name === 'chat.postMessage')
const stateOf = async (nox: RunningRoad, id: string) => (await nox.services.storage.ledger.find('T1', id))?.state

eachDatabase('a question that was cut off before it was asked', (open) => {
  it('is asked, once', async () => {
    const nox = await startCutOffRoad(open)
    const look = looker(nox)
    const { ts, id } = await cutOff(nox)
    await Promise.all([look(), look()])
    await look(minute)
    expect(nox.double.messages(devops).filter((each) => each.threadTs === ts && each.ts !== ts)).toHaveLength(1)
    expect(await stateOf(nox, id)).toBe('waiting')
  })

  it('ends, on record, where its channel is closed and its person gone', async () => {
    const nox = await startCutOffRoad(open)
    const look = looker(nox)
    nox.double.closeChannel(team, '#devops', 'archived')
    nox.double.deactivate(people.bob)
    const { id } = await cutOff(nox)
    await look()
    expect(await stateOf(nox, id)).toBe('failed')
    const [record] = await nox.services.storage.audit.list('T1', { limit: 1 })
    expect(record).toMatchObject({ actionId: id, result: 'failed', details: { untold: 'user_disabled' } })
    const tried = posts(nox).length
    await look(60 * minute)
    expect(posts(nox)).toHaveLength(tried)
  })

  it('is tried ever more seldom while it might pass, and asked as soon as it has', async () => {
    const nox = await startCutOffRoad(open)
    const look = looker(nox)
    const [installation] = await nox.services.storage.installations.listByTenant('T1')
    await nox.useToken('xoxb-unknown')
    const { id, ts } = await cutOff(nox)
    for (let n = 0; n < 200; n += 1) await look(3_000)
    expect(posts(nox).length).toBeGreaterThan(3)
    expect(posts(nox).length).toBeLessThan(12)
    expect(await stateOf(nox, id)).toBe('waiting')
    await nox.useToken(installation?.botToken ?? '')
    await look(6 * minute)
    await nox.answer(ts, () => true)
  })

  it('asks an approver directly once, though the process died before it noted that it had', async () => {
    const nox = await startCutOffRoad(open)
    const look = looker(nox)
    const { id } = await cutOff(nox, 'approval')
    const carols = () => nox.double.messages(nox.double.directMessages(team, people.carol))
    await look()
    const asked = carols().length
    expect(asked).toBeGreaterThan(0)
    await nox.services.storage.ledger.setWaitingMessage('T1', id, null as never)
    await look(minute)
    expect(carols()).toHaveLength(asked)
  })
})
