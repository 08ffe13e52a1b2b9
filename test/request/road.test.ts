import { expect, it } from 'vitest'
import { asSenior, defaultMember } from '../../src/permissions/index.ts'
import { startCutOffRoad } from '../helpers/cut-off-road.ts'
import { eachDatabase } from '../helpers/each-database.ts'
import { people, type RunningRoad } from '../helpers/start-road.ts'

const latest = async ({ services }: RunningRoad) => {
  const [action] = await services.storage.ledger.list('T1', { limit: 1 })
  if (!action) throw new Error('there is no action')
  return action
}

eachDatabase('the road', (open) => {
  it('knows the names that a tenant gave to its environments', async () => {
    const nox = await startCutOffRoad(open)
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
    const nox = await startCutOffRoad(open)
    const french = await nox.say(people.bob, '<@U0NOXSOCX> qui suis-je')
    expect(await nox.answer(french, (text) => text.includes('Vous pouvez'))).toContain('prod-db')
    const english = await nox.say(people.bob, '<@U0NOXSOCX> whoami')
    await nox.answer(english, (text) => text.includes('You may'))
    const bob = await nox.services.storage.members.findBySlackId('T1', people.bob)
    expect(bob).toMatchObject({ role: 'member', groups: ['developers'], maxActionsPerDay: 50 })
  })

  it('helps with examples of this tenant, and says when it understood nothing', async () => {
    const nox = await startCutOffRoad(open)
    await nox.answer(await nox.say(people.bob, '<@U0NOXSOCX> aide'), (text) => text.includes('billing'))
    const lost = await nox.say(people.bob, '<@U0NOXSOCX> il fait beau aujourd’hui')
    await nox.answer(lost, (text) => text.includes('rien n’a été lancé'))
  })

  it('refuses production to a developer, says why and who may, and lets a senior decide', async () => {
    const nox = await startCutOffRoad(open)
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> déploie user-api v2.4.0 en production')
    const refusal = await nox.answer(thread, (text) => text.includes('Refusé'))
    expect(refusal).toContain('seniors')
    expect(refusal).toContain('Carol Nguyen')
    const refused = await latest(nox)
    expect(refused).toMatchObject({ command: 'deploy', environment: 'production', resource: 'user-api' })
    await expect.poll(async () => (await latest(nox)).state).toBe('refused')

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
    // The presses of Bob and Dora, who may not decide, are on record too.
    const results = ['failed', 'approved', 'refused', 'refused', 'requested', 'refused']
    expect(records.map(({ result }) => result)).toEqual(results)
    expect(records.slice(1, 4).map(({ actor }) => actor)).toEqual([people.carol, people.dora, people.bob])
    expect(await nox.services.storage.audit.verify('T1')).toMatchObject({ ok: true, count: 6 })
  })

  it('rings those who may approve, and only so many', async () => {
    const nox = await startCutOffRoad(open)
    const { members } = nox.services.storage
    for (let n = 1; n <= 7; n += 1) {
      const identity = { tenantId: 'T1', id: `s${n}`, slackUserId: `U0SENIOR${n}`, name: `Senior ${n}` }
      await members.create(asSenior(defaultMember('company', 'member', identity)))
    }
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> déploie user-api v2.4.0 en production')
    await nox.answer(thread, (text) => text.includes('Refusé'))
    await nox.press(people.bob, (await latest(nox)).id, 'ask')
    const ring = await nox.answer(thread, (text) => text.includes('attend une validation'))
    const [blocks = '', notification = ''] = ring.split('] ')
    // Seniors before the admin, who may approve as well.
    for (const told of [blocks, notification]) {
      expect(told.match(/<@U0[A-Z0-9]+>/g)).toHaveLength(5)
      expect(told).not.toContain(people.alice)
      expect(told.replace(/[\u00a0\u202f]/g, ' ')).toContain('et 4 autres')
    }
    // A mention rings in mrkdwn, and in no header.
    expect(blocks).not.toContain('plain_text')
  })

  it('asks for approval from an answer about rights, with what is missing first', async () => {
    const nox = await startCutOffRoad(open)
    const thread = await nox.say(people.bob, 'mes droits', {
      input: {
        kind: 'order',
        order: { command: 'deploy', args: { environment: 'production' } },
        language: 'fr',
        asks: true,
      },
    })
    await nox.answer(thread, (text) => text.includes('Quel service'))
    const asked = await latest(nox)
    await expect
      .poll(async () => (await nox.services.storage.ledger.find('T1', asked.id))?.state, { timeout: 5_000 })
      .toBe('waiting')
    await nox.press(people.bob, asked.id, 'choose', 'billing')
    await nox.answer(thread, (text) => text.includes('Validation demandée'))
    expect(await latest(nox)).toMatchObject({ id: asked.id, waitingFor: 'approval', resource: 'billing' })
  })

  it('confirms a keyword that it corrected, also where something was missing', async () => {
    const nox = await startCutOffRoad(open)
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> deplooy user-api v2.4.0')
    await nox.answer(thread, (text) => text.includes('In which environment'))
    const asked = await latest(nox)
    await expect
      .poll(async () => (await nox.services.storage.ledger.find('T1', asked.id))?.state, { timeout: 5_000 })
      .toBe('waiting')
    await nox.press(people.bob, asked.id, 'choose', 'staging')
    await nox.answer(thread, (text) => text.includes('deplooy') && text.includes('Please confirm'))
    expect(await latest(nox)).toMatchObject({ id: asked.id, waitingFor: 'confirmation' })
  })

  it('asks for what is missing, takes an answer from who asked alone, and goes on', async () => {
    const nox = await startCutOffRoad(open)
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
    const nox = await startCutOffRoad(open)
    const thread = await nox.say(people.bob, '<@U0NOXSOCX> déploie user-apy v2.4.0 en staging')
    expect(await nox.answer(thread, (text) => text.includes('inconnu ici'))).toContain('user-api')
    expect((await latest(nox)).state).not.toBe('done')
  })

  it('does one thing for one event, however often it arrives', async () => {
    const nox = await startCutOffRoad(open)
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
    const nox = await startCutOffRoad(open)
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
