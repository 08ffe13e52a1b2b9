import type { Apis } from './apis.ts'
import { checkedName } from './names.ts'

/** What the commands need of a cluster: verb, resource, group. */
export const needs = [
  ['get', 'deployments', 'apps'],
  ['list', 'deployments', 'apps'],
  ['patch', 'deployments', 'apps'],
  ['list', 'replicasets', 'apps'],
  ['list', 'pods', ''],
  ['get', 'pods/log', ''],
  ['list', 'events', ''],
  ['get', 'cronjobs', 'batch'],
  ['create', 'jobs', 'batch'],
  ['get', 'jobs', 'batch'],
  ['list', 'jobs', 'batch'],
] as const

/** What the watch for trouble needs besides. */
export const watchNeeds = [
  ['watch', 'pods', ''],
  ['watch', 'deployments', 'apps'],
] as const

/** Nodes belong to no namespace. */
const nodeNeeds = [
  ['list', 'nodes', ''],
  ['watch', 'nodes', ''],
] as const

/** Namespaces that a test looks into. */
const mostNamespaces = 5

/**
 * The server's version, and which of the rights that NOX needs it does not have.
 * @param watched true = also those that the watch for trouble needs
 */
export async function testAccess(
  apis: Apis,
  namespaces: readonly string[],
  watched: boolean,
): Promise<{ readonly version: string; readonly forbidden: readonly string[] }> {
  const { gitVersion } = await apis.version.getCode()
  const places = namespaces.length === 0 ? [undefined] : namespaces.slice(0, mostNamespaces).map(checkedName)
  const wanted = watched ? [...needs, ...watchNeeds] : needs
  const asked = [
    ...places.flatMap((namespace) => wanted.map((need) => ({ namespace, need }))),
    ...(watched ? nodeNeeds.map((need) => ({ namespace: undefined, need })) : []),
  ]
  const answers = await Promise.all(
    asked.map(async ({ namespace, need: [verb, full, group] }) => {
      const [resource = '', subresource] = full.split('/')
      const resourceAttributes = {
        verb,
        resource,
        group,
        ...(namespace === undefined ? {} : { namespace }),
        ...(subresource === undefined ? {} : { subresource }),
      }
      const review = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      }
      const { status } = await apis.authorization.createSelfSubjectAccessReview({ body: review })
      return status?.allowed ? null : `${verb} ${full}${namespace === undefined ? '' : ` (${namespace})`}`
    }),
  )
  return { version: gitVersion, forbidden: answers.filter((each) => each !== null) }
}
