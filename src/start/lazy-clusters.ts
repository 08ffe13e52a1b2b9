import type { Clusters } from '../capabilities/clusters.ts'
import type { InstallationCache } from '../channels/slack/installations.ts'
import type { createClusters, KubernetesClusters, WaysOut } from '../integrations/kubernetes/index.ts'
import type { NoxConfig } from './nox-config.ts'

/** Kubernetes, loaded when it is first needed. */
export const kubernetes = () => import('../integrations/kubernetes/index.ts')

/** The clusters of all tenants, and the one that NOX runs in for those who may use it. */
export function createLazyClusters(
  { allowPrivate, inCluster = [], pace = {} }: Pick<NoxConfig, 'allowPrivate' | 'inCluster' | 'pace'>,
  installations: InstallationCache,
  now: () => number,
  onSeen: NonNullable<WaysOut['onSeen']>,
): KubernetesClusters {
  return lazyClusters(async () => {
    const [{ createClusters }, { createEgress }] = await Promise.all([kubernetes(), import('../egress/index.ts')])
    const own = {
      server: 'https://kubernetes.default.svc',
      folder: '/var/run/secrets/kubernetes.io/serviceaccount',
      egress: createEgress({ allowPrivate: ['kubernetes.default.svc'] }),
      async mayUse(tenantId: string) {
        const installation = await installations.ofTenant(tenantId)
        return installation !== null && inCluster.includes(installation.workspaceId)
      },
    }
    return createClusters({
      egress: createEgress({ allowPrivate }),
      own,
      now,
      onSeen,
      ...(pace.watch && { watchTimes: pace.watch }),
      ...(pace.follow && { followTimes: pace.follow }),
    })
  })
}

type Call = (...parameters: readonly unknown[]) => unknown

/** What answers with a stream of states; everything else answers once. */
const streams: ReadonlySet<string> = new Set<keyof Clusters>(['watchRollout', 'watchJob'])

/** Kubernetes with everything that it stands on, loaded when a cluster is first needed: it costs half a start of NOX. */
function lazyClusters(create: () => Promise<ReturnType<typeof createClusters>>): KubernetesClusters {
  let made: Promise<KubernetesClusters> | undefined
  const call = async (name: string, parameters: readonly unknown[]) => {
    made ??= create()
    const clusters = (await made) as unknown as Record<string, Call>
    return clusters[name]?.(...parameters)
  }
  async function* stream(name: string, parameters: readonly unknown[]) {
    yield* (await call(name, parameters)) as AsyncIterable<unknown>
  }
  return new Proxy({} as KubernetesClusters, {
    get(_target, name) {
      if (typeof name !== 'string' || name === 'then') return undefined
      if (name === 'close') return async () => (await made)?.close()
      return (...parameters: readonly unknown[]) =>
        streams.has(name) ? stream(name, parameters) : call(name, parameters)
    },
  })
}
