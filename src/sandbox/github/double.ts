import { randomBytes } from 'node:crypto'
import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { type Caller, readCaller, refuse } from './access.ts'
import { repository, self, user } from './present.ts'
import { page } from './route.ts'
import { serveRepository } from './routes.ts'
import { createWorld, type GithubSeed, type World } from './world.ts'

export interface GithubDoubleOptions {
  readonly seed: GithubSeed
  /** Where the Enterprise Server stands in a server that it is mounted into; its API is below `/api/v3`. */
  readonly basePath?: string
  readonly now?: () => number
  /** Simulated seconds in a real one; default 1. */
  readonly speed?: number
  /** Told when a workflow is started by hand, with the time after which it will have done its work (ms). */
  readonly onDispatch?: (repository: string, inputs: Readonly<Record<string, unknown>>, ms: number) => void
}

/** A simulated GitHub Enterprise Server. */
export interface GithubDouble extends HttpDouble {
  readonly world: World
}

const apiPath = '/api/v3'
const tokenLife = 3_600_000

/** GitHub's REST API as far as NOX speaks it: the same paths, refusals and shapes. */
export function createGithubDouble(options: GithubDoubleOptions): GithubDouble {
  const { seed, basePath = '', now = Date.now, speed = 1, onDispatch = () => {} } = options
  const world = createWorld(seed, now())
  const installationTokens = new Map<string, number>()

  function answer(request: DoubleRequest): DoubleAnswer {
    if (!request.path.startsWith(`${apiPath}/`)) return refuse(404, 'Not Found')
    if (!request.headers['user-agent']) return refuse(403, 'Request forbidden by administrative rules.')
    const at = now()
    const caller = readCaller(request, seed, installationTokens, at)
    if ('status' in caller) return caller
    const parts = request.path
      .slice(apiPath.length + 1)
      .split('/')
      .map(decodeURIComponent)
    const on = { api: `${request.origin}${apiPath}`, web: request.origin, now: at, since: world.startedAt, speed }
    const [first, second = '', third = '', ...rest] = parts
    if (first === 'user' && parts.length === 1 && request.method === 'GET' && !caller.isApp) {
      if (!seed.accounts.some(({ login }) => login === caller.login))
        return refuse(403, 'Resource not accessible by integration')
      const headers = caller.scopes === undefined ? {} : { 'x-oauth-scopes': caller.scopes }
      return { status: 200, body: self(on, caller.login), headers }
    }
    if (first === 'user' && second === 'repos' && parts.length === 2 && request.method === 'GET' && !caller.isApp) {
      if (!seed.accounts.some(({ login }) => login === caller.login))
        return refuse(403, 'Resource not accessible by integration')
      return { status: 200, body: page(world.repositories, request.query).map((each) => repository(on, each)) }
    }
    if (first === 'app') return serveApp(request, caller, parts, on)
    if (first === 'repos' && third !== '')
      return serveRepository({ world, caller, request, on, onDispatch }, second, third, rest)
    return refuse(404, 'Not Found')
  }

  function serveApp(
    request: DoubleRequest,
    caller: Caller,
    [, , id, action]: readonly string[],
    on: Parameters<typeof user>[0],
  ): DoubleAnswer {
    const { app } = seed
    if (!app || !caller.isApp) return refuse(401, 'A JSON web token could not be decoded')
    if (id !== String(app.installationId)) return refuse(404, 'Not Found')
    if (action === 'access_tokens' && request.method === 'POST') {
      const token = `ghs_${randomBytes(18).toString('hex')}`
      const expires = now() + tokenLife
      installationTokens.set(token, expires)
      const body = {
        token,
        expires_at: new Date(expires).toISOString(),
        permissions: app.permissions,
        repository_selection: 'all',
      }
      return { status: 201, body }
    }
    if (action !== undefined || request.method !== 'GET') return refuse(404, 'Not Found')
    const account = user(on, world.repositories[0]?.owner ?? 'nobody')
    return {
      status: 200,
      body: {
        id: app.installationId,
        account,
        repository_selection: 'all',
        access_tokens_url: `${on.api}/app/installations/${id}/access_tokens`,
        repositories_url: `${on.api}/installation/repositories`,
        html_url: `${on.web}/organizations/${account.login}/settings/installations/${id}`,
        app_id: app.id,
        target_id: account.id,
        target_type: 'Organization',
        permissions: app.permissions,
        events: [],
        created_at: '2026-01-01T00:00:00Z',
        updated_at: '2026-01-01T00:00:00Z',
        single_file_name: null,
        app_slug: app.slug,
        suspended_by: null,
        suspended_at: null,
      },
    }
  }

  const double = createHttpDouble({ name: 'GitHub', basePath, answer, badJson: refuse(400, 'Problems parsing JSON') })
  return { ...double, world }
}
