import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../../actions/services.ts'
import type { ClusterTrouble } from '../../capabilities/cluster-trouble.ts'
import type { ClusterConnection } from '../../capabilities/clusters.ts'
import { namespacesOf } from '../../commands/find-target.ts'
import { type Cluster, clusterSettings } from '../../domain/catalogue.ts'
import type { Own } from '../../duties/own.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/** Where troubles go; each is written down before the promise resolves. */
export interface TroubleSink {
  began(where: Cluster, trouble: ClusterTrouble): Promise<void>
  ended(where: Cluster, key: string): Promise<void>
  /** Every other trouble of the cluster that is still open is over. */
  synced(where: Cluster, keys: readonly string[]): Promise<void>
  /** Nobody wants to know of this cluster any more. */
  dropped(where: Cluster): Promise<void>
}

export interface ClusterWatches {
  /** Looks for clusters that are to be watched, or no longer are. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** How often the owner of a watch looks whether its cluster was changed (ms). */
const lookAgain = 20_000
/** After a watch could not begin (ms). */
const rest = 60_000

/** Keeps one watch for each cluster whose admins want it, whatever the number of replicas. */
export function createClusterWatches(
  services: Services,
  own: Own,
  sink: TroubleSink,
  times: { readonly lookAgain: number; readonly rest: number } = { lookAgain, rest },
): ClusterWatches {
  const held = new Map<string, { stop(): Promise<void> }>()
  let isStopped = false

  return {
    async look() {
      const wanted = await services.storage.catalogue.watchedClusters()
      if (isStopped) return
      const names = new Set<string>()
      for (const { tenantId, id } of wanted) {
        const name = `watch/${tenantId}/${id}`
        names.add(name)
        if (!held.has(name))
          held.set(
            name,
            own(name, (signal) => watchOne(services, sink, times, tenantId, id, signal)),
          )
      }
      for (const [name, { stop }] of held) {
        if (names.has(name)) continue
        held.delete(name)
        await stop()
      }
    },
    async stop() {
      isStopped = true
      await Promise.all([...held.values()].map(({ stop }) => stop()))
      held.clear()
    },
  }
}

interface Found {
  readonly connection: ClusterConnection
  readonly namespaces: readonly string[]
  /** The same as long as nothing of it was changed. */
  readonly edition: string
}

/** What is watched by now; `null` = it no longer is. */
async function find({ storage, knowledge }: Services, tenantId: string, id: string): Promise<Found | null> {
  const [clusters, access, snapshot] = await Promise.all([
    storage.catalogue.clusters(tenantId),
    storage.catalogue.clusterAccess(tenantId, id),
    knowledge.snapshot(tenantId),
  ])
  const cluster = clusters.find((each) => each.id === id)
  if (cluster?.watchChannel === undefined || !access) return null
  const namespaces = namespacesOf(snapshot.knowledge, cluster)
  const about = clusterSettings(cluster)
  const edition = createHash('sha256')
    .update(JSON.stringify([about, access, namespaces]))
    .digest('base64')
  return { connection: { cluster, access }, namespaces, edition }
}

/** Watches a cluster as it is set up at each time, until the signal ends it or nobody wants it any more. */
async function watchOne(
  services: Services,
  sink: TroubleSink,
  times: { readonly lookAgain: number; readonly rest: number },
  tenantId: string,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  let last: Cluster | undefined
  try {
    while (!signal.aborted) {
      const found = await find(services, tenantId, id)
      if (!found) return
      last = found.connection.cluster
      await watchUntilChanged(services, sink, times, found, signal)
    }
  } finally {
    if (last && (await find(services, tenantId, id)) === null) await sink.dropped(last)
  }
}

async function watchUntilChanged(
  services: Services,
  sink: TroubleSink,
  times: { readonly lookAgain: number; readonly rest: number },
  found: Found,
  signal: AbortSignal,
): Promise<void> {
  const changed = new AbortController()
  const both = AbortSignal.any([signal, changed.signal])
  const looking = lookForChange(services, found, both, times.lookAgain, () => changed.abort())
  try {
    await watchAsItIs(services, sink, found, both)
  } catch (error) {
    if (!signal.aborted) await tellBlind(services, sink, found.connection.cluster, error)
    await sleep(times.rest, undefined, { signal: both }).catch(() => {})
  } finally {
    changed.abort()
    await looking
  }
}

async function watchAsItIs(services: Services, sink: TroubleSink, found: Found, signal: AbortSignal): Promise<void> {
  const { connection, namespaces } = found
  const { cluster } = connection
  // One after the other: an end never overtakes its beginning.
  let last: Promise<void> = Promise.resolve()
  const next = (work: () => Promise<void>) => {
    last = last.then(work).catch((error: unknown) => {
      services.log.error({ err: error, tenant: cluster.tenantId, cluster: cluster.id }, 'a trouble could not be told')
    })
  }
  const listener = {
    began: (trouble: ClusterTrouble) => next(() => sink.began(cluster, trouble)),
    ended: (key: string) => next(() => sink.ended(cluster, key)),
    synced: (keys: readonly string[]) => next(() => sink.synced(cluster, keys)),
  }
  await services.clusters.watchTroubles(connection, namespaces, listener, { signal })
  await last
}

async function lookForChange(
  services: Services,
  { connection, edition }: Found,
  signal: AbortSignal,
  every: number,
  onChange: () => void,
): Promise<void> {
  const { tenantId, id } = connection.cluster
  while (!signal.aborted) {
    await sleep(every, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    // A database that is away for a moment changes nothing.
    const now = await find(services, tenantId, id).catch(() => undefined)
    if (now === null || (now !== undefined && now.edition !== edition)) return onChange()
  }
}

/** A watch that can't begin is told as trouble, as one that breaks is. */
async function tellBlind({ log, now }: Services, sink: TroubleSink, where: Cluster, error: unknown): Promise<void> {
  log.warn({ err: error, tenant: where.tenantId, cluster: where.id }, 'a cluster can’t be watched; tried again soon')
  const problem = error instanceof NoxError ? error : undefined
  const object = { kind: 'Cluster', namespace: null, name: where.name }
  await sink.began(where, {
    key: `Cluster//${where.name}/blind`,
    kind: 'blind',
    object,
    sentence: problem?.forPerson ?? phrase('error.cluster.silent'),
    clusterWord: problem?.code ?? 'internal',
    pod: null,
    since: now(),
  })
}
