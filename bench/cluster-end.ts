import { createServer, type ServerResponse } from 'node:http'
import { deployment, namespace, node, pod, replicas } from './cluster-objects.ts'

/** A cluster's end of a run: a large cluster that is only read. It checks no token: its cost must not hide what is measured. */
export interface ClusterEnd {
  readonly url: string
  /** Pods that it has; they belong to Deployments of 50. */
  pods: number
  /** Bytes of a pod's whole log. */
  logBytes: number
  /** When it began to answer the last question for a log (ms, `performance.now`). */
  logBegan: number
  /** Lists that were answered, and the items of the largest. */
  readonly lists: { asked: number; largest: number }
  close(): void
}

export const needle = 'needle-in-the-log'
/** A line in so many blocks has it. */
const blocksOfNeedle = 4_096

const stamp = '2026-11-27T08:00:00.000000000Z'
const line = (n: number) =>
  `{"level":"info","logger":"http","message":"GET /v1/orders/${n} 200","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","ms":12}`
const stampedLine = (n: number) => `${stamp} ${line(n)}\n`
/** 64 KB of lines, as a container writes them. */
const block = Buffer.from(Array.from({ length: 420 }, (_, n) => stampedLine(n)).join(''))
const needleLine = Buffer.from(`${stamp} {"level":"error","message":"${needle}"}\n`)

async function streamLog(response: ServerResponse, bytes: number): Promise<void> {
  for (let sent = 0, blocks = 0; sent < bytes && !response.destroyed; blocks += 1) {
    if (blocks % blocksOfNeedle === 0) response.write(needleLine)
    sent += block.length
    if (response.write(block)) continue
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off('drain', go).off('close', go)
        resolve()
      }
      response.on('drain', go).on('close', go)
    })
  }
  response.end()
}

/** Listens on a free port of this machine. */
export async function startClusterEnd(): Promise<ClusterEnd> {
  const lists = { asked: 0, largest: 0 }
  const made = new Map<string, string>()
  const once = (key: string, make: () => object): string => {
    const known = made.get(key) ?? JSON.stringify(make())
    made.set(key, known)
    return known
  }
  const end = { url: '', pods: replicas, logBytes: 0, logBegan: 0, lists, close: () => {} }

  function list(kind: string, count: number, query: URLSearchParams, item: (n: number) => object): string {
    const from = Number(query.get('continue') ?? 0)
    const to = Math.min(count, from + Number(query.get('limit') ?? count))
    lists.asked += 1
    lists.largest = Math.max(lists.largest, to - from)
    const items = Array.from({ length: to - from }, (_, n) => once(`${kind} ${from + n}`, () => item(from + n)))
    const next = to < count ? `,"continue":"${to}","remainingItemCount":${count - to}` : ''
    const head = `"kind":"${kind}List","apiVersion":"${kind === 'Deployment' ? 'apps/v1' : 'v1'}"`
    return `{${head},"metadata":{"resourceVersion":"1"${next}},"items":[${items.join(',')}]}`
  }

  function answer(path: string, query: URLSearchParams): string | null {
    const deployments = Math.ceil(end.pods / replicas)
    const own = query.get('labelSelector') === 'app=user-api'
    switch (path.replace(`/namespaces/${namespace}`, '')) {
      case '/api/v1/nodes':
        return list('Node', 200, query, node)
      case '/apis/apps/v1/deployments':
        return list('Deployment', deployments, query, deployment)
      case '/apis/apps/v1/deployments/user-api':
        return once('user-api', () => ({ kind: 'Deployment', apiVersion: 'apps/v1', ...deployment(0) }))
      case '/api/v1/pods':
        // The service whose log is read runs one pod.
        return list('Pod', own ? 1 : end.pods, query, pod)
      default:
        return null
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://cluster')
    if (url.pathname.endsWith('/log')) {
      end.logBegan = performance.now()
      response.writeHead(200, { 'content-type': 'text/plain' })
      const tail = url.searchParams.get('tailLines')
      if (tail === null) return void streamLog(response, end.logBytes)
      return void response.end(Array.from({ length: Number(tail) }, (_, n) => stampedLine(n)).join(''))
    }
    const body = answer(url.pathname, url.searchParams)
    const status = body === null ? 404 : 200
    const gone = '{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}'
    response.writeHead(status, { 'content-type': 'application/json' }).end(body ?? gone)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  end.url = `http://127.0.0.1:${address.port}`
  end.close = () => {
    server.closeAllConnections()
    server.close()
  }
  return end
}
