import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type AlertRoute, noAlertSettings } from '../../src/domain/alert.ts'
import { testRoute } from '../../src/request/alerts/test-route.ts'
import { committedAt } from '../../src/sandbox/github/world.ts'
import { teamsSeed } from '../../src/sandbox/seed-pages.ts'
import { plainText } from '../../src/texts/render.ts'
import { entry, newAction } from '../helpers/actions.ts'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people

let sandbox: TestSandbox
let tenantId = ''
beforeAll(async () => {
  sandbox = await startTestSandbox()
  tenantId = (await sandbox.nox.storage.installations.tenantOf(societeX)) ?? ''
})
afterAll(() => sandbox?.stop())

const ask = async (user: string, text: string, fits: RegExp) => {
  const { ts } = sandbox.say(user, text)
  return contentOf(await sandbox.answer(ts, fits, 40_000))
}
const settled = () =>
  vi.waitFor(async () => {
    const open = await sandbox.nox.storage.ledger.list(tenantId, { states: ['running'], limit: 5 })
    expect(open).toEqual([])
  }, 8_000)
const wording = (content: string) => content.replace(/[\u00a0\u202f]/g, ' ')

const today = async () => wording(await ask(alice, '@NOX rapport quotidien en cours', /Rapport quotidien/))
const leadIn = (said: string) => /Du commit au déploiement.*?"text":"([^"]*)"/.exec(said)?.[1]

describe('reports', () => {
  it('says kindly that nothing happened yet, and that it is the first', async () => {
    const said = wording(await ask(alice, '@NOX rapport de la semaine en cours', /Rapport hebdomadaire/))
    expect(said).toMatch(/Période calme/)
    expect(said).toMatch(/semaine \d+, \d+/)
  })

  it('tells the figures, which are those of the audit log', async () => {
    await ask(carol, '@NOX déploie user-api v2.4.0 en production', /Déployé/)
    await ask(carol, '@NOX déploie user-api v9.9.9 en production', /Échec/)
    await ask(bob, '@NOX déploie user-api v2.4.0 en production', /Refusé/)
    await ask(bob, '@NOX logs de user-api en staging', /Logs/)
    await settled()
    const records = (await sandbox.nox.storage.audit.list(tenantId, { limit: 500 })).filter(({ actionId }) => actionId)
    const results = (result: string) => records.filter((each) => each.result === result).length
    const { ts } = sandbox.say(alice, '@NOX daily report so far')
    const said = wording(contentOf(await sandbox.answer(ts, /Daily report.*Actions a day/s, 40_000)))
    expect(said).toContain(`${records.length} actions asked for`)
    const share = Math.round((100 * results('done')) / (results('done') + results('failed')))
    expect(said).toContain(`${share}% successful`)
    const deploys = records.filter(({ command, result }) => command === 'deploy' && result !== 'refused')
    expect(said).toContain(`${deploys.length} deployments, failure rate of 50%`)
    expect(said).toMatch(/Actions a day\. Succeeded: /)
    await settled()
    const [last] = await sandbox.nox.storage.audit.list(tenantId, { command: 'report', limit: 1 })
    expect(last).toMatchObject({
      result: 'done',
      details: { period: 'daily', actions: records.length, deployments: 2 },
    })
  })

  it('tells the time from a commit to its deployment', async () => {
    const { storage } = sandbox.nox
    const [deployed, ...others] = await storage.ledger.list(tenantId, { command: 'deploy', states: ['done'], limit: 9 })
    expect(others).toEqual([])
    const { world } = sandbox.github
    const repository = world.repositories.find(({ name }) => name === 'user-api')
    const sha = repository?.tags.get('v2.4.0') ?? ''
    const ms = (deployed?.finishedAt ?? 0) - (repository ? committedAt(repository, sha, world.startedAt) : 0)
    expect(ms).toBeGreaterThan(3_600_000)
    const lead = wording(plainText({ kind: 'duration', ms }, 'fr'))
    expect(leadIn(await today())).toBe(lead)
  })

  it('shows an ordinary member their own actions alone', async () => {
    await ask(carol, '@NOX rapport quotidien en cours', /Refusé.*Peuvent le faire/s)
    const { members, zones } = sandbox.nox.storage
    const member = await members.findBySlackId(tenantId, carol)
    if (!member) throw new TypeError('no Carol')
    await members.update({ ...member, allowedActionTypes: ['*'] })
    const [zone] = await zones.list(tenantId)
    const grants = [{ group: '*', requirement: { kind: 'nothing' } }] as const
    if (zone)
      await zones.save({
        ...zone,
        id: 'reports',
        name: 'Reports',
        actions: ['report'],
        environments: ['*'],
        resources: ['*'],
        grants,
      })
    sandbox.nox.services.knowledge.drop(tenantId)
    const said = wording(await ask(carol, '@NOX rapport quotidien en cours', /Rapport quotidien/))
    expect(said).toMatch(/Vos actions seules/)
    expect(said).toMatch(/3 actions demandées, 50 % de réussite/)
    expect(said).not.toMatch(/Consommation/)
  })

  it('asks for the period', async () => {
    await ask(alice, '@NOX crée un rapport', /Quelle période.*Jour.*Semaine.*Mois/)
  })
})

describe('a report elsewhere', () => {
  it('stands in Notion and in Confluence, with the same figures', async () => {
    const here = wording(await ask(alice, '@NOX rapport mensuel en cours', /Rapport mensuel/))
    const [, deployments] = /(\d+ déploiements, [^"\\.]*)/.exec(here) ?? []
    await ask(alice, '@NOX créer rapport mensuel en cours dans Notion', /Rapport créé dans Notion/)
    await ask(alice, '@NOX créer rapport mensuel en cours dans Confluence', /Rapport créé dans Confluence/)
    const page = sandbox.notion.world.pages.find(({ title }) => title.startsWith('Rapport mensuel'))
    const text = wording(JSON.stringify(page?.blocks))
    expect(text).toContain(deployments)
    expect(text).toContain('Ce qui a changé')
    expect(text.match(/"type":"image"/g)?.length).toBeGreaterThanOrEqual(2)
    expect(wording(JSON.stringify(sandbox.confluence.world.pages))).toContain(deployments)
    const url = `${sandbox.url}/sandbox/notion/${page?.id.replaceAll('-', '')}`
    const shown = wording(await (await fetch(url)).text())
    expect(shown).toMatch(/<h1>Rapport mensuel · 1.* \(#\d+\)<\/h1>/)
    expect(shown).toContain('<td>Déploiements</td><td>2</td>')
    expect(shown).toMatch(/<img src="data:image\/png;base64,iVBOR/)
  })

  it('comes as a letter and as a card', async () => {
    await ask(alice, '@NOX rapport hebdo par mail', /À quelle adresse/)
    await ask(alice, '@NOX weekly report so far by email to jean@acme.example', /Report sent/)
    const letter = await sandbox.mail.waitForLetter(({ to }) => to.includes('jean@acme.example'))
    expect(letter.subject).toMatch(/^Weekly report · week \d+/)
    expect(wording(letter.text)).toMatch(/2 deployments, failure rate of 50%/)
    expect(letter.html).toMatch(/<img src="data:image\/png;base64,/)
    await ask(alice, '@NOX rapport hebdo en cours dans Teams', /Rapport annoncé dans Microsoft Teams/)
    expect(wording(JSON.stringify(sandbox.teams.posted.at(-1)))).toMatch(/2 déploiements, taux d’échec de 50 %/)
  })

  it('is a post-mortem of an incident that is over, written once', async () => {
    const { ts } = sandbox.say(bob, '@NOX déclare un incident sev1 service user-api paiement en panne')
    const opened = contentOf(await sandbox.answer(ts, /🚨/, 40_000))
    const n = /INC-(\d+)/.exec(opened)?.[1] ?? ''
    await ask(alice, `@NOX crée le post-mortem de l'incident ${n} dans Notion`, /est encore en cours/)
    await ask(alice, `@NOX résous l'incident ${n}`, /✅.*Post-mortem : Notion.*Post-mortem : Confluence/s)
    await ask(alice, `@NOX post-mortem incident ${n}`, /Où créer le post-mortem|plusieurs/i)
    const made = await ask(
      alice,
      `@NOX crée le post-mortem de l'incident ${n} dans Notion`,
      /Post-mortem créé dans Notion/,
    )
    // The words of its thread are missing, and it says so: nobody let NOX read them.
    expect(made).toMatch(/n’a pas le droit de le lire[\s\S]*for=history/)
    await ask(alice, `@NOX create the post-mortem of incident ${n} in Notion`, /stands in Notion already/)
    const [page, ...more] = sandbox.notion.world.pages.filter(({ title }) => title.startsWith(`Post-mortem INC-${n}`))
    expect(more).toEqual([])
    const text = wording(JSON.stringify(page?.blocks))
    expect(text).toContain('Déclaré par Bob Dupont : paiement en panne')
    expect(text).toContain('Résolu par Alice Martin')
    await ask(alice, `@NOX incident ${n}`, new RegExp(`Post-mortem INC-${n}.*http`, 's'))
  })

  it('tells a critical alert by letter and in Teams, once; the test of a route goes the same ways', async () => {
    const { storage, services } = sandbox.nox
    const open = { severities: [], services: [], environments: [], labels: {}, hours: null, people: [], rota: null }
    const ways = { channel: null, emails: ['oncall@acme.example'], escalateAfter: null, escalateTo: [] }
    const route: AlertRoute = {
      id: 'R1',
      name: 'critical',
      ...open,
      ...ways,
      teams: teamsSeed.channels[0]?.name ?? null,
    }
    const said = await testRoute(services, tenantId, alice, route, { ...noAlertSettings, routes: [route] })
    expect(said.map(({ key }) => key)).toEqual(['alert.test.came', 'alert.test.came'])
    const { version } = await storage.alertSettings.read(tenantId)
    await storage.alertSettings.save(tenantId, { ...noAlertSettings, routes: [route] }, version, entry({}))
    const alert = {
      source: 'grafana',
      fingerprint: 'f1',
      title: 'Disk is full',
      summary: '',
      severity: 'critical',
    } as const
    const more = {
      service: 'user-api',
      environment: 'production',
      labels: {},
      links: [],
      state: 'firing',
      at: Date.now(),
    } as const
    await storage.alerts.receive(tenantId, [{ alert: { ...alert, ...more }, digest: 'd1' }], Date.now())
    const letter = await sandbox.mail.waitForLetter(({ subject }) => subject.includes('Disk is full'), 40_000)
    expect(letter.to).toEqual(['oncall@acme.example'])
    await vi.waitFor(() => expect(JSON.stringify(sandbox.teams.posted)).toContain('Disk is full'), 40_000)
    const letters = sandbox.mail.letters().filter(({ subject }) => subject.includes('Disk is full'))
    expect(letters).toHaveLength(1)
    const over = { ...alert, ...more, state: 'resolved', at: Date.now() } as const
    await storage.alerts.receive(tenantId, [{ alert: over, digest: 'd2' }], Date.now())
    const isEnd = ({ subject }: { subject: string }) => subject.includes('Disk is full') && subject.includes('Résolu')
    const end = await sandbox.mail.waitForLetter(isEnd, 40_000)
    expect(end.text).not.toContain('prendre en charge')
    await vi.waitFor(() => expect(JSON.stringify(sandbox.teams.posted)).toMatch(/Résolu.*Disk is full/), 40_000)
    expect(sandbox.mail.letters().filter(({ subject }) => subject.includes('Disk is full'))).toHaveLength(2)
  })

  it('asks GitHub of so many versions, and tells no lead time where it fails or is not connected', async () => {
    const { storage } = sandbox.nox
    // Versions of which GitHub knows one, and branches, whose commits moved on.
    for (let n = 0; n < 60; n += 1) {
      const args = n < 50 ? { tag: n === 49 ? 'v2.4.1' : `v0.0.${n}` } : { branch: 'main' }
      const now = Date.now()
      const made = await storage.ledger.accept(newAction({ tenantId, args, now, leaseMs: 60_000 }))
      if (made.kind !== 'accepted') throw new TypeError(made.kind)
      const { id } = made.action
      await storage.ledger.finish(tenantId, id, 1, { state: 'done', audit: entry({ at: now }), giveBack: false, now })
    }
    const asked = () => sandbox.github.exchanges.filter(({ request }) => request.path.includes('/commits/')).length
    const before = asked()
    expect(leadIn(await today())).toBeDefined()
    expect(asked() - before).toBe(25)
    sandbox.github.faults.push({ kind: 'status', status: 503, path: /commits/ })
    expect(leadIn(await today())).toBeUndefined()
    sandbox.github.faults.length = 0
    await storage.integrations.remove(tenantId, 'github')
    sandbox.nox.services.knowledge.drop(tenantId)
    const last = asked()
    expect(leadIn(await today())).toBeUndefined()
    expect(asked()).toBe(last)
  })

  it('says what is not connected, to an admin with the way to connect it', async () => {
    await sandbox.nox.storage.integrations.remove(tenantId, 'notion')
    sandbox.nox.services.knowledge.drop(tenantId)
    const said = await ask(alice, '@NOX créer rapport hebdo dans Notion', /Notion/)
    expect(said).toMatch(/Connecter Notion/)
  })
})
