import {
  BaseServerConfiguration,
  createConfiguration,
  ResponseContext,
} from '@datadog/datadog-api-client/dist/packages/datadog-api-client-common/index.js'
import { KeyManagementApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/KeyManagementApi.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressesOf } from '../../src/integrations/datadog/settings.ts'
import type { DatadogDouble } from '../../src/sandbox/datadog/index.ts'
import type { Exchange } from '../../src/sandbox/http-double.ts'
import { en } from '../../src/texts/en.ts'
import { fr } from '../../src/texts/fr.ts'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type MonitoringProvider, monitoringProviders } from '../helpers/monitoring.ts'
import { call, useAll, uses } from '../helpers/use-monitoring.ts'

const names = ['datadog-v1.json', 'datadog-v2.json'] as const
const isThere = names.every(hasContract)
const absent = isThere ? '' : ' (descriptions absent: skipped)'
/** The newest of the descriptions at hand is older than this operation: it is held to Datadog's own client instead. */
const isValidation = ({ request }: Exchange) => request.path === '/api/v2/validate_keys'

const keys = { apiKey: 'monitor-api-key', appKey: 'monitor-app-key' }
let provider: MonitoringProvider<DatadogDouble>
beforeEach(async () => {
  provider = await monitoringProviders.datadog()
})
afterEach(() => provider.close())

const read = () => {
  const [v1, v2] = [readContract(names[0]), readContract(names[1])]
  const of = ({ request }: Exchange) => (request.path.startsWith('/api/v2/') ? v2 : v1)
  return { v1, v2, of }
}
const described = () => provider.double.exchanges.filter((exchange) => !isValidation(exchange))

describe('Datadog', () => {
  it.skipIf(!isThere)(`sends what its descriptions tell${absent}`, async () => {
    await useAll(provider)
    const unknown = await provider.connect({ ...keys, appKey: 'none-of-this-organisation' })
    await unknown.test(call()).catch(() => {})
    const { v1, v2, of } = read()
    expect(described().flatMap((exchange) => of(exchange).problems(exchange))).toEqual([])
    reportCoverage('Datadog v1', v1)
    reportCoverage('Datadog v2', v2)
    expect(v1.covered()).toHaveLength(5)
    expect(v2.covered()).toHaveLength(3)
  })

  it.skipIf(!isThere)(`fails for a request that is not described${absent}`, async () => {
    await useAll(provider)
    const { v1 } = read()
    const query = provider.double.exchanges.find(({ request }) => request.path === '/api/v1/query')
    if (!query) throw new Error('no query')
    const broken = {
      ...query,
      request: { ...query.request, query: new URLSearchParams({ from: '1', query: 'x', last: '1' }) },
    }
    expect(v1.problems(broken).join()).toMatch(/last is not described.*to is required/)
    const { 'dd-application-key': _, ...headers } = query.request.headers
    expect(v1.problems({ ...query, request: { ...query.request, headers } }).join()).toMatch(/no Authorization/)
  })

  it('validates keys with the request that its own client sends, answered so that its client reads it', async () => {
    const connected = await provider.connect()
    await connected.test(call())
    for (const wrong of [{ apiKey: 'none' }, { appKey: 'none' }]) {
      await (await provider.connect({ ...keys, ...wrong })).test(call()).catch(() => {})
    }
    const ours = provider.double.exchanges.filter(isValidation)
    expect([...new Set(ours.map(({ answer }) => answer.status))]).toEqual([200, 401, 403])
    for (const { request, answer } of ours) {
      const { 'dd-api-key': apiKey, 'dd-application-key': appKey } = request.headers
      let sent: unknown
      const configuration = createConfiguration({
        baseServer: new BaseServerConfiguration('https://api.datadoghq.eu', {}),
        authMethods: { apiKeyAuth: String(apiKey), appKeyAuth: String(appKey) },
        httpApi: {
          async send(theirs) {
            const headers = Object.entries(theirs.getHeaders()).map(([name, value]) => [name.toLowerCase(), value])
            sent = { method: theirs.getHttpMethod(), path: new URL(theirs.getUrl()).pathname, ...named(headers) }
            const type = { 'content-type': 'application/json' }
            const text = JSON.stringify(answer.body)
            const body = { text: async () => text, binary: async () => Buffer.from(text) }
            return new ResponseContext(answer.status, type, body)
          },
        },
      })
      const theirs = new KeyManagementApi(configuration).validateAPIKey()
      if (answer.status === 200) expect(await theirs).toMatchObject({ status: 'ok' })
      else await expect(theirs).rejects.toMatchObject({ code: answer.status, body: { errors: [expect.any(String)] } })
      const { method, path } = request
      expect({ method, path, ...named(Object.entries(request.headers)) }).toEqual(sent)
    }
  })

  it.skipIf(!isThere)(
    `names the scope that its descriptions ask for, and only where it is missing${absent}`,
    async () => {
      const { of } = read()
      const connected = await provider.connect()
      const { double } = provider
      const needs = new Map<string, ReadonlySet<string>>()
      for (const [name, use] of Object.entries(uses)) {
        if (name === 'unmute') await uses.muteService(connected)
        const before = double.exchanges.length
        await use(connected)
        const sent = double.exchanges.slice(before)
        needs.set(name, new Set(sent.flatMap((exchange) => of(exchange).scopes(exchange))))
      }
      const all = [...new Set([...needs.values()].flatMap((each) => [...each]))]
      expect(all.sort()).toEqual([...double.scopes].sort())
      for (const texts of [fr, en]) for (const scope of all) expect(texts['datadog.appKey.hint']).toContain(scope)
      for (const scope of all) {
        double.scopes.delete(scope)
        for (const [name, use] of Object.entries(uses)) {
          const end = await Promise.resolve(use(connected)).then(
            () => null,
            (error: { code?: string; forPerson?: unknown }) => error,
          )
          const told = { key: 'datadog.scope.missing', params: { scope } }
          const fits = needs.get(name)?.has(scope) ? { code: 'forbidden', forPerson: told } : null
          if (fits) expect(end, `${name} without ${scope}`).toMatchObject(fits)
          else expect(end, `${name} without ${scope}`).toBeNull()
        }
        expect((await connected.test(call())).missing).toEqual([scope])
        double.scopes.add(scope)
      }
    },
  )

  it.each([
    ['https://datadoghq.eu', 'https://api.datadoghq.eu', 'https://app.datadoghq.eu'],
    ['https://app.datadoghq.com/', 'https://api.datadoghq.com', 'https://app.datadoghq.com'],
    ['https://us5.datadoghq.com', 'https://api.us5.datadoghq.com', 'https://us5.datadoghq.com'],
    ['https://api.ap1.datadoghq.com', 'https://api.ap1.datadoghq.com', 'https://ap1.datadoghq.com'],
    ['https://proxy.acme.example/dd/', 'https://proxy.acme.example/dd', 'https://proxy.acme.example/dd'],
    ['https://datadoghq.com.evil.example', 'https://datadoghq.com.evil.example', 'https://datadoghq.com.evil.example'],
  ])('knows where %s stands', (url, api, app) => {
    expect(addressesOf(url)).toEqual({ api, app })
  })
})

/** What tells who asks, and for what. */
function named(headers: readonly (readonly unknown[])[]) {
  const told = headers.filter(([name]) => ['dd-api-key', 'dd-application-key', 'accept'].includes(String(name)))
  return { headers: Object.fromEntries(told as [string, unknown][]) }
}
