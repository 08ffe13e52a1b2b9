import type { DoubleAnswer, DoubleRequest } from '../http-double.ts'
import { metricWave, scaleOf } from '../metric-wave.ts'

/** The one data source of the simulated Grafana. */
export const prometheus = {
  id: 1,
  uid: 'prom-main',
  orgId: 1,
  name: 'Prometheus',
  type: 'prometheus',
  typeName: 'Prometheus',
  typeLogoUrl: '',
  access: 'proxy',
  url: 'http://prometheus:9090',
  user: '',
  database: '',
  basicAuth: false,
  isDefault: true,
  jsonData: {},
  readOnly: false,
}

interface Query {
  readonly refId?: string
  readonly datasource?: { readonly uid?: string }
  readonly expr?: string
  readonly maxDataPoints?: number
}

interface Body {
  readonly from?: string
  readonly to?: string
  readonly queries?: readonly Query[]
}

/** PromQL as far as its brackets tell: what is not closed is refused, as Prometheus does. */
const isBalanced = (text: string) =>
  [...'({[']
    .map((open, at) => [open, ')}]'[at] ?? ''] as const)
    .every(([open, close]) => text.split(open).length === text.split(close).length)

/** A query to the data source: the deployment that it names has a course of values, another has none. */
export function answerQuery({ body }: DoubleRequest, measured: readonly string[]): DoubleAnswer {
  const { from = '', to = '', queries = [] } = (body ?? {}) as Body
  const bad = (message: string): DoubleAnswer => ({ status: 400, body: { message } })
  if (!/^\d+$/.test(from) || !/^\d+$/.test(to) || queries.length === 0) return bad('bad request data')
  const results: Record<string, unknown> = {}
  for (const { refId = 'A', datasource, expr = '', maxDataPoints = 100 } of queries) {
    if (datasource?.uid !== prometheus.uid) return { status: 404, body: { message: 'Data source not found' } }
    if (expr === '' || !isBalanced(expr)) {
      results[refId] = { status: 400, error: 'parse error: unexpected end of input', frames: [] }
      return { status: 400, body: { results } }
    }
    const service = measured.find((name) => expr.includes(`"${name}"`) || expr.includes(`"${name}-`))
    results[refId] = {
      status: 200,
      frames: service ? [frame(refId, expr, Number(from), Number(to), maxDataPoints)] : [],
    }
  }
  return { status: 200, body: { results } }
}

function frame(refId: string, expr: string, from: number, to: number, most: number) {
  const step = Math.max(15_000, Math.ceil((to - from) / most / 15_000) * 15_000)
  const points = metricWave(expr, from, to, step)
  const scale = scaleOf(expr)
  return {
    schema: {
      refId,
      meta: { type: 'timeseries-multi', executedQueryString: `Expr: ${expr}\nStep: ${step / 1000}s` },
      fields: [
        { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' }, config: { interval: step } },
        { name: 'Value', type: 'number', typeInfo: { frame: 'float64' }, labels: {}, config: {} },
      ],
    },
    data: { values: [points.map(([at]) => at), points.map(([, value]) => value * scale)] },
  }
}
