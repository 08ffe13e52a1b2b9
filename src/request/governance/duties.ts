import type { Duty } from '../../duties/create-duties.ts'
import type { Governance } from './index.ts'

const everyMs = 10 * 60_000
const firstMs = 10_000

/** Follows user groups, ends what a workspace that joined another tenant left open, and ends invitations by mail where there are any. */
export function governanceDuties({
  follower,
  byMail,
  workspaces,
}: Pick<Governance, 'follower' | 'byMail' | 'workspaces'>): readonly Duty[] {
  const often = { everyMs, firstMs, by: 'one' } as const
  return [
    { name: 'user groups', ...often, round: (signal) => follower.followAll(signal) },
    { name: 'joined workspaces', ...often, round: (signal) => workspaces.windUp(signal) },
    ...(byMail ? [{ name: 'invitations', ...often, round: (signal: AbortSignal) => byMail.expire(signal) }] : []),
  ]
}
