import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import type { Phrase } from '../../texts/phrase.ts'

/** What came of a change of people. `say`: what there is to add to it, or why it was not done. */
export interface PeopleDone {
  readonly done: boolean
  readonly say: Phrase | null
  readonly details?: AuditEntry['details']
}

/** People, as those who manage users change them; each call checks their rights anew and leaves its records. */
export interface PeopleDesk {
  invite(args: Arguments): Promise<PeopleDone>
  /** @param person a Slack user id */
  remove(person: string): Promise<PeopleDone>
  setGroup(person: string, group: string, isIn: boolean): Promise<PeopleDone>
  setRole(person: string, args: Arguments): Promise<PeopleDone>
}
