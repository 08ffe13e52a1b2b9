import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import type { ClusterTrouble } from '../../src/capabilities/cluster-trouble.ts'
import { createEgress } from '../../src/egress/index.ts'
import { createClusters } from '../../src/integrations/kubernetes/index.ts'
import { readLastLines } from '../../src/integrations/kubernetes/read-log.ts'
import type { Session } from '../../src/integrations/kubernetes/session.ts'
import { TroubleBoard } from '../../src/integrations/kubernetes/trouble-board.ts'
import { evidenceOfPod } from '../../src/integrations/kubernetes/watch-evidence.ts'
import { followResource } from '../../src/integrations/kubernetes/watch-resource.ts'
import { watchTimes } from '../../src/integrations/kubernetes/watch-times.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const megabyte = 1024 * 1024

/** A cluster of somebody who means ill: each tenant brings its own, and all of them share one process. */

/** A cluster over HTTP that answers as it likes, and NOX's client for it. */
async function clusterThat(answers: (path: string, response: ServerResponse) => void) {
  const server = createServer((request, response) => answers(request.url ?? '', response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const clusters = createClusters({ egress: createEgress({ allowPrivate: ['127.0.0.1'] }) })
  const place = { environments: [], namespaces: [], isDefault: true, checkedAt: null }
  const cluster = { tenantId: 'T1', id: 'c1', name: 'c', ...place }
  const access = { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't' }
  return {
    clusters,
    connection: { cluster, access },
    async close() {
      await clusters.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

it('keeps of a log the lines that it shows, and not what these came in', async () => {
  const matches = 4_000
  const noise = `${'x'.repeat(1_000)}\n`.repeat(64)
  const lines = function* () {
    for (let n = 0; n < matches; n += 1) yield `2026-11-24T10:00:00.123456789Z a needle in a haystack ${n}\n${noise}`
  }
  const { clusters, connection, close } = await clusterThat((path, response) => {
    if (path.includes('/log?')) return void Readable.from(lines()).pipe(response)
    const deployment = { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } } } }
    const body = path.includes('/deployments/') ? deployment : { items: [{ metadata: { name: 'web-1' } }] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  const target = { clusterId: 'c1', environment: 'staging', namespace: 'a', deployment: 'web', container: 'web' }
  try {
    collect()
    const before = process.memoryUsage().heapUsed
    const query = { lines: 5_000, maxBytes: 2 * megabyte, contains: 'needle' }
    const found = await clusters.logs(connection, target, query, { signal: AbortSignal.timeout(60_000) })
    collect()
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * megabyte)
    expect(found.lines).toHaveLength(matches)
  } finally {
    await close()
  }
})

it.each([
  ['objects', '{"items":[', '{},', '{}]}'],
  ['lists', '{"items":[', '[],', '[]]}'],
  ['names', '{"items":[],"x":{', '"a":1,', '"a":1}}'],
])('refuses an answer that would be far larger in memory than it is: %s', async (_, begin, part, end) => {
  const body = Buffer.from(`${begin}${part.repeat((20 * megabyte) / part.length)}${end}`)
  const { clusters, connection, close } = await clusterThat((_path, response) => {
    response.setHeader('content-type', 'application/json').end(body)
  })
  const pods = clusters.pods(connection, ['a'], { signal: AbortSignal.timeout(60_000) })
  const problem = await pods.then(
    (found) => `${found.length} pods`,
    (error: Error) => error.message,
  )
  await close()
  expect(problem).toBe('the cluster answered more than anybody can hold')
})

it('takes a page of 500 pods as they are, with all that Kubernetes notes of them', async () => {
  const fields = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f:field-${n}`, { '.': {} }]))
  const metadata = { name: 'web', namespace: 'a', managedFields: [{ manager: 'kubelet', fieldsV1: fields }] }
  const body = JSON.stringify({ items: Array.from({ length: 500 }, () => ({ metadata })) })
  const { clusters, connection, close } = await clusterThat((_path, response) => {
    response.setHeader('content-type', 'application/json').end(body)
  })
  const found = await clusters.pods(connection, ['a'], { signal: AbortSignal.timeout(60_000) })
  await close()
  expect(found).toHaveLength(500)
})

it('reads no more of the last lines than it asked for', async () => {
  let sent = 0
  const endless = function* () {
    for (; sent < 500 * megabyte; sent += 64 * 1024) yield Buffer.alloc(64 * 1024, '\n')
  }
  const session: Pick<Session, 'stream'> = { stream: async () => Readable.from(endless()) }
  const of = { pod: 'web-1', container: 'web', previous: false }
  const lines = await readLastLines(session as Session, 'a', of, 5)
  expect(lines.length).toBeLessThanOrEqual(5)
  expect(sent).toBeLessThan(10 * megabyte)
})

it('gives up a list that has always one page more', async () => {
  let pages = 0
  const body = Buffer.from(JSON.stringify({ items: [], metadata: { continue: 'more', resourceVersion: '1' } }))
  const session = {
    async send() {
      pages += 1
      await turn()
      return { status: 200, body, contentType: 'application/json' }
    },
  }
  const end = new AbortController()
  const failed: string[] = []
  const listener = {
    listing() {},
    object() {},
    gone() {},
    listed() {},
    fine() {},
    failed(error: Error) {
      failed.push(error.message)
      end.abort()
    },
  }
  const limit = setInterval(() => pages > 20_000 && end.abort(), 20)
  await followResource(session as never as Session, '/api/v1/pods', {}, listener, watchTimes, end.signal)
  clearInterval(limit)
  expect(failed).toEqual(['a list of the cluster does not end'])
})

it('reads no object of a watch that is larger than any can be', async () => {
  const end = new AbortController()
  const failed: string[] = []
  const line = `{"type":"ADDED","object":{"x":[${'{},'.repeat(megabyte)}{}]}}\n`
  const session = {
    send: async () => ({ status: 200, body: Buffer.from('{"items":[],"metadata":{"resourceVersion":"1"}}') }),
    stream: async () => Readable.from([Buffer.from(line)]),
  }
  const seen: unknown[] = []
  const listener = {
    listing() {},
    object: (object: unknown) => {
      seen.push(object)
      end.abort()
    },
    gone() {},
    listed() {},
    fine() {},
    failed(error: Error) {
      failed.push(error.message)
      end.abort()
    },
  }
  await followResource(session as never as Session, '/api/v1/pods', {}, listener, watchTimes, end.signal)
  expect(seen).toEqual([])
  expect(failed).toEqual(['an object is too large'])
})

const pod = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'a', uid: 'u1' },
  status: {
    phase: 'Running',
    containerStatuses: [{ name, restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } }, ...more }],
  },
})

it('tells no more troubles than it can hold, whatever a cluster makes up', () => {
  const told: string[] = []
  const began = ({ key }: ClusterTrouble) => void told.push(key)
  const board = new TroubleBoard({ began, ended: () => {}, synced: () => {} }, watchTimes, () => 0)
  for (let n = 0; n < 20_000; n += 1) board.show('pods', 'u1', evidenceOfPod(pod(`web-${n}`) as never, 0))
  expect(told).toHaveLength(5_000)
})

it('keeps a few words of a trouble, however long a cluster speaks of it', () => {
  const [shown] = evidenceOfPod(pod('x'.repeat(megabyte), { image: 'y'.repeat(megabyte) }) as never, 0)
  expect(shown).toMatchObject({ kind: 'crash', clusterWord: 'CrashLoopBackOff' })
  expect(JSON.stringify(shown).length).toBeLessThan(3_000)
})
