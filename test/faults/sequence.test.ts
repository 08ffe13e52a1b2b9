import { expect, it } from 'vitest'
import { newAction } from '../helpers/actions.ts'
import { startCutOffRoad } from '../helpers/cut-off-road.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { devops, people, type RunningRoad } from '../helpers/start-road.ts'

/** Orders of one message that a process accepted before it died. */
async function leftBehind(nox: RunningRoad, commands: readonly string[]) {
  const { ts } = nox.double.say('T0SOCIETEX', people.alice, devops, 'some orders')
  const orders = commands.map((command, index) =>
    newAction({
      ...{ userId: people.alice, memberId: people.alice, command, args: {}, environment: null, resource: null },
      place: { channel: 'slack', conversationId: devops, threadTs: ts, kind: 'channel' },
      eventId: index === 0 ? 'Ev' : `Ev #${index + 1}`,
      origin: { step: { key: 'Ev', at: index + 1, of: commands.length } },
      isQueued: index > 0,
      leaseMs: 0,
    }),
  )
  await nox.services.storage.ledger.acceptAll(orders)
  return { thread: ts, orders }
}

const statesOf = async (nox: RunningRoad) =>
  [...(await nox.services.storage.ledger.list('T1', { limit: 20 }))]
    .reverse()
    .map(({ command, state }) => `${command} ${state}`)
const settled = (nox: RunningRoad, states: readonly string[]) =>
  expect.poll(() => statesOf(nox), { timeout: 8_000 }).toEqual(states)
const messagesIn = (nox: RunningRoad, thread: string) =>
  nox.double.messages(devops).filter((message) => message.threadTs === thread && message.ts !== thread)

eachDatabase('several orders after a crash', (open) => {
  it('are all run, in their order and once, where the process died before the first began', async () => {
    const nox = await startCutOffRoad(open)
    const { thread } = await leftBehind(nox, ['usage', 'whoami', 'usage'])
    expect(await statesOf(nox)).toEqual(['usage running', 'whoami queued', 'usage queued'])
    await Promise.all([nox.actions.recovery.look(), nox.actions.recovery.look()])
    await settled(nox, ['usage done', 'whoami done', 'usage done'])
    await nox.actions.recovery.look()
    expect(messagesIn(nox, thread)).toHaveLength(3)
    expect(await nox.services.storage.audit.verify('T1')).toMatchObject({ ok: true, count: 3 })
  })

  it('go on where the process died between two of them', async () => {
    const nox = await startCutOffRoad(open)
    const { thread, orders } = await leftBehind(nox, ['usage', 'whoami', 'usage'])
    const [first] = orders
    if (!first) throw new Error('no order')
    const { ledger, audit } = nox.services.storage
    const entry = { at: 1, actor: people.alice, actionId: first.id, actionNumber: 1, command: 'usage' }
    await ledger.finish('T1', first.id, 1, {
      state: 'done',
      audit: { ...entry, environment: null, resource: null, result: 'done', details: {} },
      giveBack: false,
      now: 2,
    })
    await Promise.all([1, 2, 3].map(() => nox.actions.recovery.look()))
    await settled(nox, ['usage done', 'whoami done', 'usage done'])
    expect(messagesIn(nox, thread)).toHaveLength(2)
    expect(await audit.verify('T1')).toMatchObject({ ok: true, count: 3 })
  })

  it('are told as not run where the one before them failed while nobody looked', async () => {
    const nox = await startCutOffRoad(open)
    const { thread, orders } = await leftBehind(nox, ['usage', 'whoami', 'usage'])
    const [first] = orders
    if (!first) throw new Error('no order')
    const entry = { at: 1, actor: people.alice, actionId: first.id, actionNumber: 1, command: 'usage' }
    await nox.services.storage.ledger.finish('T1', first.id, 1, {
      state: 'failed',
      audit: { ...entry, environment: null, resource: null, result: 'failed', details: {} },
      giveBack: false,
      now: 2,
    })
    await nox.actions.recovery.look()
    await settled(nox, ['usage failed', 'whoami cancelled', 'usage cancelled'])
    await nox.answer(thread, (text) => /2.ordres non lancés/.test(text) && text.includes('#2') && text.includes('#3'))
    await nox.actions.recovery.look()
    expect(messagesIn(nox, thread)).toHaveLength(1)
  })

  it('are held back while one before them is not decided, and told when it expires', async () => {
    const nox = await startCutOffRoad(open)
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> deplooy user-api v2.4.0 en staging puis usage')
    await settled(nox, ['deploy waiting', 'usage queued'])
    await nox.actions.recovery.look()
    expect(await statesOf(nox)).toEqual(['deploy waiting', 'usage queued'])
    await nox.services.storage.ledger.expireOverdue(Date.now() + 3_600_000, 10)
    await nox.actions.recovery.look()
    await settled(nox, ['deploy expired', 'usage cancelled'])
    await nox.answer(thread, (text) => /1.ordre non lancé/.test(text) && text.includes('expirée'))
  })

  it('ask for an approval where the zone wants one, and go on once it is given', async () => {
    const nox = await startCutOffRoad(open)
    const { storage, knowledge } = nox.services
    for (const zone of await storage.zones.list('T1')) {
      const approval = { kind: 'approval', group: 'seniors', approvers: 1 } as const
      const grants = [{ group: 'developers', requirement: approval }]
      if (zone.environments.includes('staging')) await storage.zones.save({ ...zone, grants })
    }
    knowledge.drop('T1')
    await nox.say(people.bob, '<@U0NOXSOCX> usage\ndéploie user-api v2.4.0 en staging\nwhoami')
    await settled(nox, ['usage done', 'deploy waiting', 'whoami queued'])
    const [, deploy] = await storage.ledger.list('T1', { limit: 3 })
    await nox.press(people.bob, deploy?.id ?? '', 'approve')
    expect(await statesOf(nox)).toEqual(['usage done', 'deploy waiting', 'whoami queued'])
    await nox.press(people.carol, deploy?.id ?? '', 'approve')
    // The cluster is cut off: the approved deployment fails, and what follows is not run.
    await settled(nox, ['usage done', 'deploy failed', 'whoami cancelled'])
  })

  it('are checked against the rights of the moment at which each begins', async () => {
    const nox = await startCutOffRoad(open)
    const { storage, knowledge } = nox.services
    await nox.say(people.bob, '<@U0NOXSOCX> deplooy user-api v2.4.0 en staging puis logs user-api en staging')
    await settled(nox, ['deploy waiting', 'logs queued'])
    const bob = await storage.members.findBySlackId('T1', people.bob)
    const [logs] = await storage.ledger.list('T1', { limit: 1 })
    const [, deploy] = await storage.ledger.list('T1', { limit: 2 })
    if (!bob || !logs || !deploy) throw new Error('nobody')
    await storage.members.update({ ...bob, flags: { ...bob.flags, canViewLogs: false } })
    knowledge.drop('T1')
    const entry = { at: 1, actor: people.bob, actionId: deploy.id, actionNumber: deploy.number, command: 'deploy' }
    await storage.ledger.settle('T1', deploy.id, {
      state: 'done',
      audit: { ...entry, environment: 'staging', resource: 'user-api', result: 'done', details: {} },
      giveBack: false,
      now: 2,
    })
    await nox.actions.recovery.look()
    await settled(nox, ['deploy done', 'logs refused'])
  })
})
