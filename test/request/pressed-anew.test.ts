import { expect, it } from 'vitest'
import type { ActionState } from '../../src/domain/action.ts'
import { entry, newAction } from '../helpers/actions.ts'
import { startCutOffRoad } from '../helpers/cut-off-road.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { devops, people, type RunningRoad } from '../helpers/start-road.ts'

const args = { service: 'user-api', tag: 'v2.4.0', environment: 'production' }

/** A press of a button that gives one order; its id is Slack's. */
function press(nox: RunningRoad, pressId: string, once = 'R1') {
  const { ts } = nox.double.say('T0SOCIETEX', people.bob, devops, 'an order')
  return nox.road.handle({
    tenantId: 'T1',
    userId: people.bob,
    eventId: `once:${once}`,
    place: { channel: 'slack', conversationId: devops, threadTs: ts, kind: 'channel' },
    receivedAt: Date.now(),
    input: { kind: 'order', order: { command: 'deploy', args }, language: 'fr', asks: true, pressId },
  })
}

const orders = async (nox: RunningRoad) =>
  (await nox.services.storage.ledger.list('T1', { limit: 100 })).map(({ number, state }) => `${number} ${state}`)
const toBe = (nox: RunningRoad, states: readonly string[]) => expect.poll(() => orders(nox)).toEqual(states)

/** What waits comes to nothing. */
async function end(nox: RunningRoad, state: ActionState): Promise<string> {
  const { ledger } = nox.services.storage
  const [action] = await ledger.list('T1', { states: ['waiting'], limit: 1 })
  if (!action) throw new Error('nothing waits')
  if (state === 'expired') await ledger.expireOverdue(Date.now() + 24 * 3_600_000, 10)
  else await ledger.settle('T1', action.id, { state, audit: entry(), giveBack: false, now: Date.now() })
  return action.id
}

eachDatabase('a button that gives one order', (open) => {
  it.each(['expired', 'cancelled', 'refused', 'failed'] as const)(
    'gives another once that is over: %s',
    async (state) => {
      const nox = await startCutOffRoad(open)
      await press(nox, 'first')
      await toBe(nox, ['1 waiting'])
      await press(nox, 'second')
      await toBe(nox, ['1 waiting'])
      await end(nox, state)
      await Promise.all([press(nox, 'third'), press(nox, 'fourth')])
      await toBe(nox, ['2 waiting', `1 ${state}`])
    },
  )

  it('gives none for a press that Slack delivers twice, whatever became of it since', async () => {
    const nox = await startCutOffRoad(open)
    await press(nox, 'first')
    await toBe(nox, ['1 waiting'])
    await end(nox, 'expired')
    await press(nox, 'first')
    await press(nox, 'second')
    await toBe(nox, ['2 waiting', '1 expired'])
    await end(nox, 'refused')
    await press(nox, 'first')
    await press(nox, 'second')
    expect(await orders(nox)).toEqual(['2 refused', '1 expired'])
  })

  it('gives none where the button under what became of it did, and none after what was done', async () => {
    const nox = await startCutOffRoad(open)
    await press(nox, 'first')
    await toBe(nox, ['1 waiting'])
    const first = await end(nox, 'expired')
    await press(nox, 'again', `${first}:again`)
    await toBe(nox, ['2 waiting', '1 expired'])
    await press(nox, 'second')
    expect(await orders(nox)).toEqual(['2 waiting', '1 expired'])
    await end(nox, 'done')
    await press(nox, 'third')
    expect(await orders(nox)).toEqual(['2 done', '1 expired'])
  })

  it.each(['ask', 'override'])('gives none beside what a button under the refusal did: %s', async (button) => {
    const nox = await startCutOffRoad(open)
    const { ledger } = nox.services.storage
    await press(nox, 'first')
    await toBe(nox, ['1 waiting'])
    const first = await end(nox, 'refused')
    const asked = newAction({ eventId: `${button}:${first}`, now: Date.now() })
    await ledger.accept(asked)
    await press(nox, 'second')
    expect(await orders(nox)).toEqual(['2 running', '1 refused'])
    // That came to nothing as well.
    await ledger.finish('T1', asked.id, 1, { state: 'cancelled', audit: entry(), giveBack: false, now: Date.now() })
    await press(nox, 'second')
    await press(nox, 'third')
    await toBe(nox, ['3 waiting', '2 cancelled', '1 refused'])
  })
})
