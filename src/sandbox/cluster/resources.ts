import type { Kind } from './objects.ts'

/** A kind as paths name it. */
export interface Resource {
  readonly kind: Kind
  readonly plural: string
  readonly group: string
  readonly version: string
  readonly namespaced: boolean
  readonly verbs: readonly ('get' | 'list' | 'watch' | 'patch' | 'update' | 'create' | 'delete')[]
}

const reads = ['get', 'list', 'watch'] as const

/** The resources of the simulated cluster, with what may be done to them. */
export const resources: readonly Resource[] = [
  { kind: 'Node', plural: 'nodes', group: '', version: 'v1', namespaced: false, verbs: reads },
  { kind: 'Namespace', plural: 'namespaces', group: '', version: 'v1', namespaced: false, verbs: reads },
  { kind: 'Pod', plural: 'pods', group: '', version: 'v1', namespaced: true, verbs: [...reads, 'delete'] },
  { kind: 'Event', plural: 'events', group: '', version: 'v1', namespaced: true, verbs: reads },
  {
    kind: 'Deployment',
    plural: 'deployments',
    group: 'apps',
    version: 'v1',
    namespaced: true,
    verbs: [...reads, 'patch', 'update'],
  },
  { kind: 'ReplicaSet', plural: 'replicasets', group: 'apps', version: 'v1', namespaced: true, verbs: reads },
  { kind: 'CronJob', plural: 'cronjobs', group: 'batch', version: 'v1', namespaced: true, verbs: [...reads, 'patch'] },
  {
    kind: 'Job',
    plural: 'jobs',
    group: 'batch',
    version: 'v1',
    namespaced: true,
    verbs: [...reads, 'create', 'delete'],
  },
]

/** `apps/v1`, `v1`. */
export const apiVersionOf = ({ group, version }: Resource): string => (group === '' ? version : `${group}/${version}`)

export interface Target {
  readonly resource: Resource
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
}

/** `/apis/apps/v1/namespaces/prod/deployments/user-api/scale` → what it names; `null` = no such resource. */
export function readPath(path: string): Target | null {
  const match =
    /^\/(?:api\/(v1)|apis\/([\w.]+)\/(\w+))(?:\/namespaces\/([^/]+))?\/(\w+)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path)
  // `/api/v1/namespaces/x` names a namespace, not something in one.
  const own = /^\/api\/v1\/namespaces(?:\/([^/]+))?$/.exec(path)
  if (own) {
    const resource = resources.find((each) => each.kind === 'Namespace')
    return resource
      ? { resource, namespace: undefined, name: own[1] && decodeURIComponent(own[1]), subresource: undefined }
      : null
  }
  if (!match) return null
  const [, core, group = '', version, namespace, plural, name, subresource] = match
  const resource = resources.find(
    (each) => each.plural === plural && each.group === group && each.version === (core ?? version),
  )
  if (!resource || (namespace !== undefined && !resource.namespaced)) return null
  return {
    resource,
    namespace: namespace && decodeURIComponent(namespace),
    name: name && decodeURIComponent(name),
    subresource,
  }
}
