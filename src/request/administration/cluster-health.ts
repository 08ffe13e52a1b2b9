import { isDeepStrictEqual } from 'node:util'
import { tellAdmins } from '../../actions/admins.ts'
import type { Services } from '../../actions/services.ts'
import type { ClusterConnection } from '../../capabilities/clusters.ts'
import type { Answer } from '../../domain/answer.ts'
import { asReachable, type Cluster, type ClusterFailure } from '../../domain/catalogue.ts'
import type { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { administrationEntry } from '../governance/guard.ts'

/** How a cluster did at one request that began `at` (ms since 1970); no problem = it answered. */
interface SeenCluster {
  readonly problem: NoxError | null
  readonly at: number
}

/** How clusters do at their work: noted where it changes; what an admin must mend is told once. */
export interface ClusterHealth {
  /** Takes note of a request to a cluster, without keeping it waiting. */
  seen(connection: ClusterConnection, seen: SeenCluster): void
  /** Waits until all that was seen is noted. */
  settled(): Promise<void>
}

/** A cluster that fails again is told again after this (ms). */
const quiet = 6 * 3_600_000
/** One lost connection is no silence. */
const silencesToNote = 2
/** One that worked again is noted as failing for the same at the earliest so much later (ms): one that comes and goes is not written with each request. */
const restless = 60_000
/** How long one that is noted as well is not looked up again (ms): another replica may have noted that it fails. */
const wellFor = 5_000
/** Clusters whose last requests are kept in mind. */
const mostKept = 5_000

/**
 * Why a cluster fails, as one request shows it; `null` = it works, `undefined` = the request does not tell. A proxy or an
 * API server says 502 to 504 where it does not work; 500 is what one webhook of a cluster does.
 */
export function judgeCluster(problem: NoxError | null): ClusterFailure | null | undefined {
  if (problem === null) return null
  const { code, facts } = problem
  if (facts.status === 401) return 'credentials'
  if (facts.tls !== undefined) return 'certificate'
  const isSilent = code === 'unreachable' || code === 'timeout' || [502, 503, 504].some((each) => each === facts.status)
  return isSilent ? 'silent' : undefined
}

/** The reason that stands after another; a cluster that is silent may refuse its credentials still. */
function stays({ failingSince, failingFor }: Cluster, why: ClusterFailure | null): boolean {
  if (why === null) return failingSince === undefined
  const isGraver = why === 'silent' && failingFor !== undefined
  return failingSince !== undefined && (failingFor === why || isGraver)
}

interface Lately {
  silences: number
  wellUntil: number
  /** From what it recovered last. */
  recovered: { readonly from: ClusterFailure | undefined; readonly at: number } | null
}

/** Remembers 5,000 clusters that were heard of lately, so that most requests look nothing up. */
export function createClusterHealth(services: Services): ClusterHealth {
  const { storage, knowledge, log, now } = services
  const open = new Set<Promise<void>>()
  /** One at a time for each cluster: many requests fail together. */
  const busy = new Set<string>()
  const kept = new Map<string, Lately>()

  function latelyOf(id: string): Lately {
    const known = kept.get(id)
    if (known) return known
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
    const fresh = { silences: 0, wellUntil: 0, recovered: null }
    kept.set(id, fresh)
    return fresh
  }

  /** Is there something to look up? Most requests are those of a cluster that was well a moment ago. */
  function isNews(lately: Lately, why: ClusterFailure | null): boolean {
    if (why === null) {
      lately.silences = 0
      return now() >= lately.wellUntil
    }
    lately.wellUntil = 0
    if (why === 'silent') lately.silences += 1
    if (why === 'silent' && lately.silences < silencesToNote) return false
    const { recovered } = lately
    return recovered?.from !== why || now() - recovered.at >= restless
  }

  async function note(connection: ClusterConnection, lately: Lately, why: ClusterFailure | null, at: number) {
    const { access } = connection
    const { tenantId, id } = connection.cluster
    const known = (await knowledge.snapshot(tenantId)).knowledge.clusters.find((each) => each.id === id)
    if (known && why === null && stays(known, why)) lately.wellUntil = now() + wellFor
    if (!known || stays(known, why)) return
    // What is tried in a form, or was replaced meanwhile, says nothing of the cluster that stands.
    if (!isDeepStrictEqual(await storage.catalogue.clusterAccess(tenantId, id), access)) return
    let isToTell = false
    let from: ClusterFailure | undefined
    const noted = await storage.catalogue.noteCluster(tenantId, id, (stands) => {
      if (stays(stands, why)) return null
      from = stands.failingFor
      if (why === null) return { ...asReachable(stands), checkedAt: now() }
      if ((stands.checkedAt ?? 0) > at) return null
      isToTell = why !== 'silent' && (stands.toldAt === undefined || now() - stands.toldAt >= quiet)
      const told = isToTell ? { toldAt: now() } : {}
      return { ...stands, failingFor: why, failingSince: stands.failingSince ?? at, ...told }
    })
    knowledge.drop(tenantId)
    if (!noted) return
    if (why === null) lately.recovered = { from, at: now() }
    const result = why === null ? 'done' : 'failed'
    const details = why === null ? {} : { reason: why }
    const about = { command: 'cluster.health', resource: noted.name, result, details } as const
    await storage.audit.append(tenantId, administrationEntry(now(), 'nox', about))
    if (why !== null && why !== 'silent' && isToTell) await tell(noted, why)
  }

  /** A cluster that is silent comes back by itself; one that refuses NOX does not. */
  async function tell({ tenantId, id, name }: Cluster, why: Exclude<ClusterFailure, 'silent'>): Promise<void> {
    const { language } = (await knowledge.snapshot(tenantId)).knowledge.tenant
    const answer: Answer = {
      kind: 'notice',
      title: phrase(`cluster.failing.${why}`, { cluster: name }),
      lines: [phrase(`cluster.failing.${why}.next`)],
      buttons: [{ label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }],
    }
    if (await tellAdmins(services, tenantId, language, answer)) return
    log.warn({ tenant: tenantId, cluster: id }, 'no admin could be told that a cluster refuses NOX')
    await storage.catalogue.noteCluster(tenantId, id, ({ toldAt: _, ...stands }) => stands)
  }

  return {
    seen(connection, { problem, at }) {
      const { tenantId, id } = connection.cluster
      const why = judgeCluster(problem)
      if (why === undefined) return
      const name = `${tenantId}/${id}`
      const lately = latelyOf(name)
      const task = `${name} ${why}`
      if (!isNews(lately, why) || busy.has(task)) return
      busy.add(task)
      const work = note(connection, lately, why, at)
        .catch((error: unknown) => log.error({ err: error, tenant: tenantId, cluster: id }, 'the health was not noted'))
        .finally(() => {
          busy.delete(task)
          open.delete(work)
        })
      open.add(work)
    },
    async settled() {
      await Promise.all(open)
    },
  }
}
