import type { UserGroup, UserGroups } from '../../domain/user-groups.ts'
import type { InstallationCache } from './installations.ts'
import { isColleague } from './is-colleague.ts'
import type { SlackPeople } from './people.ts'
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

function read({ id, handle, name, date_delete, users }: Listed): readonly UserGroup[] {
  if (!isText(id) || !isText(handle)) return []
  const people = Array.isArray(users) ? users.filter(isText) : []
  return [{ id, handle, name: isText(name) ? name : handle, isActive: !date_delete, users: people }]
}

/** User groups by `usergroups.list`. */
export function createUserGroups(api: WebApi, installations: InstallationCache, people: SlackPeople): UserGroups {
  return {
    belongs: (tenantId, userId) => isColleague({ installations, people }, tenantId, userId),
    async list(tenantId) {
      const installation = await installations.ofTenant(tenantId)
      if (!installation) throw new Error(`tenant ${tenantId} has no Slack workspace`)
      const args = { include_users: true, include_disabled: true }
      try {
        const reply = await api.call(installation.botToken, 'usergroups.list', args, { repeat: 'always' })
        if (!Array.isArray(reply.usergroups)) throw new Error('usergroups.list gave no list')
        return (reply.usergroups as readonly Listed[]).flatMap(read)
      } catch (error) {
        if (slackCode(error) === 'missing_scope') return 'no-scope'
        throw error
      }
    },
  }
}
