import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { historyPath, roomsPath } from '../../src/channels/slack/install/index.ts'
import { NoxError } from '../../src/errors.ts'
import { tellLeft } from '../../src/request/incidents/announce.ts'
import { askUpdates } from '../../src/request/incidents/ask-updates.ts'
import { entry } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol, dora } = people

eachSandbox('incidents', (sandbox) => {
  const storage = () => sandbox().nox.storage
  const tenant = async () => (await storage().installations.tenantOf(societeX)) ?? ''
  const ask = async (user: string, text: string, fits: RegExp, threadTs?: string) => {
    const said = sandbox().say(user, text, threadTs === undefined ? {} : { threadTs })
    const thread = threadTs ?? said.ts
    const message = await sandbox()
      .answer(thread, fits)
      .catch(() => {
        throw new Error(`${text}: ${sandbox().thread(thread).map(contentOf).join(' | ')}`)
      })
    return { ts: thread, message, text: contentOf(message) }
  }
  const newest = async () => {
    const states = ['open', 'acknowledged', 'resolved'] as const
    const [incident] = await storage().incidents.list(await tenant(), { states, limit: 1 })
    if (!incident) throw new Error('no incident')
    return incident
  }
  const record = async (command: string) => (await storage().audit.list(await tenant(), { limit: 1, command }))[0]
  const settled = () =>
    expect
      .poll(async () => storage().ledger.list(await tenant(), { states: ['running'], limit: 5 }), { timeout: 8_000 })
      .toEqual([])

  it('goes from its declaration to its post-mortem', async () => {
    for (const version of ['v2.4.0', 'v2.3.1']) {
      await ask(carol, `@NOX déploie user-api ${version} en production`, /Déployé|déjà|Échec/)
    }
    await settled()
    expect((await sandbox().slack.install(societeX, alice, { page: historyPath })).status).toBe(200)
    const { ts, message, text } = await ask(
      bob,
      '@NOX déclare un incident sev1 service user-api paiement en panne',
      /INC-\d+ · sev1/,
    )
    const incident = await newest()
    const n = incident.number
    expect(incident).toMatchObject({ title: 'paiement en panne', severity: 'sev1', service: 'user-api', openedBy: bob })
    expect(text).toContain('Déploiement suspect')
    expect(text).toMatch(/compare\/v2\.4\.0\.\.\.v2\.3\.1/)
    expect(incident.ticket?.key).toMatch(/^OPS-\d+$/)
    expect(text).toContain(incident.ticket?.key)
    await sandbox().press(carol, message, 'Prendre en charge')
    await sandbox().answer(ts, /pris en charge.* par Carol/)
    await ask(carol, '@NOX note incident on revient à v2.4.0', /Noté dans INC/, ts)
    sandbox().say(carol, 'la base db-1 est pleine, <@U0BOB> regarde', { threadTs: ts })
    await ask(carol, '@NOX redémarre user-api en production', /Redémarré/)
    await settled()
    const { text: timeline } = await ask(alice, `@NOX incident ${n}`, /Chronologie/)
    expect(timeline).toMatch(
      /Déclaré par Bob[\s\S]*Pris en charge par Carol[\s\S]*on revient à v2\.4\.0[\s\S]*redémarrer/,
    )
    expect(timeline).toContain('Carol Nguyen : la base db-1 est pleine, @Bob Dupont regarde')
    expect(timeline.match(/on revient à v2\.4\.0/g)).toHaveLength(1)
    const { text: end } = await ask(carol, "@NOX résous l'incident", /Résolu : INC/, ts)
    expect(end).toMatch(/Pris en charge en .*, rétabli en /)
    await expect.poll(async () => (await record('incident.resolve'))?.result, { timeout: 8_000 }).toBe('done')
    expect(await newest()).toMatchObject({ state: 'resolved', lead: carol, communication: bob, nextUpdateAt: null })
    expect((await record('incident.open'))?.details).toMatchObject({ severity: 'sev1', ticket: incident.ticket?.key })
    await sandbox().slack.waitForMessage((each) => each.threadTs === ts && each.fileIds.length > 0)
    await ask(bob, `@NOX résous l'incident ${n}`, /déjà résolu/)
    const home = homeOf(sandbox)
    const { text: figures } = await home.tab(alice, 'analytics', /Rétablissement d’un incident/)
    expect(figures).toMatch(/1, pris en charge en/)
  })

  it('is taken once, whoever presses', async () => {
    const { message, ts } = await ask(bob, '@NOX declare a sev2 incident: logins fail', /INC-\d+ · sev2/)
    await Promise.all([alice, carol].map((user) => sandbox().press(user, message, 'Take it')))
    await sandbox().answer(ts, /is taken/)
    await sandbox().answer(ts, /taken already/)
    const incident = await newest()
    const events = await storage().incidents.events(await tenant(), incident.id, 9)
    expect(events.filter(({ kind }) => kind === 'acknowledged')).toHaveLength(1)
    await ask(alice, `@NOX resolve incident ${incident.number}`, /Resolved/)
  })

  it('has a channel of its own with those who work on it, told when it is over, and archived', async () => {
    const { ts, message } = await ask(
      bob,
      '@NOX déclare un incident sev1 service billing Paiement en échec',
      /INC-\d+ · sev1/,
    )
    const { number: n } = await newest()
    await ask(alice, `@NOX pilote de l'incident ${n} @carol`, /<@U0CAROL> pilote/, ts)
    await ask(alice, `@NOX communication of incident ${n} to me`, /<@U0ALICE> takes care of communication/, ts)
    await ask(alice, `@NOX pilote de l'incident ${n} @dora`, /n’est pas de l’équipe/, ts)
    expect(await newest()).toMatchObject({ lead: carol, communication: alice })
    await sandbox().press(bob, message, 'Canal dédié')
    expect(contentOf(await sandbox().answer(ts, /Pas de canal pour INC/))).toMatch(
      /for=channels[\s\S]*continue dans son fil/,
    )
    expect((await newest()).room).toBeUndefined()
    expect((await sandbox().slack.install(societeX, alice, { page: roomsPath })).status).toBe(200)
    await Promise.all([bob, carol].map((user) => sandbox().press(user, message, 'Canal dédié')))
    await sandbox().answer(ts, /Canal ouvert/)
    await settled()
    const { room } = await newest()
    if (!room) throw new Error('no channel')
    expect(room.name).toBe(`inc-${n}-paiement-en-echec`)
    const installation = sandbox().slack.installation(societeX)
    const slack = async (method: string, args: Record<string, string>) => {
      const body = new URLSearchParams(args)
      const headers = { authorization: `Bearer ${installation?.token}` }
      return (await fetch(`${sandbox().slack.apiUrl}${method}`, { method: 'POST', headers, body })).json()
    }
    const shown = async () => (await slack('conversations.info', { channel: room.id })).channel
    expect((await shown()).topic.value).toBe(`INC-${n} · sev1 · Paiement en échec`)
    const { channels } = await slack('users.conversations', { types: 'public_channel', limit: '200' })
    expect(channels.filter(({ name }: { name: string }) => name.startsWith(`inc-${n}`))).toHaveLength(1)
    const { members } = await slack('conversations.members', { channel: room.id })
    expect(members).toEqual(expect.arrayContaining([alice, bob, carol]))
    const there = (fits: RegExp) =>
      sandbox().slack.waitForMessage((each) => each.channel === room.id && fits.test(contentOf(each)), 8_000)
    expect(contentOf(await there(/Paiement en échec/))).toContain('Carol')
    // In the channel nobody has to name the incident; updates are asked for there.
    const { services } = sandbox().nox
    await askUpdates({ ...services, now: () => Date.now() + 31 * 60_000 })
    await there(/où en est-on/)
    sandbox().say(alice, 'le fournisseur confirme', { channel: `#${room.name}` })
    sandbox().say(carol, '@NOX note incident la base est pleine', { channel: `#${room.name}` })
    await there(/Noté dans INC/)
    await ask(carol, `@NOX archive le canal de l'incident ${n}`, /encore en cours/)
    await ask(carol, `@NOX résous l'incident ${n}`, /Résolu/)
    const over = await there(/Résolu : INC/)
    await sandbox().press(carol, over, 'Archiver le canal')
    await expect.poll(async () => (await shown()).is_archived, { timeout: 8_000 }).toBe(true)
    await ask(carol, `@NOX archive le canal de l'incident ${n}`, /Canal archivé/)
    expect((await ask(bob, `@NOX incident ${n}`, /Chronologie/)).text).toMatch(
      /Carol Nguyen pilote[\s\S]*canal #inc-[\s\S]*Alice Martin : le fournisseur confirme/,
    )
  })

  it('tells in its timeline what alerts told of its service, and is declared from one with its facts', async () => {
    const id = await tenant()
    const secret = 'an-unguessable-secret-of-this-address'
    const secretHash = createHash('sha256').update(secret).digest('hex')
    await storage().alertHooks.save(
      { tenantId: id, source: 'alertmanager', secretHash, createdBy: alice, createdAt: 1 },
      entry({}),
    )
    const send = async (status: 'firing' | 'resolved') => {
      const labels = { alertname: 'DiskFull', severity: 'critical', service: 'user-api', env: 'production' }
      const startsAt = new Date(Date.now() - 60_000).toISOString()
      const alerts = [{ status, labels, startsAt, endsAt: new Date().toISOString() }]
      const url = `${sandbox().url.replace('localhost', '127.0.0.1')}/hooks/${id}/alertmanager/${secret}`
      const sent = await fetch(url, { method: 'POST', body: JSON.stringify({ version: '4', status, alerts }) })
      expect(sent.status).toBe(202)
    }
    await send('firing')
    const alert = await sandbox().slack.waitForMessage((each) => /DiskFull/.test(contentOf(each)), 15_000)
    const declare = JSON.stringify(alert.blocks).includes('Déclarer un incident') ? 'Déclarer un incident' : 'Incident'
    await sandbox().press(alice, alert, declare)
    await expect.poll(async () => (await newest()).title, { timeout: 8_000 }).toBe('DiskFull')
    const incident = await newest()
    expect(incident).toMatchObject({ severity: 'sev1', service: 'user-api', openedBy: alice })
    await send('resolved')
    expect((await ask(bob, `@NOX incident ${incident.number}`, /Chronologie/)).text).toMatch(
      /Alerte : DiskFull[\s\S]*Alerte résolue : DiskFull/,
    )
    await ask(bob, `@NOX résous l'incident ${incident.number}`, /Résolu/)
  })

  it('asks for updates on the rhythm of its severity, each time once', async () => {
    const { ts } = await ask(bob, '@NOX incident sev2 base lente', /INC-\d+ · sev2/)
    const incident = await newest()
    const { services } = sandbox().nox
    const later = (ms: number) => ({ ...services, now: () => incident.openedAt + ms })
    await askUpdates(later(59 * 60_000))
    await Promise.all([1, 2, 3].map(() => askUpdates(later(61 * 60_000))))
    const told = contentOf(await sandbox().answer(ts, /où en est-on/))
    expect(told).toContain(`<@${bob}>`)
    const asked = () =>
      sandbox()
        .thread(ts)
        .filter((each) => /où en est-on/.test(contentOf(each))).length
    expect(asked()).toBe(1)
    await askUpdates(later(122 * 60_000))
    await expect.poll(asked, { timeout: 8_000 }).toBe(2)
    await ask(bob, '@NOX résous incident', /Résolu/, ts)
    await askUpdates(later(500 * 60_000))
    expect(asked()).toBe(2)
  })

  it('is declared without Jira’s help where it must be, and told so', async () => {
    const { faults } = sandbox().jira
    faults.push({ kind: 'status', status: 403 })
    const { text } = await ask(bob, '@NOX incident sev4 imprimante en panne', /INC-\d+ · sev4/)
    faults.length = 0
    expect(text).toMatch(/Le ticket n’a pas pu être créé/)
    expect(await newest()).toMatchObject({ severity: 'sev4', service: null, ticket: null })
  })

  it('is refused to those who may not, and names what it does not know', async () => {
    await ask(dora, '@NOX déclare un incident tout brûle', /Refusé/)
    await ask(bob, '@NOX incident 99999', /Aucun incident INC-99999/)
    await ask(bob, '@NOX résous incident', /Résolu/)
    await ask(bob, '@NOX incidents', /Aucun incident en cours/)
    await ask(bob, '@NOX acquitte', /Aucun incident en cours/)
  })

  it('is told to Microsoft Teams where an admin chose a channel for it, and nowhere else', async () => {
    const posted = () => sandbox().teams.posted.filter(({ card }) => JSON.stringify(card).includes('panne de Teams'))
    const tenantId = await tenant()
    const [known] = (await storage().integrations.list(tenantId)).filter(({ vendor }) => vendor === 'teams')
    const secrets = await storage().integrations.secrets(tenantId, 'teams')
    if (!known || !secrets) throw new Error('Teams is not connected')
    const choose = async (settings: Record<string, string>) => {
      await storage().integrations.save({ ...known, settings }, secrets)
      sandbox().nox.services.knowledge.drop(tenantId)
    }
    await choose({})
    await ask(bob, '@NOX déclare un incident sev2 service web panne de Teams muette', /INC-\d+ · sev2/)
    const quiet = (await newest()).number
    await ask(bob, `@NOX résous l'incident ${quiet}`, /Résolu/)
    await settled()
    expect(posted()).toEqual([])
    await choose({ incidents: 'direction' })
    const { ts } = await ask(bob, '@NOX déclare un incident sev2 service web panne de Teams', /INC-\d+ · sev2/)
    const cardsAre = (n: number) => expect.poll(() => posted().length, { timeout: 10_000 }).toBe(n)
    await cardsAre(1)
    const n = (await newest()).number
    await ask(carol, `@NOX prends l'incident ${n}`, /pris en charge/)
    await cardsAre(2)
    await ask(carol, `@NOX note incident ${n} la panne de Teams est comprise`, /Noté/)
    await cardsAre(3)
    // A channel of Teams that does not answer holds nothing up.
    sandbox().teams.faults.push({ kind: 'status', status: 500, times: 1 })
    await ask(carol, `@NOX note incident ${n} la panne de Teams se tait`, /Noté/)
    await expect.poll(() => sandbox().teams.faults).toEqual([])
    await ask(carol, `@NOX résous l'incident ${n}`, /Résolu/)
    const told = () => posted().map(({ channel, card }) => `${channel}: ${JSON.stringify(card)}`)
    // Whichever post of this workspace met the fault.
    await expect.poll(() => told().at(-1), { timeout: 10_000 }).toMatch(/Résolu.*panne de Teams.*Good/s)
    await expect.poll(() => storage().announcements.due(Number.MAX_SAFE_INTEGER, 99)).toEqual([])
    const cards = told()
    expect(cards[0]).toMatch(/^Direction: .*INC-\d+ · sev2.*panne de Teams.*Attention.*Service {2}.*"web"/s)
    // What is asked in Slack is not asked in Teams.
    expect(cards[0]).not.toContain('Un point sera demandé')
    expect(cards[0]).toContain(`/archives/C0DEVOPS/p${ts.replace('.', '')}`)
    expect(cards[1]).toMatch(/pris en charge par Carol.*Warning/s)
    expect(cards[2]).toMatch(/la panne de Teams est comprise.*Accent/s)
  })

  it('is told to Microsoft Teams also where NOX ended right then, and where Teams was away for a while', async () => {
    const { services } = sandbox().nox
    const { announcements } = storage()
    const posted = (words: string) => sandbox().teams.posted.filter(({ card }) => JSON.stringify(card).includes(words))
    const later = async (ms: number) => {
      const { now } = services
      Object.assign(services, { now: () => now() + ms })
      try {
        await Promise.all([tellLeft(services), tellLeft(services)])
      } finally {
        Object.assign(services, { now })
      }
    }
    await ask(bob, '@NOX déclare un incident sev2 service web messager perdu', /INC-\d+ · sev2/)
    await expect.poll(() => posted('messager perdu').length).toBe(1)
    const n = (await newest()).number
    // The process that was to tell it is gone: what it kept is all that is left.
    const { take } = announcements
    Object.assign(announcements, { take: () => Promise.reject(new Error('gone')) })
    await ask(carol, `@NOX note incident ${n} cela compte pour le messager`, /Noté/)
    await settled()
    Object.assign(announcements, { take })
    expect(posted('cela compte pour le messager')).toEqual([])
    await later(0)
    expect(posted('cela compte pour le messager')).toEqual([])
    await later(31_000)
    expect(posted('cela compte pour le messager')).toHaveLength(1)
    expect(JSON.stringify(posted('cela compte pour le messager')[0]?.card)).toContain('/archives/C0DEVOPS/p')
    const { connectors } = services
    let asked = 0
    const open = () => {
      asked += 1
      return Promise.reject(new NoxError('unreachable', 'Teams is away'))
    }
    Object.assign(services, { connectors: { ...connectors, open } })
    await ask(carol, `@NOX note incident ${n} le messager est absent`, /Noté/)
    await expect.poll(() => asked).toBe(1)
    Object.assign(services, { connectors })
    expect(await announcements.due(Number.MAX_SAFE_INTEGER, 9)).toHaveLength(1)
    await later(5 * 60_000)
    expect(posted('le messager est absent')).toHaveLength(1)
    expect(await announcements.due(Number.MAX_SAFE_INTEGER, 9)).toEqual([])
  })
})
