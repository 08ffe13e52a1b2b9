import type { Core } from './core.ts'
import type { Installation } from './model.ts'
import { pageChannel } from './present.ts'

/** Shows each person's channels anew, after the app came or went. */
export function showChannels(core: Core, teamId: string): void {
  for (const user of core.world.usersOf(teamId)) {
    for (const channel of core.world.channelsOf(teamId)) {
      if (!channel.members.includes(user.id)) continue
      core.hub.emit({ type: 'channel', channel: pageChannel(core, channel, user.id) }, { teamId, users: [user.id] })
    }
  }
}

/** Removes the app as a workspace's admin would: its tokens end, then it is told, in no promised order. */
export function uninstall(core: Core, installation: Installation): void {
  const teamIds = installation.teamId
    ? [installation.teamId]
    : core.world.teamsOf(installation.enterpriseId ?? '').map((team) => team.id)
  const [first = ''] = teamIds
  core.events.event(first, 'tokens_revoked', {
    type: 'tokens_revoked',
    tokens: { oauth: [], bot: [installation.botUserId] },
  })
  core.events.event(first, 'app_uninstalled', { type: 'app_uninstalled' })
  core.installations.remove(installation)
  for (const teamId of teamIds) showChannels(core, teamId)
}
