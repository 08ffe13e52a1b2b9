import type * as k8s from '@kubernetes/client-node'
import { NoxError } from '../../errors.ts'
import { statusProblem } from './problems.ts'
import type { Session } from './session.ts'

type Client = typeof k8s

let loaded: Promise<Client> | undefined

/** client-node takes half a second and 90 MB to load: only who speaks to a cluster pays for it. */
export const loadClient = (): Promise<Client> => {
  loaded ??= import('@kubernetes/client-node')
  return loaded
}

export interface Apis {
  readonly apps: k8s.AppsV1Api
  readonly core: k8s.CoreV1Api
  readonly batch: k8s.BatchV1Api
  readonly authorization: k8s.AuthorizationV1Api
  readonly version: k8s.VersionApi
}

/** The generated APIs over a session: its connections, its credentials, the caller's signal. */
export async function apisOf(session: Session, signal: AbortSignal): Promise<Apis> {
  const client = await loadClient()
  const configuration = client.createConfiguration({
    baseServer: new client.ServerConfiguration(session.server, {}),
    httpApi: client.wrapHttpLibrary({ send: (request) => send(client, session, request, signal) }),
  })
  return {
    apps: new client.AppsV1Api(configuration),
    core: new client.CoreV1Api(configuration),
    batch: new client.BatchV1Api(configuration),
    authorization: new client.AuthorizationV1Api(configuration),
    version: new client.VersionApi(configuration),
  }
}

async function send(
  client: Client,
  session: Session,
  request: k8s.RequestContext,
  signal: AbortSignal,
): Promise<k8s.ResponseContext> {
  const url = request.getUrl()
  if (!url.startsWith(`${session.server}/`)) throw new NoxError('internal', 'a call left its cluster')
  const body = request.getBody()
  const answer = await session.send({
    method: request.getHttpMethod().toString(),
    path: url.slice(session.server.length),
    headers: request.getHeaders(),
    ...(typeof body === 'string' || Buffer.isBuffer(body) ? { body } : {}),
    signal,
  })
  if (answer.status >= 300) throw statusProblem(answer.status, answer.body)
  const headers = { 'content-type': answer.contentType.split(';')[0] ?? '' }
  return new client.ResponseContext(answer.status, headers, new client.SelfDecodingBody(Promise.resolve(answer.body)))
}

/** Patches containers by their name, and annotations by their key. */
export async function strategicMerge(): Promise<k8s.ConfigurationOptions<k8s.ObservableMiddleware>> {
  const client = await loadClient()
  return client.setHeaderOptions('Content-Type', client.PatchStrategy.StrategicMergePatch)
}

/** A page of a list: larger ones make the API server slow. */
const pageSize = 500
/** Pages that are read of one list; what is beyond is cut. */
const mostPages = 10

type Page<T> = (options: {
  limit: number
  _continue?: string
}) => Promise<{ items: T[]; metadata?: { _continue?: string } }>

/** All items of a list, page by page; begun anew, once, where the cluster forgot it in between (410). */
export const listAll = <T>(page: Page<T>): Promise<readonly T[]> => listEach(page, (item) => item)

/**
 * As `listAll`, but keeps of each item only what is asked for, before the next page comes: of 5,000 pods whole ones take
 * hundreds of MB.
 */
export async function listEach<T, Kept>(page: Page<T>, keep: (item: T) => Kept): Promise<readonly Kept[]> {
  return listOnce(page, keep).catch((error: unknown) => {
    if (error instanceof NoxError && error.facts.status === 410) return listOnce(page, keep)
    throw error
  })
}

async function listOnce<T, Kept>(page: Page<T>, keep: (item: T) => Kept): Promise<readonly Kept[]> {
  const items: Kept[] = []
  let next: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const list = await page({ limit: pageSize, ...(next ? { _continue: next } : {}) })
    // What answers may not be a cluster, nor hold to the size of a page.
    for (const item of list.items.slice(0, pageSize * mostPages - items.length)) items.push(keep(item))
    next = list.metadata?._continue
    if (!next || items.length >= pageSize * mostPages) break
  }
  return items
}
