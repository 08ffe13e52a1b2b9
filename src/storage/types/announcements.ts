import type { Announcement } from '../../domain/announcement.ts'

/** Something that is to be told to another messenger than Slack. */
export interface PendingAnnouncement {
  readonly tenantId: string
  /** The id of the order that it tells of. */
  readonly id: string
  /** Its channel there. */
  readonly channel: string
  readonly announcement: Announcement
  readonly createdAt: number
}

/** What is due, to be taken with `take`. */
export interface DueAnnouncement {
  readonly tenantId: string
  readonly id: string
  readonly dueAt: number
}

/** What is to be told elsewhere, kept until it was. */
export interface Announcements {
  /** The same id again changes nothing. */
  add(pending: PendingAnnouncement, dueAt: number): Promise<void>
  /** Across tenants: what is due by now, the oldest first. */
  due(now: number, limit: number): Promise<readonly DueAnnouncement[]>
  /** For the one that tells it now, due again at `next`; `null` = somebody else took it, or it was told. */
  take(due: DueAnnouncement, next: number): Promise<PendingAnnouncement | null>
  /** It was told, or never will be. */
  remove(tenantId: string, id: string): Promise<void>
}
