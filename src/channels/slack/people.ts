import type { People } from '../../domain/messenger.ts'
import type { Installation } from '../../domain/tenant.ts'
import type { InstallationCache } from './installations.ts'
import { type KeptProfile, keepProfiles } from './kept-profiles.ts'
import { isSameProfile, type Profile, readProfile, type ToldUser } from './profile.ts'
import { teamsOf } from './teams-of.ts'
import type { WebApi } from './web-api/client.ts'
import { slackCode } from './web-api/error.ts'

/** People, with what the Home tab and installs ask of them. */
export interface SlackPeople extends People {
  /** Rejects where Slack does not answer. */
  profileOf(tenantId: string, userId: string): Promise<Profile>
  /** The names of everybody in the tenant's workspaces, bots included, never NOX's own; rejects where they are too many, or too slow to come. */
  everybody(tenantId: string): Promise<readonly string[]>
  /**
   * Slack says that a person changed: what is kept of them is asked for anew when it is wanted next, unless it is still
   * so. Asks Slack and the storage for nothing, but for who has become a guest: they are told of at once.
   * @param user as Slack tells of them now, with their id
   */
  changed(user: ToldUser): void
  /** @param told each profile that Slack has told anew */
  onTold(told: (tenantId: string, userId: string, profile: Profile) => void): void
}

/** Whoever is not kept is a call to Slack before each answer: as many as the workspaces that are kept, and some. */
const mostKept = 30_000
/** Names change seldom (ms). */
const keptFor = 10 * 60_000
const keptAfterFailure = 30_000
/** Who waits for it waits no longer (ms): Slack wants its acknowledgement after three seconds. */
const longestWait = 2_000

interface ListedUser {
  readonly id?: string
  readonly name?: unknown
  readonly real_name?: unknown
  readonly profile?: { readonly display_name?: unknown }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** What Slack answers where it shows the workspace nobody of this id. */
const unseen: ReadonlySet<string> = new Set(['user_not_found', 'user_not_visible'])

/** A form waits for it (ms). */
const patience = 1_500

/** Who people are, by `users.info`, kept for ten minutes. */
export function createPeople(api: WebApi, installations: InstallationCache, now: () => number = Date.now): SlackPeople {
  let tell: (tenantId: string, userId: string, profile: Profile) => void = () => {}
  const known = keepProfiles(mostKept)

  async function read(tenantId: string, userId: string): Promise<Profile> {
    const reached = await installations.reach(tenantId, userId)
    if (!reached) throw new Error(`tenant ${tenantId} has no Slack workspace for this person`)
    const { installation, id } = reached
    const args = { user: id, include_locale: true }
    const options = { repeat: 'always', patienceMs: longestWait } as const
    const reply = await inTime(api.call(installation.botToken, 'users.info', args, options))
    return readProfile(reply.user, id)
  }

  function profileOf(tenantId: string, userId: string): Promise<Profile> {
    const entry = known.get(tenantId, userId)
    if (entry && entry.until > now()) return entry.profile
    const fresh: KeptProfile = { tenantId, userId, profile: read(tenantId, userId), until: now() + keptFor }
    fresh.profile.then(
      (answer) => {
        fresh.answer = answer
        tell(tenantId, userId, answer)
      },
      () => {
        fresh.until = now() + keptAfterFailure
      },
    )
    known.set(fresh)
    return fresh.profile
  }

  function changed(user: ToldUser): void {
    const told = readProfile(user, user.id)
    for (const each of known.of(user.id)) {
      const { answer, tenantId, userId } = each
      // Statuses and huddles are told too, of everybody, all day long: they change nothing here.
      if (answer && isSameProfile(answer, told)) continue
      known.forget(each)
      // An event may come late or twice: only Slack's own answer makes somebody a guest.
      if (answer && told.isGuest && !answer.isGuest) profileOf(tenantId, userId).catch(() => {})
    }
  }

  async function everybody(tenantId: string): Promise<readonly string[]> {
    const all = await installations.listOf(tenantId)
    if (all.length === 0) throw new Error(`tenant ${tenantId} has no Slack workspace`)
    const deadline = now() + patience
    const names: string[] = []
    for (const installation of all) {
      for (const team of await teamsOf(api, installation)) await readNames(installation, team, deadline, names)
    }
    return names
  }

  async function readNames(installation: Installation, team: object, deadline: number, names: string[]) {
    let cursor: string | undefined
    do {
      const options = { repeat: 'always', patienceMs: Math.max(0, deadline - now()) } as const
      const args = { ...team, limit: 1_000, cursor }
      const reply = await api.call(installation.botToken, 'users.list', args, options)
      const members = Array.isArray(reply.members) ? (reply.members as readonly ListedUser[]) : []
      for (const { id, name, real_name, profile } of members) {
        if (id !== installation.botUserId) names.push(...[real_name, profile?.display_name, name].filter(isText))
      }
      cursor = (reply.response_metadata as { next_cursor?: string } | undefined)?.next_cursor || undefined
      if (cursor !== undefined && now() > deadline) throw new Error('too many people to compare a name with')
    } while (cursor !== undefined)
  }

  return {
    profileOf,
    everybody,
    changed,
    onTold(told) {
      tell = told
    },
    nameOf: (tenantId, userId) =>
      profileOf(tenantId, userId).then(
        (profile) => profile.name,
        () => userId,
      ),
    hasLeft: (tenantId, userId) =>
      profileOf(tenantId, userId).then(
        (profile) => profile.hasLeft,
        () => false,
      ),
    async isGuest(tenantId, userId) {
      if (!(await installations.reach(tenantId, userId))) return true
      return profileOf(tenantId, userId).then(
        (profile) => profile.isGuest,
        (error: unknown) => {
          if (unseen.has(slackCode(error))) return true
          throw error
        },
      )
    },
  }
}

/** @throws where it takes longer than anybody can wait; what it comes to is forgotten then */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(new Error(`Slack told nothing of a person within ${longestWait} ms`)), longestWait)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(limit)
  }
}
