import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ClusterConnection } from '../../src/capabilities/clusters.ts'
import { createEgress } from '../../src/egress/index.ts'
import { createClusters, type KubernetesClusters } from '../../src/integrations/kubernetes/index.ts'
import type { ClusterDouble } from '../../src/sandbox/cluster/index.ts'
import { adminToken, startCluster, target } from '../helpers/cluster.ts'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type RecordingProxy, recordingProxy } from '../helpers/recording-proxy.ts'

const description = 'kubernetes.json'
const call = () => ({ signal: AbortSignal.timeout(20_000) })

let double: ClusterDouble
let proxy: RecordingProxy
let clusters: KubernetesClusters
let connection: ClusterConnection
beforeAll(async () => {
  double = startCluster()
  proxy = await recordingProxy((await double.listen()).url)
  clusters = createClusters({ egress: createEgress({ allowPrivate: ['127.0.0.1'] }) })
  const about = { tenantId: 'T1', id: 'c1', name: 'dev-1', environments: ['staging'], namespaces: ['staging'] }
  connection = {
    cluster: { ...about, isDefault: true, checkedAt: null, watchChannel: 'C0ALERTS' },
    access: { server: proxy.url, token: adminToken },
  }
})
afterAll(async () => {
  await clusters.close()
  await proxy.close()
  await double.close()
})

async function useAll(): Promise<void> {
  const image = (tag: string) => `registry.example/user-api:${tag}`
  const follow = async () => {
    for await (const _ of clusters.watchRollout(connection, target, call()));
  }
  await clusters.test(connection, call())
  await clusters.status(connection, ['staging'], call())
  await clusters.status(connection, [], call())
  await clusters.setImage(connection, target, image('v3'), 'A1', call())
  await follow()
  double.failNextRollout('user-api', 'CrashLoopBackOff')
  await clusters.setImage(connection, target, image('v4'), 'A2', call())
  await follow()
  await clusters.revisions(connection, target, call())
  await clusters.setImage(connection, target, image('v3'), 'A3', call())
  await follow()
  await clusters.scale(connection, target, 2, 'A4', call())
  await clusters.restart(connection, target, 'A5', call())
  await follow()
  await clusters.findChange(connection, target, 'A5', call())
  await clusters.pods(connection, target, call())
  await clusters.pods(connection, [], call())
  await clusters.events(connection, target, 0, call())
  await clusters.events(connection, [], 0, call())
  await clusters.listDeployments(connection, ['staging'], call())
  const query = { lines: 10, maxBytes: 100_000 }
  await clusters.logs(connection, target, { ...query, since: Date.now() - 60_000 }, call())
  await clusters.logs(
    connection,
    { ...target, deployment: 'search', container: 'search' },
    { ...query, previous: true },
    call(),
  )
  const job = await clusters.startJob(connection, 'staging', 'backup-client-z', 'A6', call())
  for await (const _ of clusters.watchJob(connection, 'staging', job.name, call()));
  await clusters.findJob(connection, 'staging', 'A6', call())
  const refused = clusters.deployment(connection, { ...target, deployment: 'nothing' }, call())
  await expect(refused).rejects.toMatchObject({ code: 'not-found' })
  for (const namespaces of [['staging'], []]) {
    const end = new AbortController()
    const began = vi.fn()
    const watch = clusters.watchTroubles(
      connection,
      namespaces,
      { began, ended() {}, synced() {} },
      { signal: end.signal },
    )
    const watches = () => proxy.exchanges.filter(({ request }) => request.query.get('watch') === 'true').length
    const before = watches()
    await vi.waitFor(() => expect(watches()).toBeGreaterThanOrEqual(before + 3), 10_000)
    end.abort()
    await watch
    expect(began).toHaveBeenCalled()
  }
}

describe.skipIf(!hasContract(description))('Kubernetes (needs its API description beside the project)', () => {
  it('is asked as its API description says, and so answers the double', async () => {
    await useAll()
    const contract = readContract(description)
    const problems = proxy.exchanges.flatMap((exchange) => contract.problems(exchange))
    reportCoverage('Kubernetes', contract)
    expect([...new Set(problems)]).toEqual([])
    expect(contract.covered().length).toBeGreaterThan(15)
  }, 60_000)

  it('finds what is wrong with a request', () => {
    const contract = readContract(description)
    const [first] = proxy.exchanges.filter(({ request }) => request.method === 'PATCH')
    if (!first) throw new Error('no change was sent')
    const broken = { ...first, request: { ...first.request, query: new URLSearchParams({ fieldManger: 'nox' }) } }
    expect(contract.problems(broken).join()).toContain('fieldManger is not described')
    const { authorization: _, ...headers } = first.request.headers
    expect(contract.problems({ ...first, request: { ...first.request, headers } }).join()).toContain('Authorization')
  })
})
