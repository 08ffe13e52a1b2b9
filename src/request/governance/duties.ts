import type { Duty } from '../../duties/create-duties.ts'
import type { Governance } from './index.ts'

const everyMs = 10 * 60_000
const firstMs = 10_000

/** Follows user groups, and ends invitations by mail where there are any. */
export function governanceDuties({ follower, byMail }: Pick<Governance, 'follower' | 'byMail'>): readonly Duty[] {
  const often = { everyMs, firstMs, by: 'one' } as const
  return [
    { name: 'user groups', ...often, round: (signal) => follower.followAll(signal) },
    ...(byMail ? [{ name: 'invitations', ...often, round: (signal: AbortSignal) => byMail.expire(signal) }] : []),
  ]
}
