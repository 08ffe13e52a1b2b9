import { afterEach, expect, it } from 'vitest'
import type { Clusters } from '../../src/capabilities/clusters.ts'
import { NoxError } from '../../src/errors.ts'
import { eachDatabase, type OpenFresh } from '../helpers/each-database.ts'
import { people, type RunningRoad, startRoad } from '../helpers/start-road.ts'

/** A cluster that is cut off: every call of it ends as a lost connection does. */
const cutOff = new Proxy({} as Clusters, {
  get: () => async () => {
    throw new NoxError('unreachable', 'connection refused')
  },
})

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(open: OpenFresh): Promise<RunningRoad> {
  const { storage } = await open()
  const running = await startRoad(storage, cutOff)
  stops.push(running.stop)
  return running
}

const latest = async ({ services }: RunningRoad) => {
  const [action] = await services.storage.ledger.list('T1', { limit: 1 })
  if (!action) throw new Error('there is no action')
  return action
}

eachDatabase('the road', (open) => {
  it('knows the names that a tenant gave to its environments', async () => {
    const nox = await start(open)
    const { catalogue } = nox.services.storage
    const [first] = await catalogue.services('T1')
    const [target] = first?.targets ?? []
    if (!first || !target) throw new Error('no service')
    await catalogue.saveService({ ...first, targets: [...first.targets, { ...target, environment: 'bac-a-sable' }] })
    nox.services.knowledge.drop('T1')
    await nox.say(people.bob, '<@U0NOXSOCX> logs de user-api en bac-a-sable')
    expect(await latest(nox)).toMatchObject({ command: 'logs', args: { environment: 'bac-a-sable' } })
  })

  it('answers who I am, to someone who speaks for the first time, in their language', async () => {
    const nox = await start(open)
    const french = await nox.say(people.bob, '<@U0NOXSOCX> qui suis-je')
    expect(await nox.answer(french, (text) => text.includes('Vous pouvez'))).toContain('prod-db')
    const english = await nox.say(people.bob, '<@U0NOXSOCX> whoami')
    await nox.answer(english, (text) => text.includes('You may'))
    const bob = await nox.services.storage.members.findBySlackId('T1', people.bob)
    expect(bob).toMatchObject({ role: 'member', groups: ['developers'], maxActionsPerDay: 50 })
  })

  it('helps with examples of this tenant, and says when it understood nothing', async () => {
    const nox = await start(open)
    await nox.answer(await nox.say(people.bob, '<@U0NOXSOCX> aide'), (text) => text.includes('billing'))
    const lost = await nox.say(people.bob, '<@U0NOXSOCX> il fait beau aujourd’hui')
    await nox.answer(lost, (text) => text.includes('rien n’a été lancé'))
  })

  it('refuses production to a developer, says why and who may, and lets a senior decide', async () => {
    const nox = await start(open)
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> déploie user-api v2.4.0 en production')
    const refusal = await nox.answer(thread, (text) => text.includes('Refusé'))
    expect(refusal).toContain('seniors')
    expect(refusal).toContain('Carol Nguyen')
    const refused = await latest(nox)
    expect(refused).toMatchObject({ command: 'deploy', environment: 'production', resource: 'user-api' })

    await nox.press(people.bob, refused.id, 'ask')
    await nox.press(people.bob, refused.id, 'ask')
    await nox.answer(thread, (text) => text.includes('Validation demandée'))
    const asked = await latest(nox)
    expect(asked).toMatchObject({ number: 2, waitingFor: 'approval' })

    await nox.press(people.bob, asked.id, 'approve')
    await nox.press(people.dora, asked.id, 'approve')
    expect((await nox.services.storage.ledger.find('T1', asked.id))?.state).toBe('waiting')

    await Promise.all([1, 2, 3].map(() => nox.press(people.carol, asked.id, 'approve')))
    await nox.answer(thread, (text) => text.includes('ne répond pas'))
    await expect
      .poll(async () => (await nox.services.storage.ledger.find('T1', asked.id))?.state, { timeout: 5_000 })
      .toBe('failed')
    const records = await nox.services.storage.audit.list('T1', { limit: 20 })
    expect(records.map(({ result }) => result)).toEqual(['failed', 'approved', 'requested', 'refused'])
    expect(records[1]?.actor).toBe(people.carol)
    expect(await nox.services.storage.audit.verify('T1')).toMatchObject({ ok: true, count: 4 })
  })

  it('asks for what is missing, takes an answer from who asked alone, and goes on', async () => {
    const nox = await start(open)
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> déploie v2.4.0 en staging')
    await nox.answer(thread, (text) => text.includes('Quel service'))
    const asked = await latest(nox)
    await expect
      .poll(async () => (await nox.services.storage.ledger.find('T1', asked.id))?.state, { timeout: 5_000 })
      .toBe('waiting')
    await nox.press(people.carol, asked.id, 'choose', 'billing')
    expect((await nox.services.storage.ledger.find('T1', asked.id))?.state).toBe('waiting')
    await nox.press(people.bob, asked.id, 'choose', 'user-api')
    await nox.answer(thread, (text) => text.includes('ne répond pas'))
    expect(await nox.services.storage.ledger.find('T1', asked.id)).toMatchObject({ args: { service: 'user-api' } })
  })

  it('never takes a likeness for a name: it asks', async () => {
    const nox = await start(open)
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> déploie user-apy v2.4.0 en staging')
    expect(await nox.answer(thread, (text) => text.includes('inconnu ici'))).toContain('user-api')
    expect((await latest(nox)).state).not.toBe('done')
  })

  it('does one thing for one event, however often it arrives', async () => {
    const nox = await start(open)
    const over = { eventId: 'Ev1' }
    const threads = await Promise.all([1, 2, 3, 4].map(() => nox.say(people.bob, '<@U0NOXSOCX> usage', over)))
    await expect
      .poll(async () => (await nox.services.storage.ledger.list('T1', { limit: 10 })).map(({ state }) => state), {
        timeout: 5_000,
      })
      .toEqual(['done'])
    const answered = nox.double.messages('C0DEVOPS').filter((message) => threads.includes(message.threadTs ?? ''))
    expect(answered).toHaveLength(1)
  })

  it('gives nothing away and starts nothing for hostile text', async () => {
    const nox = await start(open)
    for (const text of ['<!channel> deploy', 'déploie \0 en prod', `deploy ${'a'.repeat(40_001)}`, '`'.repeat(500)]) {
      await nox.say(people.bob, `<@U0NOXSOCX> ${text.slice(0, 39_000)}`, {
        input: { kind: 'text', text: `<@U0NOXSOCX> ${text}`, botUserId: 'U0NOXSOCX' },
      })
    }
    await expect
      .poll(async () => (await nox.services.storage.ledger.list('T1', { states: ['running'], limit: 10 })).length)
      .toBe(0)
    const written = nox.double.messages('C0DEVOPS').map((message) => JSON.stringify(nox.double.apiMessage(message)))
    expect(written.filter((message) => message.includes('bot_id') && message.includes('<!channel>'))).toEqual([])
  })
})
