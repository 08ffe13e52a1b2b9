import type { ActionType } from '../domain/command-spec.ts'
import type { Need } from '../domain/member.ts'
import type { Requirement } from '../domain/zone.ts'
import type { Phrase } from '../texts/phrase.ts'

/** May someone do this? `action` null = open to everybody who may use NOX at all. */
export interface Question {
  readonly command: string
  readonly action: ActionType | null
  readonly effect: 'read' | 'write'
  readonly environment: string | null
  /** The name of what it is about, then its aliases. */
  readonly resources: readonly string[]
  /** Asked of the person alone, whatever zones say: no zone is about how NOX itself is set up. */
  readonly needs?: Need
}

/** What the rules say, and why. */
export interface Decision {
  /** `confirm`: after a confirmation of one's own; `ask`: after an approval by others. */
  readonly verdict: 'yes' | 'confirm' | 'ask' | 'no'
  readonly requirement: Requirement | null
  /** The rule that decided, for the audit: stable words, `zone.environment`. */
  readonly rule: string
  /** The first rule that refuses, in words. */
  readonly reason: Phrase | null
  /** Whose word it takes, or who may do it. */
  readonly group: string | null
  /** A refusal that someone else's approval can lift. */
  readonly canAsk: boolean
  /** When what closes it opens again by itself (ms since 1970), where that is known. */
  readonly until?: number
  /** This person may go through it in an emergency, with a reason. */
  readonly canOverride?: boolean
}
