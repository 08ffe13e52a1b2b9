import type { SandboxState } from '../../client-api.ts'
import type { Core } from '../core.ts'
import type { Actor } from '../delivery/payloads.ts'
import { pageChannel, pageUser, pageView } from '../present.ts'

/** Everything that a page shows of a workspace to one person, before any message. */
export function pageState(core: Core, { team, user }: Actor): SandboxState {
  const { world, installations, app } = core
  const installed = installations.of(team.id) !== undefined
  if (installed) world.directMessage(team.id, user.id, team.botUserId)
  return {
    teams: [...world.teams.values()].map(({ id, name, kind, icon }) => ({
      id,
      name,
      kind,
      icon,
      installed: installations.of(id) !== undefined,
    })),
    team: team.id,
    user: user.id,
    users: world
      .usersOf(team.id)
      .filter((each) => !each.isBot || installed)
      .map(pageUser),
    channels: world
      .channelsOf(team.id)
      .filter((channel) => channel.members.includes(user.id))
      .map((channel) => pageChannel(core, channel, user.id)),
    app: { id: app.id, name: app.name, botUserId: team.botUserId, installed },
    shortcuts: app.shortcuts.map(({ callback_id, name }) => ({ callback_id, name })),
    views: core.views.stack(user.id).map(pageView),
  }
}
