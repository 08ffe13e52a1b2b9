import { expect, it } from 'vitest'
import { datadogSeed } from '../../src/sandbox/seed-datadog.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob } = people
/** What is tried, in both languages, and the scope that it takes. */
const tries = [
  ['monitors_read', '@NOX alertes dans datadog', '@NOX alerts in datadog'],
  ['monitors_downtime', '@NOX coupe les alertes de checkout pendant 2h', '@NOX mute the alerts of checkout for 2h'],
  ['dashboards_read', '@NOX dashboard user-api dans datadog', '@NOX find the dashboard user-api in datadog'],
  ['timeseries_query', '@NOX cpu de user-api en staging', '@NOX cpu of user-api in staging'],
] as const

eachSandbox('Datadog refuses with 403', (sandbox) => {
  const home = homeOf(sandbox)
  const storage = () => sandbox().nox.storage
  const tenantId = async () => (await storage().installations.tenantOf(societeX)) ?? ''
  const connect = async (appKey: string = datadogSeed.appKey) => {
    const url = `${sandbox().url.replace('localhost', '127.0.0.1')}/sandbox/datadog`
    const settings = { url, preferredFor: 'alerts,dashboards,metrics' }
    const since = { account: 'x', connectedAt: 1, checkedAt: 1, failingSince: null }
    const integration = { tenantId: await tenantId(), vendor: 'datadog', settings, ...since } as const
    await storage().integrations.save(integration, { apiKey: datadogSeed.apiKey, appKey })
    sandbox().nox.services.knowledge.drop(await tenantId())
  }
  const ask = async (text: string, fits: RegExp) => {
    const { ts } = sandbox().say(bob, text)
    return contentOf(await sandbox().answer(ts, fits))
  }
  const noted = async () => {
    const found = (await storage().integrations.list(await tenantId())).find(({ vendor }) => vendor === 'datadog')
    return found?.failingFor ?? found?.failingSince
  }
  const become = (stands: string | null) => expect.poll(noted, { timeout: 8_000 }).toBe(stands)
  /** What was noted of Datadog at work, the newest first. */
  const records = async () =>
    (await storage().audit.list(await tenantId(), { command: 'vendor.health', limit: 50 })).map(({ result }) => result)
  const test = async () => {
    await home.tab(alice, 'integrations', /vendor.menu.datadog/)
    await home.use(alice, 'vendor.menu.datadog', pick('test'))
    const view = await sandbox().slack.waitForView(alice, (each) =>
      /Datadog (?:est|ne va pas)/.test(readable(each.json)),
    )
    await home.close(alice, view.id)
    return readable(view.json)
  }

  it.each(tries)('names %s where the keys lack it, and its keys stay good', async (scope, french, english) => {
    await connect()
    const { scopes } = sandbox().datadog
    scopes.delete(scope)
    const fr = await ask(french, /Datadog ne permet pas/)
    expect(fr).toContain(`\`${scope}\``)
    expect(await ask(english, /Datadog does not allow/)).toContain(`\`${scope}\``)
    expect((await home.tab(alice, 'integrations', /vendor.menu.datadog/)).text).toMatch(/Datadog[^"]*Connecté, vérifié/)
    expect(await test()).toMatch(new RegExp(`ne permet pas encore à NOX : [^"]*${scope}`))
    scopes.add(scope)
    expect(await test()).toMatch(/NOX peut y faire tout/)
    expect(await records()).toEqual([])
  })

  it('calls its access refused where the keys are none, and heals when they are known again', async () => {
    await connect('not-a-key-of-this-datadog')
    const fr = await ask('@NOX alertes dans datadog', /Datadog ne reconnaît plus/)
    expect(fr).not.toContain('not-a-key-of-this-datadog')
    await ask('@NOX alerts in datadog', /Datadog no longer accepts/)
    await become('credentials')
    expect((await home.tab(alice, 'integrations', /vendor.menu.datadog/)).text).toMatch(/Datadog[^"]*Accès refusé/)
    expect(await test()).toMatch(/clé d’application/)
    await become('credentials')
    await connect()
    await ask('@NOX alertes dans datadog', /Alertes\* : 2/)
    await become(null)
  })

  it('does not blame the keys where nobody can tell whether they are good', async () => {
    await connect()
    const { datadog } = sandbox()
    datadog.scopes.delete('monitors_read')
    datadog.faults.push({ kind: 'status', status: 404, path: /validate_keys/ })
    const before = await records()
    expect(await ask('@NOX alertes dans datadog', /Datadog ne permet pas/)).not.toContain('monitors_read')
    datadog.faults.splice(0)
    datadog.scopes.add('monitors_read')
    expect(await test()).toMatch(/NOX peut y faire tout/)
    expect(await records()).toEqual(before)
  })

  it('is well again, although a scope is missing, once its keys are known', async () => {
    await connect()
    const { datadog } = sandbox()
    datadog.faults.push({ kind: 'status', status: 403 })
    await ask('@NOX alertes dans datadog', /Datadog ne reconnaît plus/)
    await become('credentials')
    datadog.faults.splice(0)
    datadog.scopes.delete('monitors_read')
    await ask('@NOX alertes dans datadog', /`monitors_read`/)
    await become(null)
    datadog.scopes.add('monitors_read')
  })
})
