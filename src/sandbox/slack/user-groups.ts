import type { Core } from './core.ts'
import { SlackError } from './errors.ts'
import { apiUserGroup } from './present-api.ts'

/** Somebody edits a user group: who is in it, or that it is disabled. @throws SlackError `no_such_subteam` */
export function editUserGroup(
  core: Core,
  teamId: string,
  id: string,
  { users, disabled }: { readonly users?: readonly string[]; readonly disabled?: boolean },
): void {
  const group = core.world.userGroups.find((each) => each.id === id && each.teamId === teamId)
  if (!group) throw new SlackError('no_such_subteam')
  const at = Math.floor(core.now() / 1000)
  const before = group.users
  if (users) group.users = users
  if (disabled === true) group.disabledAt = at
  if (disabled === false) delete group.disabledAt
  if (users) {
    const added = users.filter((each) => !before.includes(each))
    const removed = before.filter((each) => !users.includes(each))
    core.events.event(teamId, 'subteam_members_changed', {
      type: 'subteam_members_changed',
      subteam_id: id,
      team_id: teamId,
      date_previous_update: at,
      date_update: at,
      added_users: added,
      added_users_count: added.length,
      removed_users: removed,
      removed_users_count: removed.length,
    })
  }
  core.events.event(teamId, 'subteam_updated', { type: 'subteam_updated', subteam: apiUserGroup(group, true, true) })
}
