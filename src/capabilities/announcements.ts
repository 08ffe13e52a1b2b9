import type { Announcement } from '../domain/announcement.ts'
import type { CallOptions } from './clusters.ts'

/** Channels elsewhere that NOX may tell something to. Every call may throw a NoxError whose `forPerson` says what happened. */
export interface Announcements {
  /** The channels that an admin set up, as they named them; the first is the usual one. */
  readonly channels: readonly string[]
  /**
   * Tells it once; what is too long is shortened from its end.
   * @param channel one of `channels`; `null` = the usual one
   * @throws NoxError `not-found` where no channel has this name; `unreachable`, `timeout` where the answer was lost: it
   *   may stand there already
   */
  post(channel: string | null, announcement: Announcement, call: CallOptions): Promise<void>
}
