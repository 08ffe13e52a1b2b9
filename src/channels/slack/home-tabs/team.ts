import { mayManageUsers } from '../../../permissions/index.ts'
import { isAdmin, mayLinkGroups } from '../../../request/governance/index.ts'
import { teamBlocks } from '../views/team.ts'
import { workspaceBlocks } from '../views/workspaces.ts'
import type { Tab } from './tab.ts'

/** Who belongs to the tenant; those who manage users change roles, groups, limits and access from here. */
export const teamTab: Tab = {
  name: 'team',
  mayOpen: (member) => member.role !== 'guest',
  async read({ channel, tenantId, member, state, draw, snapshot }) {
    const manages = mayManageUsers(member)
    const links = mayLinkGroups(member) && snapshot.knowledge.tenant.kind === 'company'
    const { tenant } = snapshot.knowledge
    const [members, removed, invitations, followed, workspaces] = await Promise.all([
      channel.storage.members.list(tenantId),
      manages ? channel.storage.members.listRemoved(tenantId) : [],
      manages ? (channel.governance.byMail?.list(tenantId) ?? []) : [],
      links ? channel.governance.linking.list(tenantId) : null,
      isAdmin(member) ? channel.governance.workspaces.list(tenantId) : null,
    ])
    const only = members.find((each) => each.id === state.only) ?? null
    const isIndividual = tenant.kind === 'individual'
    const data = { members, isIndividual, manages, page: state.page ?? 0, only, removed, invitations, followed }
    const beside = workspaces && !only ? workspaceBlocks(draw, tenant, workspaces) : []
    return [...teamBlocks(data, draw), ...beside]
  },
}
