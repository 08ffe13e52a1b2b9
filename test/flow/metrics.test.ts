import { expect, it, vi } from 'vitest'
import { alertmanagerSeed, datadogSeed } from '../../src/sandbox/seed-datadog.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { bob, carol, dora } = people

eachSandbox('metrics, and vendors that give the same', (sandbox) => {
  const ask = async (user: string, text: string, fits: RegExp) => {
    const { ts } = sandbox().say(user, text)
    return { ts, text: contentOf(await sandbox().answer(ts, fits)) }
  }
  const local = (name: string) => `${sandbox().url.replace('localhost', '127.0.0.1')}/sandbox/${name}`
  const tenantId = async () => (await sandbox().nox.storage.installations.tenantOf(societeX)) ?? ''
  const save = async (
    vendor: 'datadog' | 'alertmanager' | 'grafana',
    settings: Record<string, string>,
    secrets?: Record<string, string>,
  ) => {
    const { storage, services } = sandbox().nox
    const whole = { url: local(vendor), ...settings }
    const since = { account: 'x', connectedAt: 1, checkedAt: 1, failingSince: null }
    await storage.integrations.save({ tenantId: await tenantId(), vendor, settings: whole, ...since }, secrets)
    services.knowledge.drop(await tenantId())
  }

  /** An order that was whole when it was given, and is not any more: the person picks, and it goes on once. */
  const picksOnce = async () => {
    const { services, actions, storage } = sandbox().nox
    const [member] = (await storage.members.list(await tenantId())).filter(({ slackUserId }) => slackUserId === bob)
    const { ts } = sandbox().say(bob, '@NOX aide')
    const accepted = await storage.ledger.accept({
      tenantId: await tenantId(),
      id: services.newId(),
      eventId: 'taken before the second vendor was connected',
      memberId: member?.id ?? '',
      userId: bob,
      place: { channel: 'slack', conversationId: 'C0DEVOPS', threadTs: ts, kind: 'channel' },
      command: 'alerts.list',
      args: {},
      language: 'fr',
      environment: null,
      resource: null,
      plan: { kind: 'run' },
      quota: null,
      now: Date.now(),
      leaseMs: services.leaseMs,
    })
    if (accepted.kind === 'duplicate') throw new Error('taken twice')
    await actions.perform(accepted.action)
    const slack = sandbox().slack
    const asked = await slack.waitForMessage((each) => /Plusieurs services connectés/.test(contentOf(each)), 8_000)
    expect(contentOf(asked)).toMatch(/Grafana[\s\S]*Datadog/)
    const orders = async () =>
      (await storage.ledger.list(await tenantId(), { limit: 50 })).filter(
        ({ command, args }) => command === 'alerts.list' && args.source !== undefined,
      )
    await sandbox().press(bob, asked, 'Datadog')
    await slack.waitForMessage((each) => /Alertes\* : 2/.test(contentOf(each)), 8_000)
    await sandbox().press(bob, asked, 'Datadog')
    await sandbox().press(bob, asked, 'Grafana')
    expect((await orders()).map(({ args }) => args.source)).toEqual(['datadog'])
  }

  it.each([
    ['fr', '@NOX cpu de user-api en staging', /\*CPU\* de `user-api` en staging, sur 1 h/],
    ['en', '@NOX cpu of user-api in staging since 2h', /\*CPU\* of `user-api` in staging, last 2 h/],
  ])('tells one metric of a service, in %s', async (_, text, title) => {
    const answer = (await ask(carol, text, title)).text
    expect(answer).toMatch(/\*CPU\* · [\d.,]+ (cœur|cores) (maintenant|now)/)
    expect(answer).toContain('Grafana')
    expect(answer).toMatch(/"type":"image"/)
  })

  it('tells all metrics of a service where none is named', async () => {
    const answer = (await ask(carol, '@NOX métriques de billing en staging', /\*Métriques\* de `billing`/)).text
    for (const name of ['CPU', 'Mémoire', 'Requêtes', 'Erreurs', 'Latence p95']) expect(answer).toContain(`*${name}*`)
    expect(answer).toMatch(/Mémoire\* · [\d,]+ Mo/)
  })

  it('asks which service, refuses a guest what is not theirs, and what goes too far back', async () => {
    await ask(carol, '@NOX métriques', /Quel service/)
    await ask(dora, '@NOX cpu de billing en staging', /Refusé/)
    await ask(carol, '@NOX cpu de billing en staging depuis 90 jours', /remontent au plus/)
  })

  it('runs a query only for who may read everything', async () => {
    await ask(people.alice, '@NOX métriques --query "sum(up)"', /Métrique\* sur 1 h/)
    await ask(dora, '@NOX métriques --query "sum(up)"', /Refusé|tous les services/)
  })

  it.each([
    [
      'fr',
      '@NOX règles d’alerte',
      /Règles d’alerte\* : 6/,
      /🚨 \*en alerte\*[\s\S]*✅ rien à signaler[\s\S]*⏸️ en pause/,
    ],
    ['en', '@NOX alert rules', /Alert rules\*: 6/, /🚨 \*alerting\*[\s\S]*✅ nothing to report[\s\S]*⏸️ paused/],
  ])('tells what is watched and how it does, in %s', async (_, text, title, lines) => {
    expect((await ask(bob, text, title)).text).toMatch(lines)
  })

  it('asks once which vendor where two could answer, and not where an admin chose', async () => {
    const { apiKey, appKey } = datadogSeed
    await save('datadog', {}, { apiKey, appKey })
    await picksOnce()
    const { ts } = await ask(bob, '@NOX alertes', /Dans quel outil/)
    await sandbox().press(bob, await sandbox().answer(ts, /Dans quel outil/), 'Datadog')
    expect(contentOf(await sandbox().answer(ts, /Alertes\* : 2/))).toContain('latence p95')
    await ask(bob, '@NOX alertes --source grafana', /Alertes\* : 3/)
    await ask(bob, '@NOX dashboard user-api dans datadog', /Tableaux de bord\* : 1/)
    await save('datadog', { preferredFor: 'alerts,metrics' })
    expect((await ask(bob, '@NOX alertes', /Alertes\* : 2/)).text).toContain('/sandbox/datadog/monitors/48210031')
    expect((await ask(carol, '@NOX latence de checkout en staging', /Latence p95\* de/)).text).toContain('Datadog')
  })

  it.each([
    ['fr', '@NOX règles d’alerte de web dans datadog', '❔ sans données · '],
    ['en', '@NOX alert rules of web in datadog', '❔ no data · '],
  ])('tells a rule that gets no data as that, and not as well, in %s', async (_, text, said) => {
    const monitor = datadogSeed.monitors.find(({ id }) => id === 48210102)
    const well = { ...monitor }
    Object.assign(monitor ?? {}, { state: 'No Data' })
    try {
      const answer = (await ask(bob, text, /web/)).text
      expect(answer).toContain(`${said}<`)
      expect(answer).toMatch(/monitors\/48210102\|web : erreurs 5xx/)
      expect(answer).not.toContain('✅')
      const all = (await ask(bob, text.replace(/ (?:de|of) web/, ''), /: 3/)).text
      // What needs a look first.
      expect(all.indexOf('🚨')).toBeLessThan(all.indexOf(said))
    } finally {
      Object.assign(monitor ?? {}, well)
    }
    const after = (await ask(bob, text, /web/)).text
    expect(after).toContain('✅')
    expect(after).not.toContain(said)
  })

  it('mutes a monitor by its number for a while, once, and unmutes it', async () => {
    const { datadog } = sandbox()
    datadog.faults.push({ kind: 'reset', after: true, path: /downtime/, times: 1 })
    const { ts } = await ask(bob, '@NOX coupe l’alerte 48210031 pendant 2h', /Alertes coupées/)
    expect(datadog.downtimes).toHaveLength(1)
    await ask(bob, '@NOX alertes de checkout', /coupée/)
    await sandbox().press(bob, await sandbox().answer(ts, /Alertes coupées/), 'Réactiver')
    await sandbox().answer(ts, /Alertes réactivées/)
    expect(datadog.downtimes.filter(({ canceledAt }) => canceledAt === null)).toEqual([])
  })

  it('marks a deployment that has ended, and is not held up by a vendor that is silent', async () => {
    const { datadog, grafana } = sandbox()
    await ask(bob, '@NOX déploie web v2.4.1 en staging', /Déployé/)
    await vi.waitFor(() => expect(datadog.events).toHaveLength(1), 5_000)
    expect(datadog.events[0]?.title).toBe('web v2.4.1 → staging')
    expect(datadog.events[0]?.tags).toContain('env:staging')
    await vi.waitFor(() => expect(grafana.annotations).toHaveLength(1), 5_000)
    datadog.faults.push({ kind: 'status', status: 500 })
    await ask(bob, '@NOX déploie web v2.4.2 en staging', /Déployé/)
    await vi.waitFor(() => expect(grafana.annotations).toHaveLength(2), 5_000)
    expect(grafana.annotations[1]?.text).toMatch(/^web v2\.4\.2 → staging · Bob.* · NOX #\d+$/)
    datadog.faults.splice(0)
  })

  it('lists what an Alertmanager tells', async () => {
    await save('alertmanager', { user: alertmanagerSeed.user }, { token: alertmanagerSeed.password })
    await ask(bob, '@NOX alertes dans alertmanager', /Le disque de billing/)
  })

  it.each([
    ['fr', '@NOX règles d’alerte dans alertmanager', /Alertmanager ne garde pas de règles : elles sont dans l’outil/],
    ['en', '@NOX alert rules in alertmanager', /Alertmanager keeps no rules: they are in the tool that sends it/],
  ])('says where the rules of an Alertmanager are, in %s', async (_, text, sentence) => {
    const { exchanges } = sandbox().alertmanager
    const before = exchanges.length
    await ask(bob, text, sentence)
    expect(exchanges).toHaveLength(before)
  })
})
