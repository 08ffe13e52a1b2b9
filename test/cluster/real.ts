import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type { ClusterConnection } from '../../src/capabilities/clusters.ts'
import type { ServiceTarget } from '../../src/domain/catalogue.ts'
import { createEgress } from '../../src/egress/index.ts'
import { NoxError } from '../../src/errors.ts'
import { createClusters, type KubernetesClusters } from '../../src/integrations/kubernetes/index.ts'
import type { WatchTimes } from '../../src/integrations/kubernetes/watch-times.ts'
import type { Reach } from './control-plane.ts'
import { adminToken, type Kubectl, kubectl } from './kubectl.ts'

export const call = (ms = 90_000) => ({ signal: AbortSignal.timeout(ms) })

/** NOX's client, connected to the real API server by a user's token. */
export interface Real {
  readonly clusters: KubernetesClusters
  readonly admin: Kubectl
  readonly reach: Reach
  connect(token: string, namespaces?: readonly string[]): ClusterConnection
  close(): Promise<void>
}

/** @param over absent = the control plane that all files share */
export function openReal(watchTimes: Partial<WatchTimes> = {}, over?: Reach): Real {
  const reach = over ?? inject('cluster')
  const clusters = createClusters({ egress: createEgress({ allowPrivate: ['127.0.0.1'] }), watchTimes })
  const admin = kubectl(reach)
  return {
    clusters,
    admin,
    reach,
    connect: (token, namespaces = []) => ({
      cluster: {
        tenantId: 'T1',
        id: 'c1',
        name: 'real',
        environments: ['staging'],
        namespaces,
        isDefault: true,
        checkedAt: null,
      },
      access: { server: reach.server, caData: Buffer.from(reach.ca).toString('base64'), token },
    }),
    async close() {
      await clusters.close()
      await admin.close()
    },
  }
}

/** A namespace of its own, with the token of a user who may do in it what the rules say. */
export async function newNamespace(
  admin: Kubectl,
  rules: readonly object[] = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  user = 'nox',
): Promise<{ readonly namespace: string; readonly token: string }> {
  const namespace = `t-${randomBytes(4).toString('hex')}`
  await admin.json('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`
  await admin.json('POST', `${rbac}/roles`, { metadata: { name: user }, rules })
  await admin.json('POST', `${rbac}/rolebindings`, {
    metadata: { name: user },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: user },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }],
  })
  return { namespace, token: user === 'admin' ? adminToken : `token-of-${user}` }
}

export const targetOf = (namespace: string, deployment = 'user-api'): ServiceTarget => ({
  environment: 'staging',
  clusterId: 'c1',
  namespace,
  deployment,
  container: deployment,
})

export const imageOf = (tag: string, service = 'user-api') => `registry.example/${service}:${tag}`

export interface PodSpec {
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly nodeName?: string
}

export async function newDeployment(
  admin: Kubectl,
  namespace: string,
  over: { name?: string; replicas?: number; pod?: PodSpec; spec?: object; image?: string; unready?: boolean } = {},
): Promise<void> {
  const { name = 'user-api', replicas = 2, pod = {}, spec = {}, image = imageOf('v1', name) } = over
  await admin.json('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
    metadata: { name, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [{ name, image, resources: { limits: { memory: '64Mi', cpu: '10m' } } }],
          terminationGracePeriodSeconds: 0,
          // A gate that nobody opens: the pods run, and are never ready.
          ...(over.unready ? { readinessGates: [{ conditionType: 'nox.dev/never' }] } : {}),
          ...pod,
        },
      },
      ...spec,
    },
  })
}

export const problemOf = (work: Promise<unknown>): Promise<NoxError> =>
  work.then(
    () => Promise.reject(new Error('it went well')),
    (error: unknown) => {
      if (error instanceof NoxError) return error
      throw error
    },
  )

/** All that a stream gives. */
export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}
