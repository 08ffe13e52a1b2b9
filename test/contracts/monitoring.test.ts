import { afterEach, describe, expect, it } from 'vitest'
import { meanings } from '../../src/capabilities/metrics.ts'
import { addressesOf } from '../../src/integrations/datadog/settings.ts'
import { type Contract, hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type MonitoringProvider, monitoringProviders } from '../helpers/monitoring.ts'

const call = () => ({ signal: AbortSignal.timeout(20_000) })
const action = '01ARZ3NDEKTSV4RRFFQ69G5FA1'
const about = { service: 'web', environment: 'production', namespace: 'production', deployment: 'web' }
let provider: MonitoringProvider
afterEach(() => provider.close())

/** Everything that a connection can do, once. */
async function useAll(): Promise<void> {
  const connected = await provider.connect()
  const { alerts, metrics, dashboards, marks } = connected
  const span = { from: Date.now() - 3_600_000, to: Date.now() }
  await connected.test(call())
  const [first] = (await alerts?.list({}, call())) ?? []
  await alerts?.mute({ id: first?.id ?? '' }, Date.now() + 60_000, 'Bob', action, call())
  await alerts?.mute({ service: 'web' }, Date.now() + 60_000, 'Bob', action, call())
  await alerts?.isMutedBy(action, call())
  await alerts?.unmute({ service: 'web' }, call())
  await dashboards?.search('web', 5, call())
  for (const meaning of meanings) await metrics?.query({ meaning, about }, span, call())
  await metrics?.query({ query: 'sum(((' }, span, call()).catch(() => {})
  await marks?.deployed({ ...about, version: 'v2', from: span.from, to: span.to, failed: true, note: 'Bob' }, call())
}

const isThere = (name: string) => (hasContract(name) ? '' : ' (absent: skipped)')

describe('Datadog', () => {
  const names = ['datadog-v1.json', 'datadog-v2.json']
  it.skipIf(!names.every(hasContract))(`sends what its descriptions tell${names.map(isThere).join('')}`, async () => {
    provider = await monitoringProviders.datadog()
    await useAll()
    const [v1, v2] = names.map((name) => readContract(name)) as [Contract, Contract]
    const problems = provider.double.exchanges.flatMap((exchange) =>
      (exchange.request.path.startsWith('/api/v2/') ? v2 : v1).problems(exchange),
    )
    expect(problems).toEqual([])
    reportCoverage('Datadog v1', v1)
    reportCoverage('Datadog v2', v2)
    expect(v1.covered()).toHaveLength(5)
    expect(v2.covered()).toHaveLength(3)
  })

  it.skipIf(!names.every(hasContract))(
    `fails for a request that is not described${isThere('datadog-v1.json')}`,
    async () => {
      provider = await monitoringProviders.datadog()
      await useAll()
      const v1 = readContract('datadog-v1.json')
      const query = provider.double.exchanges.find(({ request }) => request.path === '/api/v1/query')
      if (!query) throw new Error('no query')
      const broken = {
        ...query,
        request: { ...query.request, query: new URLSearchParams({ from: '1', query: 'x', last: '1' }) },
      }
      expect(v1.problems(broken).join()).toMatch(/last is not described.*to is required/)
      const { 'dd-application-key': _, ...headers } = query.request.headers
      expect(v1.problems({ ...query, request: { ...query.request, headers } }).join()).toMatch(/no Authorization/)
    },
  )

  it.each([
    ['https://datadoghq.eu', 'https://api.datadoghq.eu', 'https://app.datadoghq.eu'],
    ['https://app.datadoghq.com/', 'https://api.datadoghq.com', 'https://app.datadoghq.com'],
    ['https://us5.datadoghq.com', 'https://api.us5.datadoghq.com', 'https://us5.datadoghq.com'],
    ['https://api.ap1.datadoghq.com', 'https://api.ap1.datadoghq.com', 'https://ap1.datadoghq.com'],
    ['https://proxy.acme.example/dd/', 'https://proxy.acme.example/dd', 'https://proxy.acme.example/dd'],
    ['https://datadoghq.com.evil.example', 'https://datadoghq.com.evil.example', 'https://datadoghq.com.evil.example'],
  ])('knows where %s stands', async (url, api, app) => {
    provider = await monitoringProviders.datadog()
    expect(addressesOf(url)).toEqual({ api, app })
  })
})

describe('Alertmanager', () => {
  it.skipIf(!hasContract('alertmanager-v2.json'))(
    `sends what its description tells${isThere('alertmanager-v2.json')}`,
    async () => {
      provider = await monitoringProviders.alertmanager()
      await useAll()
      const contract = readContract('alertmanager-v2.json', '/api/v2')
      expect(provider.double.exchanges.flatMap((exchange) => contract.problems(exchange))).toEqual([])
      reportCoverage('Alertmanager', contract)
      expect(contract.covered()).toHaveLength(5)
    },
  )
})

describe('Grafana, for metrics and marks', () => {
  it.skipIf(!hasContract('grafana.json'))(`sends what its description tells${isThere('grafana.json')}`, async () => {
    provider = await monitoringProviders.grafana()
    await useAll()
    const contract = readContract('grafana.json', '/api')
    // What a data source could not read is answered with its results, whatever the description says of 400.
    const own = provider.double.exchanges.filter(
      ({ request, answer }) => !request.path.includes('/alertmanager/') && answer.status !== 400,
    )
    expect(own.flatMap((exchange) => contract.problems(exchange))).toEqual([])
    reportCoverage('Grafana, metrics and marks', contract)
    expect(contract.covered()).toHaveLength(5)
  })
})
