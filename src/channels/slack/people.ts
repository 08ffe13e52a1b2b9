import type { People } from '../../domain/messenger.ts'
import type { InstallationCache } from './installations.ts'
import type { WebApi } from './web-api/client.ts'

/** What Slack tells of a person. */
export interface Profile {
  readonly name: string
  readonly locale: string | null
  readonly timeZone: string | null
  /** The enterprise that the account belongs to, on Enterprise Grid. */
  readonly enterpriseId: string | null
  readonly teamId: string | null
}

/** People, with what the Home tab and installs ask of them. */
export interface SlackPeople extends People {
  /** Rejects where Slack does not answer. */
  profileOf(tenantId: string, userId: string): Promise<Profile>
}

const mostKept = 5_000
/** Names change seldom (ms). */
const keptFor = 10 * 60_000
const keptAfterFailure = 30_000

/** Who people are, by `users.info`, kept for ten minutes. */
export function createPeople(api: WebApi, installations: InstallationCache, now: () => number = Date.now): SlackPeople {
  const known = new Map<string, { readonly profile: Promise<Profile>; until: number }>()

  async function read(tenantId: string, userId: string): Promise<Profile> {
    const installation = await installations.ofTenant(tenantId)
    if (!installation) throw new Error(`tenant ${tenantId} has no Slack workspace`)
    const args = { user: userId, include_locale: true }
    const options = { repeat: 'always', patienceMs: 2_000 } as const
    const reply = await api.call(installation.botToken, 'users.info', args, options)
    return readProfile(reply.user, userId)
  }

  function profileOf(tenantId: string, userId: string): Promise<Profile> {
    const key = `${tenantId} ${userId}`
    const entry = known.get(key)
    if (entry && entry.until > now()) return entry.profile
    const fresh = { profile: read(tenantId, userId), until: now() + keptFor }
    fresh.profile.catch(() => {
      fresh.until = now() + keptAfterFailure
    })
    known.delete(key)
    known.set(key, fresh)
    if (known.size > mostKept) known.delete(known.keys().next().value ?? '')
    return fresh.profile
  }

  return {
    profileOf,
    nameOf: (tenantId, userId) =>
      profileOf(tenantId, userId).then(
        (profile) => profile.name,
        () => userId,
      ),
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}

function readProfile(value: unknown, userId: string): Profile {
  const user = record(value)
  const profile = record(user.profile)
  return {
    name: text(profile.display_name) ?? text(profile.real_name) ?? text(user.real_name) ?? text(user.name) ?? userId,
    locale: text(user.locale),
    timeZone: text(user.tz),
    enterpriseId: text(record(user.enterprise_user).enterprise_id),
    teamId: text(user.team_id),
  }
}
