import type { Services } from '../../actions/services.ts'
import type { Duty } from '../../duties/create-duties.ts'

/** What a cluster gets to answer (ms). */
const patience = 10_000
/** Clusters that are asked at a time. */
const atOnce = 5

/**
 * Asks the clusters that are noted as silent whether they answer again: whoever noted it may be gone, and nobody may give
 * an order. That they answer is noted as with any request (`administration/cluster-health.ts`).
 */
export async function askSilent(services: Services, signal: AbortSignal): Promise<void> {
  const { storage, knowledge, clusters, log } = services
  const waiting = [...(await storage.catalogue.silentClusters())]

  async function askNext(): Promise<void> {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const { tenantId, id } = next
      try {
        // Another replica may have noted it a moment ago.
        knowledge.drop(tenantId)
        const access = await storage.catalogue.clusterAccess(tenantId, id)
        const cluster = (await storage.catalogue.clusters(tenantId)).find((each) => each.id === id)
        if (!cluster || !access || cluster.pausedAt !== undefined) continue
        await clusters.test({ cluster, access }, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) })
      } catch (error) {
        log.debug({ err: error, tenant: tenantId, cluster: id }, 'a cluster is silent still')
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, askNext))
}

/** Once a minute, one replica. */
export function silenceDuty(services: Services): Duty {
  return { name: 'silent clusters', everyMs: 60_000, by: 'one', round: (signal) => askSilent(services, signal) }
}
