import type { Deployment } from '../capabilities/clusters.ts'
import type { Run } from '../capabilities/repositories.ts'
import type { Service, ServiceTarget } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { orderedVersion } from '../domain/ordered-version.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext, Outcome } from './command.ts'
import { wantedImage } from './image.ts'
import { byWhom, overtaker, replacedOutcome, setsVersion } from './overtaken.ts'
import { orderedTarget } from './service-order.ts'

/** What a cluster gets to say what runs (ms). */
const patience = 5_000

/** What another order has to do with the end of a run. */
export interface OvertakenRun {
  /** How the order ends, where what it set runs no more. */
  readonly replaced?: Outcome
  /** What is said beside its end, where a later order was done first. */
  readonly late?: Phrase
}

/**
 * Looks whether a later order has deployed in the place of a run that succeeded, or that was stopped for it. Where the
 * cluster shows what the run set, that stands; where nobody can tell, the later order does.
 */
export async function overtakenRun(
  context: CommandContext,
  service: Service,
  args: Arguments,
  run: Run,
  action: Phrase,
): Promise<OvertakenRun> {
  if (run.state !== 'success' && run.state !== 'cancelled') return {}
  const { target } = orderedTarget(context.knowledge, args)
  // GitHub stops a run for another of its group while that one still waits or runs.
  const by = await overtaker(
    context,
    target,
    setsVersion,
    ({ state }) => state === 'done' || (run.state === 'cancelled' && state === 'running'),
  )
  if (!by) return {}
  const now = await running(context, target)
  const version = orderedVersion(by) ?? (by.command === 'deploy' ? service.defaultBranch : (now?.version ?? '–'))
  if (run.state === 'success' && now && isOwn(service, args, now)) {
    const person = await context.nameOf(by.userId)
    return { late: phrase('workflow.late', { n: String(by.number), person, version }) }
  }
  const words = { action, service: service.name, version, by: await byWhom(context, by) }
  const replaced = replacedOutcome(phrase('state.replaced', words), version, by)
  return { replaced: { ...replaced, details: { ...replaced.details, run: run.id } } }
}

/** What runs in the cluster, where it says so in time. */
async function running(context: CommandContext, target: ServiceTarget): Promise<Deployment | null> {
  try {
    const connection = await context.connect(target.clusterId)
    return await context.clusters.deployment(connection, target, { signal: AbortSignal.timeout(patience) })
  } catch {
    return null
  }
}

/** Is that the version which was ordered? */
function isOwn(service: Service, args: Arguments, { image, version }: Deployment): boolean {
  try {
    const wanted = wantedImage(service, args)
    return image === wanted.image || version === wanted.version
  } catch {
    // Its template needs what the order does not name.
    return false
  }
}
