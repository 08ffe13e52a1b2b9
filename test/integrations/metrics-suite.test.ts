import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Dashboards } from '../../src/capabilities/alerts.ts'
import { type Metrics, meanings } from '../../src/capabilities/metrics.ts'
import { type MonitoringProvider, monitoringProviders, providersWith } from '../helpers/monitoring.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
const lastHour = () => ({ from: Date.now() - 3_600_000, to: Date.now() })
const about = { service: 'web', environment: 'production', namespace: 'production', deployment: 'web' }

describe.each(providersWith('metrics'))('metrics of %s', (vendor) => {
  let provider: MonitoringProvider
  let metrics: Metrics
  const connect = async (settings: Record<string, string> = {}) => {
    const connected = await provider.connect(undefined, settings)
    if (!connected.metrics) throw new Error('no metrics')
    return connected.metrics
  }
  beforeEach(async () => {
    provider = await monitoringProviders[vendor]()
    metrics = await connect()
  })
  afterEach(() => provider.close())

  it.each(meanings)('measures %s of a service', async (meaning) => {
    const span = lastHour()
    const [series, ...others] = await metrics.query({ meaning, about }, span, call())
    expect(others).toEqual([])
    expect(series?.name).toBe('')
    const points = series?.points ?? []
    expect(points.length).toBeGreaterThan(10)
    expect(points.every(([at, value]) => at >= span.from - 60_000 && at <= span.to && (value ?? 0) >= 0)).toBe(true)
    expect([...points].sort(([a], [b]) => a - b)).toEqual(points)
  })

  it('gives nothing where nothing is measured', async () => {
    const unknown = { ...about, service: 'unicorn', deployment: 'unicorn', namespace: 'nowhere' }
    expect(
      await metrics.query({ meaning: 'cpu', about: { ...unknown, environment: 'dev' } }, lastHour(), call()),
    ).toEqual([])
  })

  it.each(['a"} or vector(1)', '*,env:*', 'x}by{host', 'a b', ''])(
    'refuses the name %j, which would change a query',
    async (name) => {
      for (const changed of [{ service: name }, { deployment: name }, { namespace: name }, { environment: name }]) {
        const queries = { queries: 'cpu = sum:x{a:$service,b:$deployment,c:$namespace,d:$env}' }
        const sent = (await connect(queries)).query(
          { meaning: 'cpu', about: { ...about, ...changed } },
          lastHour(),
          call(),
        )
        await expect(sent).rejects.toMatchObject({ code: 'bad-input' })
      }
      expect(provider.double.exchanges.filter(({ request }) => /query/.test(request.path))).toEqual([])
    },
  )

  it('says where a query cannot be read', async () => {
    await expect(metrics.query({ query: 'sum(((' }, lastHour(), call())).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('asks with the query of an admin', async () => {
    const own = await connect({ queries: 'cpu = sum:my.cpu{service:$service}' })
    await own.query({ meaning: 'cpu', about }, lastHour(), call()).catch(() => [])
    const asked = JSON.stringify(
      provider.double.exchanges.map(({ request }) => [request.body, request.query.get('query')]),
    )
    expect(asked).toContain('sum:my.cpu{service:web}')
  })
})

describe.each(providersWith('dashboards'))('dashboards of %s', (vendor) => {
  let provider: MonitoringProvider
  let dashboards: Dashboards
  beforeEach(async () => {
    provider = await monitoringProviders[vendor]()
    const connected = await provider.connect()
    if (!connected.dashboards) throw new Error('no dashboards')
    dashboards = connected.dashboards
  })
  afterEach(() => provider.close())

  it('finds by a part of the title, with a link that leads there', async () => {
    const found = await dashboards.search('MAILER', 5, call())
    expect(found.map(({ title }) => title)).toEqual(['Service mailer'])
    expect(found[0]?.url.startsWith(`${provider.url}/d`)).toBe(true)
    expect(await dashboards.search('service', 2, call())).toHaveLength(2)
    expect(await dashboards.search('unicorn', 5, call())).toEqual([])
  })

  it('leaves a hostile title to those who show it, and makes no link that leads elsewhere', async () => {
    const ways = ['//evil.example/x', 'https://evil.example/x', 'javascript:alert(1)', '.evil.example', '@evil.example']
    const title = '<!channel> *mailer* ](https://evil.example) \u202e"'
    const all = ways.map((url, at) => ({ id: vendor === 'grafana' ? at : `abc-${at}`, uid: `u${at}`, title, url }))
    const body = JSON.stringify(vendor === 'grafana' ? all : { dashboards: all })
    const headers = { 'content-type': 'application/json' }
    provider.double.faults.push({ kind: 'status', status: 200, body, headers, times: 1 })
    const found = await dashboards.search('mailer', 9, call())
    expect(found.map((each) => each.title)).toEqual(ways.map(() => title))
    for (const { url } of found) expect(new URL(url).origin).toBe(new URL(provider.url).origin)
  })

  it('draws a panel as a picture, or says that it draws none', async () => {
    const [found] = await dashboards.search('mailer', 1, call())
    if (!found) throw new Error('no dashboard')
    expect(found.id).not.toBe('')
    const picture = await dashboards.picture(found, 'mailer', call())
    if (picture) expect(Buffer.from(picture.png).subarray(1, 4).toString()).toBe('PNG')
    expect(picture?.title ?? null).toBe(vendor === 'grafana' ? 'Requêtes' : null)
  })
})

describe.each(providersWith('marks'))('marks of %s', (vendor) => {
  let provider: MonitoringProvider
  beforeEach(async () => {
    provider = await monitoringProviders[vendor]()
  })
  afterEach(() => provider.close())

  it('marks a deployment with what it was, once, whatever answer is lost', async () => {
    const { marks } = await provider.connect()
    if (!marks) throw new Error('no marks')
    const to = Date.now()
    const about = { service: 'mailer', environment: 'staging', from: to - 60_000, to, note: 'Bob #7' }
    const sent = () => provider.double.exchanges.filter(({ request }) => request.method === 'POST')
    await marks.deployed({ ...about, version: 'v2', failed: false }, call())
    await marks.deployed({ ...about, version: 'v3', failed: true }, call())
    const [good = '', bad = ''] = sent().map(({ request }) => JSON.stringify(request.body))
    for (const words of ['mailer', 'staging', 'v2', 'Bob #7', 'service:mailer', 'env:staging'])
      expect(good).toContain(words)
    expect(good).not.toContain('failed')
    expect(bad).toContain('failed')
    provider.double.faults.push({ kind: 'status', status: 500, after: true, method: 'POST' })
    await expect(marks.deployed({ ...about, version: 'v4', failed: false }, call())).rejects.toMatchObject({
      code: 'vendor-failed',
    })
    expect(sent()).toHaveLength(3)
  })
})
