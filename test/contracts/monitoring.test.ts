import { afterEach, describe, expect, it } from 'vitest'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type MonitoringProvider, monitoringProviders } from '../helpers/monitoring.ts'
import { useAll } from '../helpers/use-monitoring.ts'

let provider: MonitoringProvider
afterEach(() => provider.close())

const isThere = (name: string) => (hasContract(name) ? '' : ' (absent: skipped)')

describe('Alertmanager', () => {
  it.skipIf(!hasContract('alertmanager-v2.json'))(
    `sends what its description tells${isThere('alertmanager-v2.json')}`,
    async () => {
      provider = await monitoringProviders.alertmanager()
      await useAll(provider)
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
    await useAll(provider)
    const contract = readContract('grafana.json', '/api')
    // What a data source could not read is answered with its results, whatever the description says of 400.
    const own = provider.double.exchanges.filter(
      ({ request, answer }) => !request.path.includes('/alertmanager/') && answer.status !== 400,
    )
    expect(own.flatMap((exchange) => contract.problems(exchange))).toEqual([])
    reportCoverage('Grafana, metrics and marks', contract)
    expect(contract.covered()).toHaveLength(6)
  })
})
