import type { CallOptions } from '../../capabilities/clusters.ts'
import { type MetricQueries, queryFor, unreadableQuery } from '../../capabilities/metric-queries.ts'
import type { MetricSeries, Metrics } from '../../capabilities/metrics.ts'
import { unreadableAnswer } from '../../egress/vendor-problem.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { listOf, recordOf } from '../shared/read-answer.ts'
import type { GrafanaClient } from './client.ts'

/** Points of a series: enough for a picture (the vendor thins them out). */
const mostPoints = 240

// A pod of a Deployment is called after it, its ReplicaSet and itself: `web-7c9f-x2x1v`, and never `web-admin-…`.
const pods = 'namespace="$namespace",pod=~"$deployment-[a-z0-9]+-[a-z0-9]+",container!=""'
const service = 'namespace="$namespace",service="$service"'

/** What cAdvisor and the usual HTTP instrumentations of Prometheus call it. */
export const usualQueries: MetricQueries = {
  cpu: `sum(rate(container_cpu_usage_seconds_total{${pods}}[5m]))`,
  memory: `sum(container_memory_working_set_bytes{${pods}})`,
  requests: `sum(rate(http_requests_total{${service}}[5m]))`,
  errors: `sum(rate(http_requests_total{${service},status=~"5.."}[5m]))`,
  latency: `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${service}}[5m])))`,
}

interface DataSource {
  readonly uid?: string
  readonly type?: string
  readonly isDefault?: boolean
}

const dataSourceShape = { uid: 'text', type: 'text', isDefault: 'switch' } as const

interface Frame {
  readonly schema?: {
    readonly name?: string
    readonly fields?: readonly { readonly type?: string; readonly labels?: Readonly<Record<string, string>> }[]
  }
  readonly data?: { readonly values?: readonly (readonly (number | null)[])[] }
}

interface Result {
  readonly error?: string
  readonly frames?: readonly Frame[]
}

interface QueryAnswer {
  readonly results?: { readonly A?: unknown }
}

const resultShape = {
  error: 'text',
  frames: [{ schema: { name: 'text', fields: [{ type: 'text', labels: {} }] }, data: { values: [['number']] } }],
} as const

/** @param dataSource the uid that an admin named; absent = the default Prometheus, else the first */
export function createMetrics(client: GrafanaClient, queries: MetricQueries, dataSource: string | undefined): Metrics {
  let found: Promise<string> | undefined

  async function findDataSource(call: CallOptions): Promise<string> {
    const all = listOf<DataSource>('Grafana', await client.send({ path: '/datasources' }, call), dataSourceShape)
    const known = all.filter(({ type }) => type === 'prometheus')
    const { uid } = known.find(({ isDefault }) => isDefault) ?? known[0] ?? {}
    if (uid !== undefined) return uid
    throw new NoxError('not-found', 'Grafana shows no Prometheus', { forPerson: phrase('grafana.dataSource.none') })
  }

  async function sourceOf(call: CallOptions): Promise<string> {
    if (dataSource !== undefined) return dataSource
    found ??= findDataSource(call)
    try {
      return await found
    } catch (error) {
      found = undefined
      throw error
    }
  }

  return {
    async query(wanted, { from, to }, call) {
      const expr = queryFor(wanted, queries)
      const query = {
        refId: 'A',
        datasource: { type: 'prometheus', uid: await sourceOf(call) },
        expr,
        range: true,
        maxDataPoints: mostPoints,
        intervalMs: Math.max(15_000, Math.ceil((to - from) / mostPoints)),
      }
      const body = { from: String(Math.floor(from)), to: String(Math.floor(to)), queries: [query] }
      try {
        const answer = await client.send<QueryAnswer | null>({ method: 'POST', path: '/ds/query', body }, call)
        const { error, frames } = recordOf<Result>('Grafana', answer?.results?.A, resultShape)
        if (error !== undefined) throw unreadableQuery('Grafana', error)
        if (frames === undefined) throw unreadableAnswer('Grafana')
        return frames.flatMap((frame) => readFrame(frame, frames.length > 1))
      } catch (error) {
        if (error instanceof NoxError && error.facts.status === 400) throw unreadableQuery('Grafana', error.message)
        throw error
      }
    },
  }
}

/** A column of times, and one of values: each beside the first is a series. */
function readFrame({ schema, data }: Frame, several: boolean): readonly MetricSeries[] {
  const [times = [], ...columns] = data?.values ?? []
  return columns.map((values, at) => {
    const labels = Object.entries(schema?.fields?.[at + 1]?.labels ?? {})
    const name = labels.map(([label, value]) => `${label}=${value}`).join(', ') || (schema?.name ?? '')
    return {
      name: several || columns.length > 1 ? name : '',
      points: times.flatMap((time, row): [number, number | null][] =>
        time === null ? [] : [[time, values[row] ?? null]],
      ),
    }
  })
}
