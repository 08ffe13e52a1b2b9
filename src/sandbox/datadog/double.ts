import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { metricWave, scaleOf } from '../metric-wave.ts'
import { createDowntimeApi, type WorldDowntime } from './downtimes.ts'

export interface MonitorSeed {
  readonly id: number
  readonly name: string
  readonly tags: readonly string[]
  readonly state: 'Alert' | 'Warn' | 'No Data' | 'OK'
  readonly minutesAgo: number
}

export interface DatadogSeed {
  readonly apiKey: string
  readonly appKey: string
  readonly monitors: readonly MonitorSeed[]
  readonly dashboards: readonly { readonly id: string; readonly title: string }[]
  /** Services and Deployments that are measured. */
  readonly measured: readonly string[]
}

/** What an application key must have for a request, by the request's beginning (as Datadog's descriptions tell it). */
const scopeOf: readonly (readonly [request: RegExp, scope: string])[] = [
  [/^GET \/api\/v1\/monitor$/, 'monitors_read'],
  [/^[A-Z]+ \/api\/v2\/downtime(\/|$)/, 'monitors_downtime'],
  [/^GET \/api\/v1\/dashboard$/, 'dashboards_read'],
  [/^GET \/api\/v1\/query$/, 'timeseries_query'],
]

export interface WorldEvent {
  readonly title: string
  readonly text: string
  readonly tags: readonly string[]
}

export interface DatadogDouble extends HttpDouble {
  readonly downtimes: readonly WorldDowntime[]
  readonly events: readonly WorldEvent[]
  /** Those of the application key: all that Datadog asks of NOX, until one is taken away. */
  readonly scopes: Set<string>
}

const refuse = (status: number, ...errors: string[]): DoubleAnswer => ({ status, body: { errors } })
const pageLimit = 1_000
/** `avg:system.load.1{service:web,env:production}`, with a function before it or a sum behind it. */
const queryShape =
  /^(?:[a-z_]+\()*(?:avg|sum|min|max|p\d\d):[a-z][\w.]*\{([^{}]*)\}(?: by \{[^{}]*\})?(?:\.as_(?:rate|count)\(\))?\)*(?: [*/+-] [\d.]+)?$/

/** Datadog's API as far as NOX speaks it; keys in headers, errors as Datadog words them. */
export function createDatadogDouble(options: {
  readonly seed: DatadogSeed
  readonly basePath?: string
  readonly now?: () => number
}): DatadogDouble {
  const { seed, basePath = '', now = Date.now } = options
  const startedAt = now()
  const events: WorldEvent[] = []
  const scopes = new Set(scopeOf.map(([, scope]) => scope))
  const downtimes = createDowntimeApi({ monitors: seed.monitors, now, refuse })

  function answer(request: DoubleRequest): DoubleAnswer {
    const { method, path, headers } = request
    const isValidation = method === 'GET' && path === '/api/v2/validate_keys'
    if (headers['dd-api-key'] !== seed.apiKey)
      return isValidation ? refuse(401, 'Unauthorized') : refuse(403, 'Forbidden')
    if (method === 'GET' && path === '/api/v1/validate') return { status: 200, body: { valid: true } }
    if (method === 'POST' && path === '/api/v1/events') return event(request)
    if (headers['dd-application-key'] !== seed.appKey) return refuse(403, 'Forbidden')
    if (isValidation) return { status: 200, body: { status: 'ok' } }
    // The same words as for a key that is none: only the validation tells them apart.
    if (scopeOf.some(([fits, scope]) => fits.test(`${method} ${path}`) && !scopes.has(scope)))
      return refuse(403, 'Forbidden')
    const found = downtimes.answer(request)
    if (found) return found
    switch (`${method} ${path}`) {
      case 'GET /api/v1/monitor':
        return monitors(request)
      case 'GET /api/v1/dashboard':
        return dashboards(request)
      case 'GET /api/v1/query':
        return query(request)
      default:
        return refuse(404, 'Not found')
    }
  }

  function monitors({ query: asked }: DoubleRequest): DoubleAnswer {
    const size = Math.min(Number(asked.get('page_size') ?? 100), pageLimit)
    const from = Number(asked.get('page') ?? 0) * size
    const body = seed.monitors.slice(from, from + size).map((each) => {
      const { id, name, tags, state, minutesAgo } = each
      const at = startedAt - minutesAgo * 60_000
      const group = { name: '*', status: state, last_triggered_ts: Math.floor(at / 1_000) }
      const shown = state !== 'OK' && (asked.get('group_states') ?? '').includes(state.toLowerCase())
      return {
        id,
        name,
        tags,
        type: 'query alert',
        query: 'avg(last_5m):avg:system.load.1{*} > 4',
        message: '@slack-ops',
        multi: false,
        created: new Date(at - 86_400_000).toISOString(),
        modified: new Date(at).toISOString(),
        overall_state: state,
        options: { notify_no_data: true },
        state: { groups: shown ? { '*': group } : {} },
        ...(asked.get('with_downtimes') === 'true' ? { matching_downtimes: downtimes.of(each) } : {}),
      }
    })
    return { status: 200, body }
  }

  function dashboards({ query: asked }: DoubleRequest): DoubleAnswer {
    const found = seed.dashboards.slice(0, Number(asked.get('count') ?? 100)).map(({ id, title }) => ({
      id,
      title,
      url: `/dashboard/${id}/${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
      layout_type: 'ordered',
      author_handle: 'ops@acme.example',
      created_at: new Date(startedAt - 86_400_000).toISOString(),
      modified_at: new Date(startedAt).toISOString(),
    }))
    return { status: 200, body: { dashboards: found } }
  }

  function query({ query: asked }: DoubleRequest): DoubleAnswer {
    const [from, to] = [Number(asked.get('from')), Number(asked.get('to'))]
    const text = asked.get('query') ?? ''
    if (!(from > 0) || !(to > from)) return refuse(400, 'Invalid time range')
    const shape = queryShape.exec(text)
    if (!shape)
      return refuse(400, `Error parsing query: unable to parse ${text.slice(0, 80)}: Rule 'scope_expr' didn't match`)
    const values = (shape[1] ?? '').split(',').map((tag) => tag.slice(tag.indexOf(':') + 1))
    const isMeasured = values.some((value) => value === '*' || seed.measured.includes(value))
    const step = Math.max(20_000, Math.ceil((to - from) / 300 / 20) * 20_000)
    const points = metricWave(text, from * 1_000, to * 1_000, step)
    const series = {
      metric: text,
      display_name: text,
      expression: text,
      scope: shape[1] ?? '',
      tag_set: [],
      interval: step / 1_000,
      length: points.length,
      start: from * 1_000,
      end: to * 1_000,
      aggr: 'avg',
      query_index: 0,
      pointlist: points.map(([at, value]) => [at, value * scaleOf(text)]),
      unit: [null, null],
    }
    const all = isMeasured ? [series] : []
    const about = { from_date: from * 1_000, to_date: to * 1_000, group_by: [], query: text, res_type: 'time_series' }
    return { status: 200, body: { status: 'ok', ...about, series: all } }
  }

  function event({ body }: DoubleRequest): DoubleAnswer {
    const { title, text, tags = [] } = (body ?? {}) as Partial<WorldEvent>
    if (!title || text === undefined) return refuse(400, 'Invalid event')
    events.push({ title, text, tags })
    const id = 6_500_000_000_000 + events.length
    const made = { id, id_str: String(id), title, text, tags, date_happened: Math.floor(now() / 1_000) }
    return { status: 202, body: { status: 'ok', event: made } }
  }

  const double = createHttpDouble({ name: 'Datadog', basePath, answer, badJson: refuse(400, 'Invalid JSON') })
  return { ...double, downtimes: downtimes.all, events, scopes }
}
