import { type AlertSeed, createAlertApi, type WorldSilence } from '../alertmanager/index.ts'
import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { answerQuery, prometheus } from './data-source.ts'
import { drawPanel } from './panel-picture.ts'

export interface GrafanaSeed {
  readonly token: string
  readonly org: string
  readonly dashboards: readonly { readonly uid: string; readonly title: string; readonly folder: string }[]
  readonly alerts: readonly AlertSeed[]
  /** Rules of which nothing fires. */
  readonly rules?: readonly { readonly title: string; readonly service: string; readonly isPaused?: boolean }[]
  /** The image renderer is installed. */
  readonly hasRenderer?: boolean
  /** Deployments that are measured. */
  readonly measured: readonly string[]
}

export interface WorldAnnotation {
  readonly text: string
  readonly tags: readonly string[]
  readonly time: number
  readonly timeEnd: number
}

export interface GrafanaDouble extends HttpDouble {
  readonly silences: readonly WorldSilence[]
  readonly annotations: readonly WorldAnnotation[]
}

const manager = '/api/alertmanager/grafana/api/v2'
/** Of a rule, as Grafana's are made of letters, digits, `-` and `_`. */
const uidOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
const refuse = (status: number, message: string): DoubleAnswer => ({ status, body: { message } })

/** What stands on every dashboard. */
const panels = [
  { id: 1, type: 'text', title: 'Lisez-moi' },
  { id: 2, type: 'timeseries', title: 'Requêtes' },
  { id: 3, type: 'row', title: 'Ressources', panels: [{ id: 4, type: 'timeseries', title: 'Mémoire' }] },
]

/** Grafana's API as far as NOX speaks it, its alert manager and one Prometheus included. */
export function createGrafanaDouble(options: {
  readonly seed: GrafanaSeed
  readonly basePath?: string
  readonly now?: () => number
}): GrafanaDouble {
  const { seed, basePath = '', now = Date.now } = options
  const annotations: WorldAnnotation[] = []
  const alerting = createAlertApi({
    alerts: seed.alerts.map((alert) => ({
      ...alert,
      labels: { ...alert.labels, __alert_rule_uid__: uidOf(alert.labels.alertname ?? '') },
    })),
    now,
    refuse,
    made: 202,
    ended: { status: 200, body: { message: 'silence deleted' } },
    page: (fingerprint) => `/alerting/grafana/${fingerprint}/view`,
  })

  function answer(request: DoubleRequest): DoubleAnswer {
    const { method, path } = request
    if (request.headers.authorization !== `Bearer ${seed.token}`) return refuse(401, 'Invalid API key')
    if (path.startsWith(`${manager}/`)) {
      return alerting.answer(request, path.slice(manager.length)) ?? refuse(404, 'Not found')
    }
    const [, shown, uid] = /^\/(api\/dashboards\/uid|render\/d-solo)\/([^/]+)(?:\/[^/]+)?$/.exec(path) ?? []
    const dashboard = seed.dashboards.find((each) => each.uid === uid)
    if (method === 'GET' && shown !== undefined) {
      if (!dashboard) return refuse(404, 'Dashboard not found')
      return shown === 'render/d-solo' ? render(dashboard.title, request) : describe(dashboard)
    }
    switch (`${method} ${path}`) {
      case 'GET /api/frontend/settings':
        return { status: 200, body: { rendererAvailable: seed.hasRenderer ?? false } }
      case 'GET /api/org':
        return { status: 200, body: { id: 1, name: seed.org, address: {} } }
      case 'GET /api/v1/provisioning/alert-rules':
        return { status: 200, body: rules() }
      case 'GET /api/search':
        return search(request)
      case 'GET /api/datasources':
        return { status: 200, body: [prometheus] }
      case 'POST /api/ds/query':
        return answerQuery(request, seed.measured)
      case 'POST /api/annotations':
        return annotate(request)
      default:
        return refuse(404, 'Not found')
    }
  }

  function rules() {
    const raised = seed.alerts.map(({ labels: { alertname = '', ...labels } }) => ({ title: alertname, labels }))
    const quiet = (seed.rules ?? []).map(({ title, service, isPaused }) => ({ title, labels: { service }, isPaused }))
    return [...raised, ...quiet].map(({ title, labels, ...rest }, at) => ({
      id: at + 1,
      uid: uidOf(title),
      orgID: 1,
      folderUID: 'services',
      ruleGroup: 'every minute',
      title,
      condition: 'A',
      data: [],
      noDataState: 'NoData',
      execErrState: 'Error',
      for: 300_000_000_000,
      labels,
      isPaused: false,
      ...rest,
    }))
  }

  const describe = ({ uid, title, folder }: GrafanaSeed['dashboards'][number]): DoubleAnswer => ({
    status: 200,
    body: {
      meta: { folderTitle: folder, type: 'db', canSave: false },
      dashboard: { uid, title, version: 1, panels },
    },
  })

  /** Without its renderer Grafana answers with a picture too, which says that there is none. */
  function render(title: string, { query }: DoubleRequest): DoubleAnswer {
    const [width, height] = [query.get('width'), query.get('height')].map((text) => Number(text ?? 500))
    const panel = panels.flatMap((each) => each.panels ?? [each]).find(({ id }) => String(id) === query.get('panelId'))
    if (!panel) return refuse(404, 'Panel not found')
    if (!width || !height || width > 3_000 || height > 3_000) return refuse(400, 'Invalid size')
    const name = seed.hasRenderer ? `${title} ${panel.title}` : 'no image renderer'
    return { status: 200, file: { type: 'image/png', bytes: drawPanel(name, width, height, now()) } }
  }

  function annotate({ body }: DoubleRequest): DoubleAnswer {
    const { text, tags = [], time = now(), timeEnd = time } = (body ?? {}) as Partial<WorldAnnotation>
    if (!text) return refuse(400, 'Failed to save annotation')
    annotations.push({ text, tags, time, timeEnd })
    return { status: 200, body: { id: annotations.length, message: 'Annotation added' } }
  }

  function search({ query }: DoubleRequest): DoubleAnswer {
    const wanted = (query.get('query') ?? '').toLowerCase()
    const found = seed.dashboards.filter(({ title }) => title.toLowerCase().includes(wanted))
    const hits = found.slice(0, Number(query.get('limit') ?? 1000)).map(({ uid, title, folder }, at) => ({
      id: at + 1,
      uid,
      title,
      uri: `db/${uid}`,
      url: `${basePath}/d/${uid}/${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
      slug: '',
      type: 'dash-db',
      tags: [],
      isStarred: false,
      folderTitle: folder,
    }))
    return { status: 200, body: hits }
  }

  const double = createHttpDouble({ name: 'Grafana', basePath, answer, badJson: refuse(400, 'bad request data') })
  return { ...double, silences: alerting.silences, annotations }
}
