import type { Member } from '../../domain/member.ts'
import type { Phrase } from '../../texts/phrase.ts'

/** What came of a decision; of `moved` tenants nothing of before may stay in memory. */
export interface Moved {
  readonly say: Phrase
  readonly moved: readonly string[]
  /** What is told once nothing of before is in memory. */
  readonly tell?: () => Promise<void>
}

export const isAdmin = (member: Member): boolean => member.role === 'admin' && member.removedAt === undefined
