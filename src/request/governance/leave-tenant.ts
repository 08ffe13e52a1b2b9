import type { Services } from '../../actions/services.ts'
import { idsInOrder } from '../../domain/new-id.ts'
import type { Installation } from '../../domain/tenant.ts'
import { addressIn, isOf, readAddress } from '../../domain/workspace-address.ts'
import { asRemoved, defaultMember, defaultZones } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { endSchedulesOf } from '../schedules/end-schedules.ts'
import { differences } from './differences.ts'
import { endRequests } from './end-requests.ts'
import { administrationEntry, type Guard } from './guard.ts'
import { carriedQuota, isAdmin, type Moved } from './moved.ts'

/** A member who is edited at the same moment is tried again so often. */
const attempts = 3

/**
 * A workspace that joined gets a tenant of its own, as new as after an install; its people leave the old one, where their
 * records stay. By an admin of the tenant, or by who asked for the workspace to join.
 */
export async function leaveTenant(
  services: Services,
  guard: Guard,
  tenantId: string,
  userId: string,
  workspaceId: string,
): Promise<Moved> {
  const { storage, knowledge } = services
  const stays = (say: Phrase): Moved => ({ say, moved: [] })
  const workspace = (await storage.installations.listByTenant(tenantId)).find(
    (each) => each.workspaceId === workspaceId,
  )
  const asker = workspace && addressIn(workspace, workspace.installerUserId)
  const may = (member: Parameters<typeof isAdmin>[0]) =>
    isAdmin(member) || (member.slackUserId === asker && member.removedAt === undefined)
  const refused = await guard.refusal(tenantId, userId, 'workspace.leave', 'role.admin', may)
  if (refused) return stays(refused)
  if (!workspace || typeof workspace.joinedAt !== 'number') return stays(phrase('workspace.notJoined'))
  const name = workspace.name ?? workspaceId
  const members = await storage.members.list(tenantId)
  const leaving = members.filter(({ slackUserId }) => isOf(workspace, slackUserId))
  if (!members.some((each) => isAdmin(each) && !leaving.includes(each))) {
    const attempt = { command: 'workspace.leave', rule: 'last.admin', resource: name }
    return stays(await guard.refuse(tenantId, userId, attempt, phrase('workspace.lastAdmin')))
  }
  // Its first admin is who asks, or who asked for it to join where an admin of another workspace sends it away.
  const first = isOf(workspace, userId) ? readAddress(userId).id : workspace.installerUserId
  const fresh = await beginAnew(services, tenantId, { ...workspace, name }, first)
  for (const { id } of leaving) await remove(services, tenantId, id, userId, name)
  for (const link of await storage.groupLinks.list(tenantId)) {
    if (!isOf(workspace, link.userGroupId)) continue
    const about = { command: 'group.unfollow', resource: link.group, result: 'changed' } as const
    const details = { rule: 'workspace.leave', userGroup: link.userGroupId }
    const entry = administrationEntry(services.now(), userId, { ...about, details })
    await storage.groupLinks.remove(tenantId, link.group, entry)
  }
  const now = services.now()
  const about = { command: 'workspace.leave', result: 'changed', details: { workspace: workspaceId } } as const
  const tenant = (await knowledge.snapshot(tenantId)).knowledge.tenant
  const released = await storage.workspaceJoins.release({
    workspaceId,
    from: { tenantId, audit: administrationEntry(now, userId, { ...about, resource: name }) },
    to: { tenantId: fresh, audit: administrationEntry(now, first, { ...about, resource: tenant.name }) },
    joinedAt: null,
    name: null,
    quota: carriedQuota(now, tenant, workspace, members),
    installer: first,
  })
  for (const each of [tenantId, fresh]) knowledge.drop(each)
  if (!released) {
    await storage.purges.run(fresh, now)
    return stays(phrase('workspace.notJoined'))
  }
  return { say: phrase('workspace.left', { workspace: name, tenant: tenant.name }), moved: [tenantId, fresh] }
}

/** A tenant as after an install, with the free plan: whoever leaves gets no second trial. */
async function beginAnew(
  services: Services,
  before: string,
  workspace: Installation & { name: string },
  admin: string,
) {
  const { storage } = services
  const { tenant } = (await services.knowledge.snapshot(before)).knowledge
  const tenantId = services.newId()
  const { language, timeZone } = tenant
  const plan = { plan: 'starter', planUntil: null } as const
  const { name } = workspace
  await storage.tenants.create({ id: tenantId, kind: 'company', name, language, timeZone, ...plan }, services.now())
  for (const zone of defaultZones(tenantId, idsInOrder())) await storage.zones.save(zone)
  const identity = { tenantId, id: services.newId(), slackUserId: admin, name: admin }
  await storage.members.create(defaultMember('company', 'admin', identity))
  return tenantId
}

/** As the removal of a person: what they asked for ends, what they did stays on record. */
async function remove(services: Services, tenantId: string, memberId: string, userId: string, workspace: string) {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const edition = await services.storage.members.edition(tenantId, memberId)
    if (!edition || edition.value.removedAt !== undefined) return
    const before = edition.value
    const now = services.now()
    const after = asRemoved(before, now)
    const details = { member: before.slackUserId, workspace, ...differences(before, after) }
    const about = { command: 'member.remove', resource: before.name, result: 'changed', details } as const
    const written = await services.storage.members.change(
      after,
      edition.version,
      administrationEntry(now, userId, about),
    )
    if (written !== 'changed') continue
    services.knowledge.drop(tenantId)
    await endRequests(services, before, userId)
    await endSchedulesOf(services, tenantId, before.slackUserId, userId)
    return
  }
  throw new Error('a member was changed at each attempt')
}
