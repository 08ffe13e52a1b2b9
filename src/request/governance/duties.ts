import type { Services } from '../../actions/services.ts'
import type { Duty } from '../../duties/create-duties.ts'
import { endLeftovers } from './end-leftovers.ts'
import type { Governance } from './index.ts'

const everyMs = 10 * 60_000
const firstMs = 10_000
/** Who leaves waits for it. */
const leavingEveryMs = 60_000

/**
 * Follows user groups, ends what a workspace that joined another tenant left open, and ends invitations by mail where
 * there are any; carries out what a crash left of a workspace that leaves, and of a person who was removed.
 * @param settle nothing of before may stay in memory of these tenants
 */
export function governanceDuties(
  services: Services,
  { follower, byMail, workspaces }: Pick<Governance, 'follower' | 'byMail' | 'workspaces'>,
  settle: (moved: readonly string[]) => void,
): readonly Duty[] {
  const often = { everyMs, firstMs, by: 'one' } as const
  return [
    { name: 'user groups', ...often, round: (signal) => follower.followAll(signal) },
    {
      name: 'leaving workspaces',
      everyMs: leavingEveryMs,
      firstMs: 0,
      by: 'one',
      round: (signal) => workspaces.finishLeaving(signal, settle),
    },
    { name: 'removed people', ...often, round: (signal) => endLeftovers(services, signal) },
    { name: 'joined workspaces', ...often, round: (signal) => workspaces.windUp(signal) },
    ...(byMail ? [{ name: 'invitations', ...often, round: (signal: AbortSignal) => byMail.expire(signal) }] : []),
  ]
}
