import type { ClusterConnection } from '../../capabilities/clusters.ts'
import type { Egress } from '../../egress/index.ts'
import { NoxError } from '../../errors.ts'
import type { InCluster } from './in-cluster.ts'

/** How a cluster did at one request that began `at` (ms since 1970); no problem = it answered. */
export interface SeenCluster {
  readonly problem: NoxError | null
  readonly at: number
}

/** The ways out: to what tenants name, and to the cluster that NOX runs in. */
export interface WaysOut {
  readonly egress: Egress
  /** What clusters answer, at each request. */
  readonly onSeen?: (connection: ClusterConnection, seen: SeenCluster) => void
  readonly now?: () => number
  readonly own?: InCluster & { readonly egress: Egress }
}

/** Takes note that a request begins; what it gives is told how the request ended. */
export type Observer = () => (problem: NoxError | null) => void

/** Who hears of the requests to a cluster. */
export const observerOf =
  ({ onSeen, now = Date.now }: WaysOut, connection: ClusterConnection): Observer =>
  () => {
    const at = now()
    return (problem) => onSeen?.(connection, { problem, at })
  }

/** @throws NoxError where the cluster's address may not be reached; a name that nobody knows any more is told too */
export async function checkAddress(ways: WaysOut, connection: ClusterConnection): Promise<void> {
  const seen = observerOf(ways, connection)()
  await ways.egress.check(connection.access.server).catch((error: unknown) => {
    if (error instanceof NoxError) seen(error)
    throw error
  })
}
