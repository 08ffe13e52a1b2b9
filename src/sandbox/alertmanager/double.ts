import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { type AlertSeed, createAlertApi, type WorldSilence } from './alert-api.ts'

export interface AlertmanagerSeed {
  /** What the proxy before it asks for. */
  readonly user: string
  readonly password: string
  readonly alerts: readonly AlertSeed[]
}

export interface AlertmanagerDouble extends HttpDouble {
  readonly silences: readonly WorldSilence[]
}

const version = {
  version: '0.28.1',
  revision: 'b2099eaa2c9ebc25edb26517cb9c732738e93910',
  branch: 'HEAD',
  buildUser: 'root@fa3ca569dfe4',
  buildDate: '20250307-15:05:18',
  goVersion: 'go1.23.7',
}

/** Prometheus Alertmanager behind a proxy with a password. */
export function createAlertmanagerDouble(options: {
  readonly seed: AlertmanagerSeed
  readonly basePath?: string
  readonly now?: () => number
}): AlertmanagerDouble {
  const { seed, basePath = '', now = Date.now } = options
  // Its errors are plain JSON strings.
  const refuse = (status: number, message: string): DoubleAnswer => ({ status, body: message })
  const startedAt = new Date(now()).toISOString()
  const api = createAlertApi({
    alerts: seed.alerts,
    now,
    refuse,
    made: 200,
    ended: { status: 200 },
    page: (fingerprint) => `/graph/${fingerprint}`,
  })
  const access = `Basic ${Buffer.from(`${seed.user}:${seed.password}`).toString('base64')}`

  function answer(request: DoubleRequest): DoubleAnswer {
    if (request.headers.authorization !== access) return refuse(401, 'Unauthorized')
    if (!request.path.startsWith('/api/v2/')) return refuse(404, 'not found')
    const path = request.path.slice('/api/v2'.length)
    if (request.method === 'GET' && path === '/status') {
      const cluster = { name: '01JQ3Z6S7W', status: 'ready', peers: [] }
      const config = { original: 'route:\n  receiver: default\n' }
      return { status: 200, body: { cluster, versionInfo: version, config, uptime: startedAt } }
    }
    return api.answer(request, path) ?? refuse(404, 'not found')
  }

  const double = createHttpDouble({ name: 'Alertmanager', basePath, answer, badJson: refuse(400, 'bad request') })
  return { ...double, silences: api.silences }
}
