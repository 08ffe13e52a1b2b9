import type { Core } from './core.ts'
import type { Installation } from './model.ts'
import { pageChannel } from './present-page.ts'

/** Shows each person's channels anew, after the app came or went. */
export function showChannels(core: Core, teamId: string): void {
  for (const user of core.world.usersOf(teamId)) {
    for (const channel of core.world.channelsOf(teamId)) {
      if (!channel.members.includes(user.id)) continue
      core.hub.emit({ type: 'channel', channel: pageChannel(core, channel, user.id) }, { teamId, users: [user.id] })
    }
  }
}

/**
 * Opens a workspace of an organisation to an org-wide install, or closes it, as an admin of the organisation does.
 * @throws Error where no org-wide install is
 */
export function setAccess(core: Core, teamId: string, isOpen: boolean): void {
  const { closed } = core.installations
  closed.delete(teamId)
  const installation = core.installations.of(teamId)
  if (installation?.teamId !== null) throw new Error(`no org-wide install serves ${teamId}`)
  const type = isOpen ? 'team_access_granted' : 'team_access_revoked'
  core.events.event(teamId, type, { type, team_ids: [teamId] })
  if (!isOpen) closed.add(teamId)
  showChannels(core, teamId)
  core.hub.emit({ type: 'installed', team: teamId, installed: isOpen })
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
  for (const teamId of teamIds) {
    showChannels(core, teamId)
    core.hub.emit({ type: 'installed', team: teamId, installed: false })
  }
}
