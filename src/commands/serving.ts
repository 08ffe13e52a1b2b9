import type { ClusterConnection, Deployment, Revision } from '../capabilities/clusters.ts'
import type { ServiceTarget } from '../domain/catalogue.ts'
import type { CommandContext } from './command.ts'

/** What a Deployment is to run, and what its pods that answer run. */
export interface Serving {
  readonly current: Deployment
  /** The current one, unless pods of a revision before it answer in its place. */
  readonly served: Deployment
  /** What to go back to: the current one, unless it never got ready; then the newest revision before it that did. */
  readonly good: Deployment
  readonly revisions: readonly Revision[]
}

/** Reads what a service runs, before something changes it. */
export async function readServing(
  context: CommandContext,
  connection: ClusterConnection,
  target: ServiceTarget,
): Promise<Serving> {
  const call = { signal: context.signal }
  const [current, revisions] = await Promise.all([
    context.clusters.deployment(connection, target, call),
    context.clusters.revisions(connection, target, call),
  ])
  const isOwn = context.resumed && current.lastActionId === context.action.id
  const good = lastGood(current, revisions, isOwn)
  return { current, served: !isOwn && current.ready === 0 ? current : good, good, revisions }
}

/** @param isOwn the current revision is the change itself: what served stands before it, ready or not */
function lastGood(current: Deployment, revisions: readonly Revision[], isOwn: boolean): Deployment {
  const own = revisions.find((each) => each.revision === current.revision)
  if (!isOwn && own?.wasGood !== false) return current
  const earlier = newest(revisions.filter((each) => each.wasGood && each.revision < current.revision))
  if (!earlier) return current
  return { ...current, version: earlier.version, image: earlier.image, revision: earlier.revision }
}

/** The revision of the highest number. */
export const newest = (revisions: readonly Revision[]): Revision | undefined =>
  [...revisions].sort((a, b) => b.revision - a.revision)[0]
