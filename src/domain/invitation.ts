import type { Member } from './member.ts'

/** Someone who was invited by e-mail and has not come yet. Its token is known to the letter alone; storage has its hash. */
export interface Invitation {
  readonly tenantId: string
  readonly id: string
  /** In small letters. */
  readonly email: string
  /** What they become; their Slack account and name are filled in when they come. */
  readonly member: Member
  readonly invitedBy: string
  readonly createdAt: number
  readonly expiresAt: number
}
