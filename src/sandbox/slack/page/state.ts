import type { SandboxState } from '../../client-api.ts'
import type { Core } from '../core.ts'
import type { Actor } from '../delivery/payloads.ts'
import type { User } from '../model.ts'
import { foreignUser } from '../people.ts'
import { pageChannel, pageUser, pageView } from '../present-page.ts'

/** The people of a workspace, and those of other companies whom one meets in shared channels. */
function seenBy(core: Core, teamId: string, userId: string): User[] {
  const { world } = core
  const shared = world
    .channelsOf(teamId)
    .filter(({ connected, members }) => connected.length > 0 && members.includes(userId))
  const met = shared.flatMap(({ members }) => members.flatMap((id) => world.users.get(id) ?? []))
  const own = world.usersOf(teamId)
  const foreign = [...new Set(met)].filter((user) => !own.includes(user))
  return [...own, ...foreign.map((user) => foreignUser(core, user))]
}

/** Everything that a page shows of a workspace to one person, before any message. */
export function pageState(core: Core, { team, user }: Actor): SandboxState {
  const { world, installations, app } = core
  const installed = installations.of(team.id) !== undefined
  if (!installed) core.suggestedTeam = team.id
  if (installed) world.directMessage(team.id, user.id, team.botUserId)
  return {
    teams: [...world.teams.values()].map(({ id, name, kind, icon, opens }) => ({
      id,
      name,
      kind,
      icon,
      installed: installations.of(id) !== undefined,
      ...opens,
    })),
    team: team.id,
    user: user.id,
    users: seenBy(core, team.id, user.id)
      .filter((each) => !each.isBot || installed)
      .map(pageUser),
    channels: world
      .channelsOf(team.id)
      .filter((channel) => channel.members.includes(user.id))
      .map((channel) => pageChannel(core, channel, user.id)),
    app: { id: app.id, name: app.name, botUserId: team.botUserId, installed },
    shortcuts: app.shortcuts
      .filter(({ type }) => type !== 'global')
      .map(({ callback_id, name }) => ({ callback_id, name })),
    views: core.views.stack(user.id).map(pageView),
    faults: core.faults.list(),
    install: `${core.noxUrl}${core.app.installPath}`,
  }
}
