/** Why a group does not follow its Slack user group at the moment. */
export type LinkTrouble = 'gone' | 'no-scope' | 'full'

/** A group of NOX whose people are those of a Slack user group. */
export interface GroupLink {
  readonly tenantId: string
  /** The group: `seniors`. */
  readonly group: string
  /** The user group's id in Slack: `S0123456789`. */
  readonly userGroupId: string
  /** Its handle when it was last read, without the @. */
  readonly handle: string
  readonly trouble: LinkTrouble | null
  readonly linkedBy: string
  /** When it was last read without trouble (ms since 1970); `null` = never yet. */
  readonly syncedAt: number | null
}
