import { createHash } from 'node:crypto'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { AlertRoute, AlertSettings } from '../../src/domain/alert.ts'
import { noAlertSettings } from '../../src/domain/alert.ts'
import { mostOnCall } from '../../src/domain/on-call.ts'
import { dayKey } from '../../src/permissions/index.ts'
import { alertLettersPerDay } from '../../src/request/alerts/alert-letters.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { entry } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const secret = 'an-unguessable-secret-of-this-address'
const incidents = 'C0INCIDENTS'
const { alice, bob, carol } = people

const routeOf = (over: Partial<AlertRoute> = {}): AlertRoute => ({
  id: 'R1',
  name: 'all',
  severities: [],
  services: [],
  environments: [],
  labels: {},
  hours: null,
  channel: incidents,
  people: [],
  rota: null,
  escalateAfter: null,
  escalateTo: [],
  ...over,
})

eachSandbox('alerts are told', (sandbox) => {
  const storage = () => sandbox().nox.storage
  const slack = () => sandbox().slack
  let tenantId = ''
  let n = 0
  /** A name that no other test has told of. */
  let title = ''
  const configure = async (settings: Partial<AlertSettings>) => {
    const { version } = await storage().alertSettings.read(tenantId)
    await storage().alertSettings.save(tenantId, { ...noAlertSettings, ...settings }, version, entry({}))
  }
  beforeAll(async () => {
    tenantId = (await storage().installations.tenantOf(societeX)) ?? ''
    const secretHash = createHash('sha256').update(secret).digest('hex')
    const hook = { tenantId, source: 'alertmanager', secretHash, createdBy: alice, createdAt: 1 } as const
    await storage().alertHooks.save(hook, entry({}))
  })
  beforeEach(async () => {
    n += 1
    title = `Problem-${n}`
    await configure({ routes: [routeOf({ labels: { alertname: `${title}*` } })] })
    // Each test has the whole allowance of messages.
    for (const audience of [incidents, `${incidents}!`]) {
      await storage().alerts.saveStorm(tenantId, audience, { tokens: null, storms: [] })
    }
  })
  const alertOf = (over: { labels?: object; status?: string; at?: number; annotations?: object } = {}) => ({
    status: over.status ?? 'firing',
    labels: { alertname: title, severity: 'critical', service: 'user-api', env: 'prod', ...over.labels },
    annotations: { summary: `Something is wrong with ${title}`, ...over.annotations },
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    endsAt: over.status === 'resolved' ? new Date(over.at ?? Date.now()).toISOString() : '0001-01-01T00:00:00Z',
    generatorURL: 'https://prometheus.example.com/graph',
  })
  const send = async (...alerts: object[]) => {
    const url = `${sandbox().url.replace('localhost', '127.0.0.1')}/hooks/${tenantId}/alertmanager/${secret}`
    const body = JSON.stringify({ version: '4', status: 'firing', alerts })
    const response = await fetch(url, { method: 'POST', body })
    expect(response.status).toBe(202)
  }
  const told = (fits = new RegExp(title)): Message[] =>
    slack()
      .messages(incidents)
      .filter((each) => each.threadTs === null || each.threadTs === each.ts)
      .filter((each) => fits.test(contentOf(each)))
  const wait = (fits: RegExp, channel = incidents) =>
    slack().waitForMessage(
      (each) => each.channel === channel && fits.test(contentOf(each)) && contentOf(each).includes(title),
      15_000,
    )

  it('is one message a problem, redrawn in place until it is resolved', async () => {
    await send(alertOf())
    const message = await wait(/🔴 Problem/)
    expect(contentOf(message)).toMatch(
      /Something is wrong with[\s\S]*critique[\s\S]*user-api[\s\S]*production[\s\S]*Prendre en charge[\s\S]*Alertmanager/,
    )
    await send(alertOf({ status: 'resolved' }))
    expect((await wait(/✅ Résolue/)).ts).toBe(message.ts)
    expect(told()).toHaveLength(1)
  })

  it('is acknowledged by a press, in the presser’s name, and hushed by another', async () => {
    await send(alertOf())
    const message = await wait(/Prendre en charge/)
    await sandbox().press(bob, message, 'Prendre en charge')
    await wait(new RegExp(`Prise en charge par <@${bob}>`))
    expect(contentOf(told()[0] as Message)).not.toContain('Prendre en charge')
    await sandbox().press(bob, message, 'Calmer 1 h')
    await wait(/Calmée par/)
    await sandbox().answer(message.ts, /Alerte calmée/)
    const [record] = await storage().audit.list(tenantId, { command: 'alerts.ack', limit: 1 })
    expect(record).toMatchObject({ actor: bob, result: 'done' })
  })

  it('offers what a night on call needs, and the rest behind ⋯; its source is a link', async () => {
    await send(alertOf())
    const message = await wait(/Prendre en charge/)
    const actions = message.blocks.filter((block) => (block as { type: string }).type === 'actions')
    const [{ elements = [] } = {}] = actions as { elements?: { type: string; text?: { text: string } }[] }[]
    expect(elements.map(({ type, text }) => text?.text ?? type)).toEqual([
      'Prendre en charge',
      'Voir les logs',
      'Déclarer un incident',
      'overflow',
    ])
    expect(JSON.stringify(elements.at(-1))).toMatch(/Calmer 1 h.*Calmer 4 h.*Calmer jusqu’à 9 h.*Créer un ticket/)
    expect(contentOf(message)).toMatch(/<http[^|>]+\|Voir dans Alertmanager>/)
  })

  it('refuses a press of someone who has no right to it', async () => {
    await send(alertOf())
    const message = await wait(/Prendre en charge/)
    const member = await storage().members.findBySlackId(tenantId, carol)
    if (!member) throw new Error('carol is no member')
    await storage().members.update({ ...member, restrictedResources: ['user-api'] })
    sandbox().nox.services.knowledge.drop(tenantId)
    await sandbox().press(carol, message, 'Prendre en charge')
    const [last] = await vi.waitFor(async () => {
      const records = await storage().audit.list(tenantId, { command: 'alerts.ack', actor: carol, limit: 1 })
      expect(records).toHaveLength(1)
      return records
    }, 8_000)
    expect(last?.result).not.toBe('done')
    await storage().members.update(member)
    sandbox().nox.services.knowledge.drop(tenantId)
    expect(
      (await storage().alerts.list(tenantId, { state: 'firing' }, 50)).find(({ alert }) => alert.title === title),
    ).toMatchObject({
      acknowledgedBy: null,
    })
  })

  it('bears hostile words', async () => {
    await send(
      alertOf({
        annotations: { summary: `<!here> <@${alice}> *x* ${'y'.repeat(100_000)}` },
        labels: { alertname: `${title} <!channel>` },
      }),
    )
    const message = await wait(/Problem/)
    // A header is plain text: Slack reads nothing in it.
    const [, ...marked] = message.blocks as readonly { type: string }[]
    const read = JSON.stringify(marked.filter(({ type }) => type !== 'actions')) + message.text
    expect(read).not.toMatch(/<!(here|channel)>|<@U0ALICE>/)
  })

  it('comes to the same end where the resolve comes first', async () => {
    await send(alertOf({ status: 'resolved' }))
    await send(alertOf())
    await send(alertOf({ labels: { alertname: `${title}-other` } }))
    await wait(/-other/)
    expect(told()).toHaveLength(1)
  })

  it('gathers a storm in one message, and shows the rest on demand', async () => {
    const storm = Array.from({ length: 400 }, (_, i) =>
      alertOf({ labels: { instance: `i-${i}`, severity: 'warning' } }),
    )
    for (let from = 0; from < 400; from += 50) await send(...storm.slice(from, from + 50))
    const collective = await slack().waitForMessage((each) => /39\d alertes de plus/.test(contentOf(each)), 20_000)
    expect(told().length).toBeLessThanOrEqual(8)
    expect(
      (await storage().alerts.list(tenantId, {}, 1_000)).filter(({ alert }) => alert.title === title),
    ).toHaveLength(400)
    await sandbox().press(bob, collective, 'Voir les alertes')
    await sandbox().answer(collective.ts, /Alertes reçues\* : 39\d/, 15_000)
    const over = storm.map((each) => ({ ...each, status: 'resolved', endsAt: new Date().toISOString() }))
    for (let from = 0; from < 400; from += 50) await send(...over.slice(from, from + 50))
    await slack().waitForMessage((each) => each.ts === collective.ts && /✅ Terminé/.test(contentOf(each)), 30_000)
  }, 90_000)

  it('is told to people directly, and to who is on call where nobody acknowledges', async () => {
    const week = Array.from({ length: 7 }, () => [carol])
    const routes = [
      routeOf({ labels: { alertname: title }, people: [bob], rota: null, escalateAfter: 0.02, escalateTo: [carol] }),
    ]
    await configure({ routes, rotas: [{ group: 'sre', week }] })
    await send(alertOf())
    await wait(/Problem/)
    const direct = () =>
      slack().waitForMessage((each) => each.channel.startsWith('D') && contentOf(each).includes(title), 15_000)
    await direct()
    await wait(/l’astreinte est prévenue/)
    const [record] = await storage().audit.list(tenantId, { command: 'alerts.escalate', limit: 1 })
    expect(record).toMatchObject({ actor: 'nox', details: { people: carol } })
    await vi.waitFor(async () => {
      const kept = (await storage().alerts.list(tenantId, {}, 1_000)).find(({ alert }) => alert.title === title)
      expect(kept?.posts.map(({ to }) => to).sort()).toEqual([incidents, bob, carol].sort())
      expect(kept?.posts.every(({ ts }) => ts !== null)).toBe(true)
    }, 10_000)
  })

  it('tells who is on call, by name: whom the table names, the group as a whole, or nobody', async () => {
    const ask = async (text: string, fits: RegExp) =>
      contentOf(await sandbox().answer(sandbox().say(bob, text).ts, fits))
    await configure({})
    await ask('@NOX qui est d’astreinte ?', /Personne n’est d’astreinte/)
    const week = Array.from({ length: 7 }, () => [carol])
    await configure({
      rotas: [{ group: 'sre', week }],
      routes: [routeOf({ rota: 'seniors' }), routeOf({ rota: 'dba' })],
    })
    const all = await ask('@NOX who is on call?', /On call now/)
    expect(all).toMatch(/\*sre\*: Carol Nguyen/)
    expect(all).toMatch(/\*seniors\*: .*Carol Nguyen/)
    expect(all).toMatch(/\*dba\*: nobody today/)
    expect(all).not.toContain(`<@${carol}>`)
    expect(await ask('@NOX qui est d’astreinte dans le groupe sre', /D’astreinte en ce moment/)).not.toContain('dba')
    await ask('@NOX qui est d’astreinte dans le groupe marketing', /Aucun groupe « marketing »[\s\S]*sre, seniors, dba/)
  })

  it('waits in quiet hours, unless it is critical', async () => {
    const hour = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' })
    const clock = (minutes: number) => hour.format(Date.now() + minutes * 60_000)
    await configure({
      routes: [routeOf({ labels: { alertname: `${title}*` } })],
      quiet: { days: [], from: clock(-60), to: clock(60) },
    })
    await send(alertOf({ labels: { severity: 'warning', alertname: `${title}-calm` } }))
    await send(alertOf())
    await wait(/🔴/)
    await vi.waitFor(async () => {
      const all = await storage().alerts.list(tenantId, {}, 1_000)
      const kept = all.find(({ alert }) => alert.title === `${title}-calm`)
      expect(kept?.posts).toEqual([])
      expect(kept?.dueAt).toBeGreaterThan(Date.now())
    }, 10_000)
  })

  it('writes no letter where another replica wrote all of the day, and tells the admins once', async () => {
    const { services } = sandbox().nox
    const { mailer } = services
    const written: string[] = []
    const tenant = await storage().tenants.find(tenantId)
    if (!tenant) throw new Error('no tenant')
    Object.assign(services, { mailer: { send: async ({ to }: { to: string }) => void written.push(to) } })
    // A day of its own: what other tests wrote counts elsewhere.
    const clock = services.now
    const tomorrow = () => clock() + 86_400_000
    const day = dayKey(tomorrow(), tenant.timeZone)
    for (let n = 0; n < alertLettersPerDay - 1; n += 1) {
      expect(await storage().letters.take(tenantId, day, alertLettersPerDay)).toBe(true)
    }
    Object.assign(services, { now: tomorrow })
    try {
      await configure({
        routes: [routeOf({ labels: { alertname: `${title}*` }, emails: ['one@acme.fr', 'two@acme.fr'] })],
      })
      await send(alertOf())
      await wait(/🔴/)
      await vi.waitFor(async () => {
        const all = await storage().alerts.list(tenantId, {}, 1_000)
        expect(all.find(({ alert }) => alert.title === title)?.posts.filter(({ ts }) => ts !== null)).toHaveLength(3)
      }, 10_000)
      expect(written).toHaveLength(1)
    } finally {
      Object.assign(services, { mailer, now: clock })
    }
  })

  it('writes so many letters a day at most, and tells the admins once; Slack goes on', async () => {
    const { services } = sandbox().nox
    const { mailer } = services
    const written: string[] = []
    Object.assign(services, { mailer: { send: async ({ to }: { to: string }) => void written.push(to) } })
    const limit = new RegExp(`${alertLettersPerDay} lettres d’alertes par jour`)
    const toldAdmin = () =>
      slack()
        .messages(slack().directMessages(societeX, alice))
        .filter((each) => limit.test(contentOf(each)))
    try {
      const rounds = Math.ceil(alertLettersPerDay / mostOnCall) + 2
      for (let round = 0; round < rounds; round += 1) {
        // Other addresses are another audience, with an allowance of its own.
        const emails = Array.from({ length: mostOnCall }, (_, each) => `watch-${round}-${each}@acme.fr`)
        await configure({ routes: [routeOf({ labels: { alertname: `${title}-${round}` }, emails })] })
        await send(alertOf({ labels: { alertname: `${title}-${round}` } }))
        await wait(new RegExp(`🔴 ${title}-${round}`))
        await vi.waitFor(async () => {
          const all = await storage().alerts.list(tenantId, {}, 1_000)
          const kept = all.find(({ alert }) => alert.title === `${title}-${round}`)
          expect(kept?.posts.filter(({ ts }) => ts !== null)).toHaveLength(mostOnCall + 1)
        }, 10_000)
      }
      expect(written).toHaveLength(alertLettersPerDay)
      await expect.poll(() => toldAdmin().length).toBe(1)
    } finally {
      Object.assign(services, { mailer })
    }
  })
})
