import { quotaPeriods } from '../../actions/quota.ts'
import type { Member } from '../../domain/member.ts'
import type { Installation, Tenant } from '../../domain/tenant.ts'
import { isOf } from '../../domain/workspace-address.ts'
import type { CarriedQuota } from '../../storage/types/workspace-joins.ts'
import type { Phrase } from '../../texts/phrase.ts'

/** What came of a decision; of `moved` tenants nothing of before may stay in memory. */
export interface Moved {
  readonly say: Phrase
  readonly moved: readonly string[]
  /** What is told and ended once nothing of before is in memory, and Slack has its answer. */
  readonly follow?: () => Promise<void>
}

/** An admin who was not removed. */
export const isAdmin = (member: Member): boolean => member.role === 'admin' && member.removedAt === undefined

/**
 * What a workspace takes with it of the month's quota.
 * @param tenant the one of several workspaces, with all its members, those who left too
 */
export const carriedQuota = (
  now: number,
  tenant: Tenant,
  workspace: Pick<Installation, 'workspaceId' | 'joinedAt'>,
  members: readonly Member[],
): CarriedQuota => ({
  month: quotaPeriods(now, tenant).month,
  memberIds: members.filter(({ slackUserId }) => isOf(workspace, slackUserId)).map(({ id }) => id),
})
