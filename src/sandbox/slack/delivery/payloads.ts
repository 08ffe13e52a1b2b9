import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import type { Channel, Team, User } from '../model.ts'

type Json = Record<string, unknown>

/** Who acts, checked: a person of the workspace where the app is installed. */
export interface Actor {
  readonly team: Team
  readonly user: User
}

/** @throws SlackError `team_not_found`, `user_not_found`, `account_inactive` */
export function actor(core: Core, teamId: string, userId: string): Actor {
  const team = core.world.teams.get(teamId)
  if (!team) throw new SlackError('team_not_found')
  const user = core.world.users.get(userId)
  if (!user || user.teamId !== teamId || user.isBot) throw new SlackError('user_not_found')
  if (core.world.deactivated.has(userId)) throw new SlackError('account_inactive')
  return { team, user }
}

/** A channel that the person is in. @throws SlackError `channel_not_found` */
export function memberChannel(core: Core, { team, user }: Actor, id: string): Channel {
  const channel = core.world.channels.get(id)
  if (!channel || !core.world.teamsIn(channel).includes(team.id) || !channel.members.includes(user.id)) {
    throw new SlackError('channel_not_found')
  }
  return channel
}

/** Who acts on something of an app, as that app's workspace sees it: a guest of another company acts there too. */
export function actorIn(core: Core, who: Actor, teamId: string | undefined): Actor {
  const team = core.world.teams.get(teamId ?? '')
  return team ? { ...who, team } : who
}

/** The fields that every interactive payload begins with. */
export function interactionBase(core: Core, { team, user }: Actor, type: string): Json {
  const installation = core.installations.of(team.id)
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: core.app.id,
    token: 'sandbox',
    team: { id: team.id, domain: team.domain, ...enterpriseFields(team) },
    enterprise: team.enterprise,
    is_enterprise_install: installation?.teamId === null,
  }
}

function enterpriseFields(team: Team): Json {
  return team.enterprise ? { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name } : {}
}

/** A new address for answers to what the person did. */
export function responseUrl(core: Core, { team, user }: Actor, channel: string, original: string | null): string {
  const id = core.responseUrls.issue({ teamId: team.id, channel, userId: user.id, original })
  return `${core.publicUrl}/response/${id}`
}

/** As Slack names it in payloads: each direct message is `directmessage`. */
export function channelName(channel: Channel): string {
  return channel.kind === 'im' ? 'directmessage' : channel.name
}
