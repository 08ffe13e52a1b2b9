import {
  MetricsApi,
  type MetricsQueryMetadata,
} from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/index.js'
import { type MetricQueries, queryFor, unreadableQuery } from '../../capabilities/metric-queries.ts'
import type { MetricSeries, Metrics } from '../../capabilities/metrics.ts'
import { NoxError } from '../../errors.ts'
import { listOf } from '../shared/read-answer.ts'
import type { DatadogClient } from './client.ts'

const inCluster = '{kube_deployment:$deployment,kube_namespace:$namespace}'
const traced = '{service:$service,env:$env}'

/** What Datadog's agent and tracer send by themselves (docs.datadoghq.com: Kubernetes data collected, trace metrics). */
export const usualQueries: MetricQueries = {
  cpu: `sum:kubernetes.cpu.usage.total${inCluster} / 1000000000`,
  memory: `sum:kubernetes.memory.usage${inCluster}`,
  requests: `sum:trace.http.request.hits${traced}.as_rate()`,
  errors: `sum:trace.http.request.errors${traced}.as_rate()`,
  latency: `p95:trace.http.request${traced}`,
}

/** By `/api/v1/query`. @throws NoxError in Datadog's own words where it can't read a query */
export function createMetrics(client: DatadogClient, queries: MetricQueries): Metrics {
  return {
    async query(wanted, { from, to }, call) {
      const api = new MetricsApi(client.configuration(call))
      const asked = {
        from: Math.floor(from / 1_000),
        to: Math.floor(to / 1_000),
        query: queryFor(wanted, queries),
      }
      const asks = client.call(api.queryMetrics(asked), call, 'timeseries_query')
      const answer = await asks.catch((error: unknown) => {
        if (error instanceof NoxError && error.facts.status === 400) throw unreadableQuery('Datadog', error.message)
        throw error
      })
      // A query that cannot be read is answered with 200 too.
      if (answer?.status === 'error') throw unreadableQuery('Datadog', answer.error ?? '')
      const series = listOf<MetricsQueryMetadata>('Datadog', answer?.series, { scope: 'text', pointlist: [['number']] })
      return series.map(
        ({ scope = '', pointlist = [] }): MetricSeries => ({
          name: series.length === 1 ? '' : scope,
          points: pointlist.map((point): [number, number | null] => [Number(point[0]), point[1] ?? null]),
        }),
      )
    },
  }
}
