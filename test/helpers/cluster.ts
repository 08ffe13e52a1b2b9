import type { ClusterConnection } from '../../src/capabilities/clusters.ts'
import type { ServiceTarget } from '../../src/domain/catalogue.ts'
import { createEgress } from '../../src/egress/index.ts'
import { createClusters, type KubernetesClusters } from '../../src/integrations/kubernetes/index.ts'
import { type ClusterDouble, type ClusterDoubleOptions, createClusterDouble } from '../../src/sandbox/cluster/index.ts'

export const adminToken = 'token-of-an-admin'
export const readerToken = 'token-of-a-reader'

export const target: ServiceTarget = {
  environment: 'staging',
  clusterId: 'c1',
  namespace: 'staging',
  deployment: 'user-api',
  container: 'user-api',
}

const image = (service: string, tag: string) => `registry.example/${service}:${tag}`

/** A small cluster that lives fifty times as fast as a real one. */
export function startCluster(over: Partial<ClusterDoubleOptions> = {}): ClusterDouble {
  return createClusterDouble({
    speed: 50,
    accounts: [
      { name: 'nox', token: adminToken },
      {
        name: 'watcher',
        token: 'token-of-a-watcher',
        rules: [{ namespaces: ['staging'], resources: ['pods', 'deployments'], verbs: ['list', 'watch'] }],
      },
      {
        name: 'reader',
        token: readerToken,
        rules: [{ namespaces: ['staging'], resources: ['*'], verbs: ['get', 'list'] }],
      },
    ],
    seed: {
      nodes: ['node-1', 'node-2', 'node-3'],
      namespaces: ['staging', 'default'],
      deployments: [
        {
          namespace: 'staging',
          name: 'user-api',
          image: image('user-api', 'v2'),
          replicas: 3,
          before: [image('user-api', 'v1')],
        },
        {
          namespace: 'staging',
          name: 'search',
          image: image('search', 'v1'),
          replicas: 2,
          trouble: 'CrashLoopBackOff',
        },
        { namespace: 'staging', name: 'chatty', image: image('chatty', 'v1'), replicas: 2, logLines: 10_000_000 },
      ],
      cronJobs: [
        {
          namespace: 'staging',
          name: 'backup-client-z',
          image: image('pg-dump', 'v1'),
          schedule: '0 3 * * *',
          sizeBytes: 1_200_000_000,
        },
      ],
      hasImage: (name) => !name.endsWith(':missing'),
    },
    ...over,
  })
}

export interface ClusterUnderTest {
  readonly double: ClusterDouble
  readonly clusters: KubernetesClusters
  readonly connection: ClusterConnection
  connect(token: string): ClusterConnection
  close(): Promise<void>
}

/** A simulated cluster, and NOX's client connected to it over HTTP. */
export async function connectedCluster(
  over: Partial<ClusterDoubleOptions> = {},
  more: Omit<Parameters<typeof createClusters>[0], 'egress'> = {},
): Promise<ClusterUnderTest> {
  const double = startCluster(over)
  const { url } = await double.listen()
  const followTimes = { look: 50, longestWait: 500, trouble: 400 }
  const clusters = createClusters({ egress: createEgress({ allowPrivate: ['127.0.0.1'] }), followTimes, ...more })
  const connect = (token: string): ClusterConnection => ({
    cluster: {
      tenantId: 'T1',
      id: 'c1',
      name: 'dev-1',
      environments: ['staging'],
      namespaces: ['staging'],
      isDefault: true,
      checkedAt: null,
    },
    access: { server: url, token },
  })
  return {
    double,
    clusters,
    connect,
    connection: connect(adminToken),
    async close() {
      await clusters.close()
      await double.close()
    },
  }
}
