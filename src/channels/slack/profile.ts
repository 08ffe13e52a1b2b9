/** What Slack tells of a person. */
export interface Profile {
  readonly name: string
  readonly locale: string | null
  readonly timeZone: string | null
  /** The enterprise that the account belongs to, on Enterprise Grid. */
  readonly enterpriseId: string | null
  readonly teamId: string | null
  readonly isBot: boolean
  /** Of the workspace as a guest, in one channel or several. */
  readonly isGuest: boolean
  /** The account is deactivated. */
  readonly hasLeft: boolean
}

/** A person as `users.info` and `user_change` tell of them. */
export type ToldUser = Readonly<Record<string, unknown>> & { readonly id: string }

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}

/** Whether nothing differs of what NOX reads in them. */
export const isSameProfile = (one: Profile, other: Profile): boolean =>
  (Object.keys(one) as (keyof Profile)[]).every((field) => one[field] === other[field])

/** Reads a person as Slack tells of them; what it does not tell is `null`, or not so. */
export function readProfile(value: unknown, userId: string): Profile {
  const user = record(value)
  const profile = record(user.profile)
  return {
    name: text(profile.display_name) ?? text(profile.real_name) ?? text(user.real_name) ?? text(user.name) ?? userId,
    locale: text(user.locale),
    timeZone: text(user.tz),
    enterpriseId: text(record(user.enterprise_user).enterprise_id),
    teamId: text(user.team_id),
    isBot: user.is_bot === true || user.id === 'USLACKBOT',
    isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
    hasLeft: user.deleted === true,
  }
}
