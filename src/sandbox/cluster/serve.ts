import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Account, forbiddenMessage, isAllowed } from './access.ts'
import { ApiError, badRequest, notFound } from './api-error.ts'
import type { AnyObject, JobObject } from './objects.ts'
import { applyPatch } from './patch.ts'
import { apiVersionOf, readPath, type Target } from './resources.ts'
import { fieldSelector, labelSelector } from './selectors.ts'
import { listPage } from './serve-list.ts'
import { serveLog } from './serve-log.ts'
import { serveWatch } from './serve-watch.ts'
import { change, create, type Intake } from './take-over.ts'

export interface ServeContext extends Intake {
  readonly accounts: readonly Account[]
  readonly version: string
  /** By `namespace/name` of a Deployment: how many lines each of its pods has written. */
  readonly bigLogs: Readonly<Record<string, number>>
}

const longestBody = 3 * 1024 * 1024
const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

/** Answers one request as an API server does. */
export async function serve(
  context: ServeContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  try {
    const account = context.accounts.find((each) => request.headers.authorization === `Bearer ${each.token}`)
    if (path === '/version') return void json(response, 200, versionInfo(context.version))
    if (path === '/readyz' || path === '/livez') return void response.writeHead(200).end('ok')
    if (!account) throw new ApiError(401, 'Unauthorized', 'Unauthorized')
    if (path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews' && request.method === 'POST') {
      return void json(response, 201, review(account, (await readBody(request)) as Review))
    }
    const target = readPath(path)
    if (!target) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n')
    await serveTarget(context, account, target, request, response)
  } catch (error) {
    if (response.headersSent) return void response.destroy()
    if (error instanceof ApiError) json(response, error.code, error.body)
    else
      json(response, 500, new ApiError(500, 'InternalError', error instanceof Error ? error.message : 'unknown').body)
  }
}

/** @param gitVersion `v1.36.3` */
function versionInfo(gitVersion: string): object {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? []
  return {
    major,
    minor,
    gitVersion,
    gitCommit: 'simulated',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'go1.26.0',
    compiler: 'gc',
    platform: 'linux/amd64',
  }
}

interface Review {
  spec?: { resourceAttributes?: { verb?: string; resource?: string; subresource?: string; namespace?: string } }
}

function review(account: Account, body: Review): object {
  const { verb = '', resource = '', subresource, namespace } = body.spec?.resourceAttributes ?? {}
  const full = subresource ? `${resource}/${subresource}` : resource
  const allowed = isAllowed(account, verb, full, namespace || undefined)
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: body.spec ?? {},
    status: { allowed },
  }
}

async function serveTarget(
  context: ServeContext,
  account: Account,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { resource, namespace, name, subresource } = target
  const query = new URL(request.url ?? '/', 'http://cluster').searchParams
  const isWatch = query.get('watch') === 'true' || query.get('watch') === '1'
  const verb = verbOf(request.method ?? 'GET', name, isWatch)
  const full = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`
  if (!isAllowed(account, verb, full, namespace)) {
    const about = { name, group: resource.group, kind: resource.plural }
    const message = forbiddenMessage(account, verb, full, resource.group, namespace, name)
    throw new ApiError(403, 'Forbidden', message, about)
  }
  const { controller } = context
  const { store } = controller.options
  if (subresource === 'log' && resource.kind === 'Pod' && verb === 'get') {
    const pod = store.get('Pod', namespace, name ?? '')
    if (!pod) throw notFound('pods', '', name ?? '')
    const owner = pod.metadata.ownerReferences?.[0]
    const trouble = owner && controller.troubles.get(owner.uid)?.trouble
    const set = owner && store.get('ReplicaSet', namespace, owner.name)
    const deployment = set?.metadata.ownerReferences?.[0]?.name ?? ''
    return serveLog(
      { pod, trouble, bigLines: context.bigLogs[`${namespace}/${deployment}`], now: store.now },
      query,
      response,
    )
  }
  if (subresource !== undefined || !(resource.verbs as readonly string[]).includes(verb)) {
    throw new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource')
  }
  const fits = selectorsOf(query)
  if (verb === 'watch')
    return serveWatch(
      store,
      {
        kind: resource.kind,
        apiVersion: apiVersionOf(resource),
        fits: (object) => object.kind === resource.kind && inNamespace(object, namespace) && fits(object),
      },
      query,
      response,
    )
  if (verb === 'list')
    return void json(response, 200, listPage(store, store.list(resource.kind, namespace).filter(fits), target, query))
  if (verb === 'create')
    return void json(response, 201, create(context, target, (await readBody(request)) as JobObject))
  const object = store.get(resource.kind, namespace, name ?? '')
  if (!object) throw notFound(resource.plural, resource.group, name ?? '')
  if (verb === 'get') return void json(response, 200, object)
  if (verb === 'delete') {
    store.remove(object)
    return void json(response, 200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' })
  }
  const contentType = (request.headers['content-type'] ?? '').split(';')[0] ?? ''
  const body = await readBody(request)
  json(
    response,
    200,
    change(
      context,
      target,
      object,
      verb === 'update' ? (body as AnyObject) : (applyPatch(object, contentType, body) as AnyObject),
    ),
  )
}

function verbOf(method: string, name: string | undefined, isWatch: boolean): string {
  if (isWatch) return 'watch'
  const verbs: Record<string, string> = {
    GET: name === undefined ? 'list' : 'get',
    PATCH: 'patch',
    PUT: 'update',
    POST: 'create',
    DELETE: 'delete',
  }
  return verbs[method] ?? method.toLowerCase()
}

const inNamespace = (object: AnyObject, namespace: string | undefined) =>
  namespace === undefined || object.metadata.namespace === namespace

function selectorsOf(query: URLSearchParams): (object: AnyObject) => boolean {
  const byLabel = labelSelector(query.get('labelSelector') ?? '')
  const byField = fieldSelector(query.get('fieldSelector') ?? '')
  return (object) => byLabel(object) && byField(object)
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > longestBody) throw new ApiError(413, 'RequestEntityTooLarge', 'the request is too large')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw badRequest('the body of the request is not JSON')
  }
}
