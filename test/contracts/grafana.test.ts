import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connected } from '../../src/capabilities/connectors.ts'
import { NoxError } from '../../src/errors.ts'
import { grafana } from '../../src/integrations/grafana/index.ts'
import { createGrafanaDouble, type GrafanaDouble } from '../../src/sandbox/grafana/index.ts'
import { grafanaSeed } from '../../src/sandbox/seed-grafana.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
const action = (at: number) => `01ARZ3NDEKTSV4RRFFQ69G5FA${at}`
let double: GrafanaDouble
let url = ''
let connect: (token?: string) => Promise<Connected>
let close: () => Promise<void>

beforeEach(async () => {
  double = createGrafanaDouble({ seed: grafanaSeed, basePath: '/grafana' })
  url = (await double.listen()).url
  const connectors = createConnectors([grafana], { allowPrivate: ['127.0.0.1'], now: Date.now })
  const rest = {
    tenantId: 'T1',
    vendor: 'grafana',
    account: '',
    connectedAt: 0,
    checkedAt: 0,
    failingSince: null,
  } as const
  connect = (token = grafanaSeed.token) =>
    connectors.open({ integration: { ...rest, settings: { url } }, secrets: { token } })
  close = async () => {
    await connectors.close()
    await double.close()
  }
})
afterEach(() => close())

const alertsOf = async () => {
  const { alerts } = await connect()
  if (!alerts) throw new Error('no alerts')
  return alerts
}

describe('Grafana', () => {
  it('draws the panel that the words name, the first that shows something, and none without the renderer', async () => {
    const { dashboards } = await connect()
    const [found] = (await dashboards?.search('mailer', 1, call())) ?? []
    if (!dashboards || !found) throw new Error('no dashboard')
    expect((await dashboards.picture(found, 'mailer', call()))?.title).toBe('Requêtes')
    const named = await dashboards.picture(found, 'mémoire', call())
    expect(named?.title).toBe('Mémoire')
    expect(named?.png.length).toBeGreaterThan(200)
    const rendered = double.exchanges.filter(({ request }) => request.path.startsWith('/render/'))
    expect(rendered.map(({ request }) => request.query.get('panelId'))).toEqual(['2', '4'])
    double.faults.push({ kind: 'status', status: 200, path: /frontend/ })
    expect(await dashboards.picture(found, 'mailer', call())).toBeNull()
    expect(double.exchanges.filter(({ request }) => request.path.startsWith('/render/'))).toHaveLength(2)
    double.faults.splice(0)
    double.faults.push({ kind: 'status', status: 200, path: /render/ })
    await expect(dashboards.picture(found, 'mailer', call())).rejects.toThrow(/something else/)
  })

  it('tells as whom NOX acts, and an access that is refused', async () => {
    expect(await (await connect()).test(call())).toEqual({ account: 'Société X', missing: [] })
    const error = await (await connect('wrong-token')).test(call()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NoxError)
    const { forPerson, message, facts } = error as NoxError
    expect(forPerson && plainPhrase(forPerson, 'en')).toMatch(/no longer accepts/)
    expect(JSON.stringify([message, facts])).not.toContain('wrong-token')
  })

  it('lists what fires, the newest first, and what is about one service', async () => {
    const alerts = await alertsOf()
    const all = await alerts.list({}, call())
    expect(all.map(({ service }) => service)).toEqual(['search', 'mailer', 'web'])
    expect(all[1]).toMatchObject({ severity: 'critical', isMuted: false, title: expect.stringContaining('mémoire') })
    expect(await alerts.list({ service: 'mailer' }, call())).toHaveLength(1)
    expect(await alerts.list({ service: 'billing' }, call())).toEqual([])
  })

  it('mutes one alert or a whole service, once, and unmutes only what it muted', async () => {
    const alerts = await alertsOf()
    const [search, mailer] = await alerts.list({}, call())
    if (!search || !mailer) throw new Error('no alerts')
    const until = Date.now() + 3_600_000
    const foreign = { matchers: [{ name: 'service', value: 'web', isRegex: false }], createdBy: 'eve', comment: 'mine' }
    const times = { startsAt: new Date().toISOString(), endsAt: new Date(until).toISOString() }
    await fetch(`${url}/api/alertmanager/grafana/api/v2/silences`, {
      method: 'POST',
      headers: { authorization: `Bearer ${grafanaSeed.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...foreign, ...times }),
    })
    expect(await alerts.mute({ id: mailer.id.slice(0, 8) }, until, 'Bob · NOX #1', action(1), call())).toBe(true)
    expect(await alerts.mute({ service: 'search' }, until, 'Bob · NOX #2', action(2), call())).toBe(true)
    expect(await alerts.mute({ id: 'ffffffff' }, until, 'Bob · NOX #3', action(3), call())).toBe(false)
    expect((await alerts.list({}, call())).map(({ isMuted }) => isMuted)).toEqual([true, true, true])
    expect(await alerts.isMutedBy(action(1), call())).toBe(true)
    expect(await alerts.isMutedBy(action(3), call())).toBe(false)
    expect(await alerts.unmute({ service: 'web' }, call())).toBe(0)
    expect(await alerts.unmute({ service: 'mailer' }, call())).toBe(1)
    expect(await alerts.unmute({ id: search.id }, call())).toBe(1)
    expect(await alerts.isMutedBy(action(1), call())).toBe(false)
    expect(double.silences).toHaveLength(3)
  })

  it('never mutes twice, whatever answer is lost', async () => {
    const alerts = await alertsOf()
    double.faults.push({ kind: 'reset', after: true, path: /silences/, times: 1 })
    const lost = alerts.mute({ service: 'web' }, Date.now() + 60_000, 'Bob', action(1), call())
    await expect(lost).rejects.toMatchObject({ code: 'unreachable' })
    expect(double.silences).toHaveLength(1)
    expect(await alerts.isMutedBy(action(1), call())).toBe(true)
  })

  it('finds dashboards, whose links keep the path that Grafana stands under', async () => {
    const { dashboards } = await connect()
    const found = await dashboards?.search('user-api', 5, call())
    expect(found).toEqual([
      {
        id: 'svc-user-api',
        title: 'Service user-api',
        folder: 'Services',
        url: `${url}/d/svc-user-api/service-user-api`,
      },
    ])
  })

  const present = hasContract('grafana.json') && hasContract('alertmanager-v2.json')
  it.skipIf(!present)(`sends what its descriptions tell${present ? '' : ' (absent: skipped)'}`, async () => {
    const { dashboards } = await connect()
    await (await connect()).test(call())
    await dashboards?.search('user', 5, call())
    const alerts = await alertsOf()
    await alerts.mute({ service: 'web' }, Date.now() + 60_000, 'Bob', action(1), call())
    await alerts.unmute({ service: 'web' }, call())
    const own = readContract('grafana.json', '/api')
    const manager = readContract('alertmanager-v2.json', '/api/alertmanager/grafana/api/v2')
    const problems = double.exchanges.flatMap((exchange) => {
      if (!exchange.request.path.includes('/alertmanager/')) return own.problems(exchange)
      // Grafana answers 202 where Alertmanager answers 200.
      const { answer } = exchange
      return manager.problems({ ...exchange, answer: answer.status === 202 ? { ...answer, status: 200 } : answer })
    })
    expect(problems).toEqual([])
    reportCoverage('Grafana', own)
    reportCoverage('Grafana’s alert manager', manager)
    expect(own.covered()).toHaveLength(2)
    expect(manager.covered()).toHaveLength(4)
  })
})
