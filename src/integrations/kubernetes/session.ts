import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type Agent, request } from 'undici'
import { type ClusterAccess, type ClusterConnection, inCluster } from '../../capabilities/clusters.ts'
import type { Egress } from '../../egress/index.ts'
import { isTooDense } from '../../egress/json-weight.ts'
import { NoxError } from '../../errors.ts'
import { notAllowed, ownAccess } from './in-cluster.ts'
import { connectionProblem, isLate, statusProblem } from './problems.ts'
import { checkAddress, type Observer, observerOf, type WaysOut } from './ways-out.ts'

export interface Call {
  readonly method?: string
  /** Begins with a slash; names in it are encoded already. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly signal: AbortSignal
}

/** One cluster with its credentials: connections that stay open, and are checked by egress at each connect. */
export interface Session {
  readonly server: string
  /** A response that may go on for long; statuses of 400 and more are thrown as a NoxError. */
  stream(call: Call): Promise<Readable>
  /** Any response, its body bounded. */
  send(call: Call): Promise<{ readonly status: number; readonly body: Buffer; readonly contentType: string }>
}

/** A list of 500 pods has some 5 MB. */
const longestBody = 32 * 1024 * 1024
/** Why a cluster refuses; of what is longer only the status counts. */
const longestProblem = 64 * 1024
/** Clusters whose connections are kept open. */
const mostSessions = 200

/** Sessions by cluster and credentials: client-node itself would open a new connection for each request. */
export interface Sessions {
  open(connection: ClusterConnection): Promise<Session>
  close(): Promise<void>
}

const pem = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

const dispatcherOf = (egress: Egress, access: ClusterAccess): Agent =>
  egress.dispatcher({
    ...(access.caData === undefined ? {} : { ca: pem(access.caData) }),
    ...(access.tlsServerName === undefined ? {} : { servername: access.tlsServerName }),
    ...(access.clientCertData === undefined ? {} : { cert: pem(access.clientCertData) }),
    ...(access.clientKeyData === undefined ? {} : { key: pem(access.clientKeyData) }),
  })

interface Opened {
  readonly session: Session
  readonly dispatcher: Agent
}

async function openNew(ways: WaysOut, connection: ClusterConnection): Promise<Opened> {
  const { egress, own } = ways
  const { cluster, access } = connection
  if (access.server === inCluster) {
    const account = await ownAccess(own, cluster.tenantId)
    const dispatcher = dispatcherOf(own?.egress ?? egress, account.access)
    return {
      session: createSession(account.access, dispatcher, account.token, observerOf(ways, connection)),
      dispatcher,
    }
  }
  await checkAddress(ways, connection)
  const dispatcher = dispatcherOf(egress, access)
  const session = createSession(access, dispatcher, async () => access.token, observerOf(ways, connection))
  return { session, dispatcher }
}

/** A session with connections of its own: a watch holds many of them for long, and must not keep orders waiting. */
export async function openApart(
  ways: WaysOut,
  connection: ClusterConnection,
): Promise<{ readonly session: Session; close(): Promise<void> }> {
  const { session, dispatcher } = await openNew(ways, connection)
  return { session, close: () => dispatcher.destroy() }
}

/** Keeps 200, and closes the one that was used longest ago; each `open` checks anew where it leads. */
export function createSessions(ways: WaysOut): Sessions {
  const open = new Map<string, Opened>()

  return {
    async open(connection) {
      const { cluster, access } = connection
      if (access.server !== inCluster) await checkAddress(ways, connection)
      else if (!(await ways.own?.mayUse(cluster.tenantId))) throw notAllowed()
      const id = createHash('sha256')
        .update(JSON.stringify([cluster.tenantId, cluster.id, access]))
        .digest('base64')
      const known = open.get(id)
      if (known) {
        open.delete(id)
        open.set(id, known)
        return known.session
      }
      const opened = await openNew(ways, connection)
      open.set(id, opened)
      const [oldest] = open
      if (open.size > mostSessions && oldest) {
        open.delete(oldest[0])
        void oldest[1].dispatcher.close()
      }
      return opened.session
    },
    async close() {
      await Promise.all([...open.values()].map(({ dispatcher }) => dispatcher.destroy()))
      open.clear()
    },
  }
}

function createSession(
  access: ClusterAccess,
  dispatcher: Agent,
  tokenOf: () => Promise<string | undefined>,
  observe: Observer,
): Session {
  const server = access.server.replace(/\/+$/, '')

  async function begin(call: Call) {
    const seen = observe()
    try {
      const token = await tokenOf()
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
      // Redirects are not followed: a cluster has no reason to send NOX elsewhere.
      const answer = await request(`${server}${call.path}`, {
        method: (call.method ?? 'GET') as 'GET',
        headers: { accept: 'application/json', 'user-agent': 'nox', ...call.headers, ...authorization },
        body: call.body ?? null,
        signal: call.signal,
        dispatcher,
      })
      const { statusCode } = answer
      seen(statusCode === 401 || statusCode >= 500 ? statusProblem(statusCode, Buffer.alloc(0)) : null)
      return answer
    } catch (error) {
      const problem = connectionProblem(error, call.signal)
      // What the person stopped says nothing of the cluster.
      if (!call.signal.aborted || isLate(call.signal)) seen(problem)
      throw problem
    }
  }

  return {
    server,
    async stream(call) {
      const { statusCode, body } = await begin(call)
      if (statusCode < 300) return body
      throw statusProblem(statusCode, await readAll(body, longestProblem, call.signal).catch(() => Buffer.alloc(0)))
    },
    async send(call) {
      const { statusCode, headers, body } = await begin(call)
      const contentType = String(headers['content-type'] ?? '')
      if (statusCode >= 400) {
        const problem = await readAll(body, longestProblem, call.signal).catch(() => Buffer.alloc(0))
        return { status: statusCode, body: problem, contentType }
      }
      const answer = await readAll(body, longestBody, call.signal)
      if (isTooDense(answer)) throw new NoxError('vendor-failed', 'the cluster answered more than anybody can hold')
      return { status: statusCode, body: answer, contentType }
    },
  }
}

async function readAll(stream: Readable, limit: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > limit) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw connectionProblem(error, signal)
  }
  if (length > limit) throw new NoxError('vendor-failed', `the cluster answered more than ${limit} bytes`)
  return Buffer.concat(chunks)
}
