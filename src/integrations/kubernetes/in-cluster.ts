import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClusterAccess } from '../../capabilities/clusters.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/** The cluster that NOX itself runs in, by the account of its pod. */
export interface InCluster {
  /** `https://kubernetes.default.svc`, which every pod may reach. */
  readonly server: string
  /** Where the kubelet puts `token` and `ca.crt`, and rotates them. */
  readonly folder: string
  /** How long a token is used before it is read anew (ms). */
  readonly tokenLife?: number
  /** Whether the operator lets this tenant use it: it is the operator's cluster, not the tenants'. */
  mayUse(tenantId: string): Promise<boolean>
}

/** A token is read anew after so long (ms): the kubelet writes the next one long before one expires. */
const tokenLife = 30_000

/** A tenant that may not use the account of NOX's own pod. */
export const notAllowed = (): NoxError =>
  new NoxError('blocked-address', 'not allowed by NOX_IN_CLUSTER', { forPerson: phrase('error.cluster.own') })

/** What a session needs of the pod's account: who the server is, and a token that is always of today. */
export interface OwnAccess {
  readonly access: ClusterAccess
  token(): Promise<string>
}

/** @throws NoxError `blocked-address` where the operator does not let this tenant, or NOX runs in no cluster */
export async function ownAccess(inCluster: InCluster | undefined, tenantId: string): Promise<OwnAccess> {
  if (!inCluster || !(await inCluster.mayUse(tenantId))) throw notAllowed()
  const read = (name: string) =>
    readFile(join(inCluster.folder, name), 'utf8').catch((error: unknown) => {
      throw new NoxError('configuration', `no ${name} of the pod's account`, {
        forPerson: phrase('error.cluster.noAccount'),
        cause: error,
      })
    })
  const caData = Buffer.from(await read('ca.crt')).toString('base64')
  let known: { readonly token: string; readonly at: number } | undefined
  return {
    access: { server: inCluster.server, caData },
    async token() {
      const now = Date.now()
      if (!known || now - known.at >= (inCluster.tokenLife ?? tokenLife))
        known = { token: (await read('token')).trim(), at: now }
      return known.token
    },
  }
}
