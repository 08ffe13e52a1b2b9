import type { CommandContext } from '../commands/command.ts'
import type { Action } from '../domain/action.ts'
import type { Answer } from '../domain/answer.ts'
import type { Member } from '../domain/member.ts'
import type { UsedUnits } from '../storage/types/quota.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'

/** What belongs to one run of one action. */
export interface RunScope {
  readonly action: Action
  readonly member: Member
  readonly snapshot: TenantSnapshot
  readonly signal: AbortSignal
  readonly resumed: boolean
  /** What was used of the quotas when the order was taken, where that is known already. */
  readonly used?: UsedUnits | undefined
  readonly progress: (answer: Answer) => void
  readonly step: (name: string) => Promise<void>
  readonly decide: CommandContext['decide']
}
