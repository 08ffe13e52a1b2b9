import type { Repositories } from '../capabilities/repositories.ts'
import type { Action } from '../domain/action.ts'
import { providersAmong } from '../domain/integration.ts'
import type { ReportSpan } from '../domain/report.ts'
import { NoxError } from '../errors.ts'
import { median } from '../figures/analyse.ts'
import { providerOf } from './provider.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** The newest deployments that are looked through. */
const mostDeployments = 1_000
/** Versions of a span that the code hosting is asked about, the newest, and at a time. */
const mostAsked = 25
const atOnce = 5
/** What the code hosting gets for all of them (ms). */
const patience = 15_000

/** The order that asks for a report, with what is known of its tenant. */
export interface ReportScope {
  readonly action: Action
  readonly snapshot: TenantSnapshot
  readonly signal: AbortSignal
}

type Within = Pick<ReportSpan, 'from' | 'to'>

/** One version that came to a place for the first time. */
interface Arrival {
  readonly repository: string
  readonly wanted: { readonly tag: string } | { readonly sha: string }
  readonly key: string
  readonly at: number
}

/**
 * From a version's commit to the end of its first deployment, in ms: the median of each span, as the code hosting tells
 * it. A branch moves on, so of one nobody knows any more what was deployed: tags and commits alone count. `null` = there
 * is none, no code hosting is connected, or it did not answer: half a figure is none.
 * @param spans by when the deployment was asked for, as all other figures
 */
export async function leadTimes(
  services: Services,
  scope: ReportScope,
  spans: readonly [Within, Within],
  userId: string | undefined,
): Promise<readonly [number | null, number | null]> {
  const { action, snapshot } = scope
  const { knowledge } = snapshot
  if (providersAmong(knowledge.integrations, 'repositories').length === 0) return [null, null]
  const filter = { command: 'deploy', states: ['done'], limit: mostDeployments } as const
  const deployments = await services.storage.ledger.list(action.tenantId, filter)
  const repositories = new Map(knowledge.services.map(({ name, repository }) => [name, repository]))
  const first = firstOfEach(deployments, (service) => repositories.get(service))
  const mine = first.filter(({ action: each }) => userId === undefined || each.userId === userId)
  const [now, before] = spans.map(({ from, to }) =>
    mine.filter(({ action: { createdAt } }) => createdAt >= from && createdAt < to).slice(0, mostAsked),
  )
  const asked = [...(now ?? []), ...(before ?? [])].map(({ arrival }) => arrival)
  if (asked.length === 0) return [null, null]
  const failed = new AbortController()
  try {
    const port = await providerOf(services, snapshot, 'repositories')
    const signal = AbortSignal.any([scope.signal, AbortSignal.timeout(patience), failed.signal])
    const commits = await commitTimes(port, asked, signal)
    const middle = (some: typeof now) =>
      median(
        (some ?? []).flatMap(({ arrival: { key, at } }) => {
          const committed = commits.get(key)
          return committed === undefined || committed > at ? [] : [at - committed]
        }),
      )
    return [middle(now), middle(before)]
  } catch (error) {
    failed.abort()
    scope.signal.throwIfAborted()
    services.log.warn({ err: error, tenant: action.tenantId }, 'the commits of a report were not told')
    return [null, null]
  }
}

/** The first deployment of each version to each place. @param deployments newest first; the result too */
function firstOfEach(deployments: readonly Action[], repositoryOf: (service: string) => string | undefined) {
  const first = new Map<string, { readonly action: Action; readonly arrival: Arrival }>()
  for (const action of deployments.toReversed()) {
    const { resource, environment, args, finishedAt: at } = action
    const repository = resource === null ? undefined : repositoryOf(resource)
    const wanted =
      typeof args.tag === 'string' ? { tag: args.tag } : typeof args.sha === 'string' ? { sha: args.sha } : null
    if (repository === undefined || wanted === null || at === null) continue
    const place = JSON.stringify([resource, environment, wanted])
    const key = JSON.stringify([repository, wanted])
    if (!first.has(place)) first.set(place, { action, arrival: { repository, wanted, key, at } })
  }
  return [...first.values()].reverse()
}

/** When the commits of some versions were made, by their keys; without those that the code hosting does not know. */
async function commitTimes(port: Repositories, arrivals: readonly Arrival[], signal: AbortSignal) {
  const open = [...new Map(arrivals.map((each) => [each.key, each])).values()]
  const times = new Map<string, number>()
  const ask = async () => {
    for (let each = open.pop(); each && !signal.aborted; each = open.pop()) {
      const ref = await resolved(port, each, signal)
      if (ref?.committedAt != null) times.set(each.key, ref.committedAt)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, ask))
  return times
}

async function resolved(port: Repositories, { repository, wanted }: Arrival, signal: AbortSignal) {
  try {
    return await port.resolve(repository, wanted, { signal })
  } catch (error) {
    // A repository that is gone, or that NOX was not given.
    if (error instanceof NoxError && error.code === 'not-found') return null
    throw error
  }
}
