import type { Clusters } from '../capabilities/clusters.ts'
import type { createClusters, KubernetesClusters } from '../integrations/kubernetes/index.ts'

type Call = (...parameters: readonly unknown[]) => unknown

/** What answers with a stream of states; everything else answers once. */
const streams: ReadonlySet<string> = new Set<keyof Clusters>(['watchRollout', 'watchJob'])

/** Kubernetes with everything that it stands on, loaded when a cluster is first needed: it costs half a start of NOX. */
export function lazyClusters(create: () => Promise<ReturnType<typeof createClusters>>): KubernetesClusters {
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
