import type { Installation } from '../../domain/tenant.ts'
import type { UserGroup, UserGroups } from '../../domain/user-groups.ts'
import { addressIn, isOf } from '../../domain/workspace-address.ts'
import type { InstallationCache } from './installations.ts'
import { isColleague } from './is-colleague.ts'
import type { SlackPeople } from './people.ts'
import { teamsOf } from './teams-of.ts'
import type { WebApi } from './web-api/client.ts'
import { slackCode } from './web-api/error.ts'

interface Listed {
  readonly id?: unknown
  readonly handle?: unknown
  readonly name?: unknown
  readonly date_delete?: unknown
  readonly users?: unknown
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

function read(where: Installation, { id, handle, name, date_delete, users }: Listed): readonly UserGroup[] {
  if (!isText(id) || !isText(handle)) return []
  const people = (Array.isArray(users) ? users.filter(isText) : []).map((user) => addressIn(where, user))
  const label = isText(name) ? name : handle
  return [{ id: addressIn(where, id), handle, name: label, isActive: !date_delete, users: people }]
}

/** A user group of a whole organisation is told for each of its workspaces, with the people that are there. */
function merged(groups: readonly UserGroup[]): readonly UserGroup[] {
  const byId = new Map<string, UserGroup>()
  for (const group of groups) {
    const known = byId.get(group.id)
    byId.set(group.id, known ? { ...known, users: [...new Set([...known.users, ...group.users])] } : group)
  }
  return [...byId.values()]
}

/** User groups by `usergroups.list`. */
export function createUserGroups(api: WebApi, installations: InstallationCache, people: SlackPeople): UserGroups {
  async function listOne(where: Installation): Promise<readonly UserGroup[] | 'no-scope'> {
    const groups: UserGroup[] = []
    try {
      for (const team of await teamsOf(api, where)) {
        const args = { ...team, include_users: true, include_disabled: true }
        const reply = await api.call(where.botToken, 'usergroups.list', args, { repeat: 'always' }).catch((error) => {
          // A workspace of the organisation that NOX was not let into.
          if (slackCode(error) === 'team_access_not_granted') return { usergroups: [] }
          throw error
        })
        if (!Array.isArray(reply.usergroups)) throw new Error('usergroups.list gave no list')
        groups.push(...(reply.usergroups as readonly Listed[]).flatMap((each) => read(where, each)))
      }
      return merged(groups)
    } catch (error) {
      if (slackCode(error) === 'missing_scope') return 'no-scope'
      throw error
    }
  }

  return {
    belongs: (tenantId, userId) => isColleague({ installations, people }, tenantId, userId),
    async list(tenantId, beside) {
      const all = await installations.listOf(tenantId)
      const asked = beside === undefined ? all : all.filter((each) => isOf(each, beside))
      if (asked.length === 0) throw new Error(`tenant ${tenantId} has no such Slack workspace`)
      const lists = await Promise.all(asked.map(listOne))
      const groups = lists.filter((list) => list !== 'no-scope')
      return groups.length === 0 ? 'no-scope' : groups.flat()
    },
  }
}
