import type { Core } from './core.ts'
import type { Installation, User } from './model.ts'
import { apiUser } from './present-api.ts'

/** What of a person changes in Slack: by themselves, or by an admin. */
export type UserChange = Partial<Pick<User, 'locale' | 'realName' | 'isGuest' | 'status'>>

/** A person changes; resolves once the app has answered to it, or at once where it gets no such event. */
export async function changeUser(core: Core, userId: string, change: UserChange): Promise<void> {
  const user = core.world.users.get(userId)
  if (!user) throw new Error(`no user ${userId}`)
  const changed = { ...user, ...change, updated: Math.floor(core.now() / 1000) }
  core.world.users.set(userId, changed)
  await tellOf(core, changed)
}

/** An account is deactivated, or given back; resolves as `changeUser` does. */
export async function deactivate(core: Core, userId: string, isGone: boolean): Promise<void> {
  const { deactivated } = core.world
  if (isGone) deactivated.add(userId)
  else deactivated.delete(userId)
  await changeUser(core, userId, {})
}

/** Slack tells an app once, however many of its installations see the person: at home, or in a shared channel. */
async function tellOf(core: Core, user: User): Promise<void> {
  const { world, installations, now } = core
  const isHome = installations.of(user.teamId) !== undefined
  const [away] = isHome ? [] : [...world.teams.keys()].filter((id) => meets(core, installations.of(id), id, user))
  const teamId = isHome ? user.teamId : away
  if (teamId === undefined) return
  const about = {
    ...apiUser(core, user),
    ...(isHome ? {} : { is_stranger: true }),
    locale: user.locale,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  }
  const event = { type: 'user_change', user: about, cache_ts: Math.floor(now() / 1000) }
  await core.events.event(teamId, 'user_change', event, isHome ? undefined : { shared: false, teamId: user.teamId })
}

/** Whether the app, as it is installed in a workspace, shares a channel with a person of another company. */
const meets = ({ world }: Core, installation: Installation | undefined, teamId: string, user: User): boolean =>
  installation !== undefined &&
  [...world.channels.values()].some(
    (channel) =>
      channel.connected.length > 0 &&
      world.teamsIn(channel).includes(teamId) &&
      channel.members.includes(user.id) &&
      channel.members.includes(installation.botUserId),
  )
