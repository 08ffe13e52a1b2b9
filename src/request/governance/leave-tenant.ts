import type { Services } from '../../actions/services.ts'
import type { Installation, WorkspaceLeaving } from '../../domain/tenant.ts'
import { addressIn, isOf, readAddress } from '../../domain/workspace-address.ts'
import { asRemoved } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { endSchedulesOf } from '../schedules/end-schedules.ts'
import { beginAnew } from './begin-anew.ts'
import { differences } from './differences.ts'
import { endRequests } from './end-requests.ts'
import { administrationEntry, type Guard } from './guard.ts'
import { carriedQuota, isAdmin, type Moved } from './moved.ts'

/** A member who is edited at the same moment is tried again so often. */
const attempts = 3

/**
 * Notes that a workspace which joined is to have a tenant of its own again: by an admin of the tenant, or by who asked for
 * the workspace to join. Gives what was noted, which `finishLeaving` carries out, now or after a crash; else why it stays.
 */
export async function noteLeaving(
  services: Services,
  guard: Guard,
  tenantId: string,
  userId: string,
  workspaceId: string,
): Promise<Phrase | (WorkspaceLeaving & { readonly name: string })> {
  const { storage } = services
  const workspace = await joined(services, tenantId, workspaceId)
  const asker = workspace && addressIn(workspace, workspace.installerUserId)
  const may = (member: Parameters<typeof isAdmin>[0]) =>
    isAdmin(member) || (member.slackUserId === asker && member.removedAt === undefined)
  const refused = await guard.refusal(tenantId, userId, 'workspace.leave', 'role.admin', may)
  if (refused) return refused
  if (!workspace) return phrase('workspace.notJoined')
  const { name } = workspace
  const members = await storage.members.list(tenantId)
  if (!members.some((each) => isAdmin(each) && !isOf(workspace, each.slackUserId))) {
    const attempt = { command: 'workspace.leave', rule: 'last.admin', resource: name }
    return guard.refuse(tenantId, userId, attempt, phrase('workspace.lastAdmin'))
  }
  const leaving = { tenantId, workspaceId, by: userId, at: services.now() }
  return (await storage.workspaceJoins.noteLeaving(leaving))
    ? { ...leaving, name }
    : phrase('workspace.leaving', { workspace: name })
}

/**
 * The workspace gets a tenant as new as after an install; its people leave the old one, where their records stay. What a
 * crash cut off is done again from the beginning: each part of it is done once, by whoever comes first.
 */
export async function finishLeaving(services: Services, leaving: WorkspaceLeaving): Promise<Moved> {
  const { storage, knowledge } = services
  const { tenantId, workspaceId, by } = leaving
  const workspace = await joined(services, tenantId, workspaceId)
  if (!workspace) return leftBefore(services, leaving)
  const { name } = workspace
  const members = await storage.members.list(tenantId)
  const people = members.filter(({ slackUserId }) => isOf(workspace, slackUserId))
  // Admins first: where none would be left, nothing was done yet.
  for (const { id } of people.toSorted((a, b) => Number(isAdmin(b)) - Number(isAdmin(a)))) {
    if (await remove(services, leaving, id, name)) continue
    const details = { rule: 'last.admin' }
    const about = { command: 'workspace.leave', resource: name, result: 'refused', details } as const
    await storage.workspaceJoins.stay(leaving, administrationEntry(services.now(), by, about))
    return { say: phrase('workspace.lastAdmin'), moved: [tenantId] }
  }
  for (const each of people) {
    await endRequests(services, each, by)
    await endSchedulesOf(services, tenantId, each.slackUserId, by)
  }
  for (const link of await storage.groupLinks.list(tenantId)) {
    if (!isOf(workspace, link.userGroupId)) continue
    const about = { command: 'group.unfollow', resource: link.group, result: 'changed' } as const
    const details = { rule: 'workspace.leave', userGroup: link.userGroupId }
    await storage.groupLinks.remove(
      tenantId,
      link.group,
      administrationEntry(services.now(), by, { ...about, details }),
    )
  }
  const now = services.now()
  // Its first admin is who asks, or who asked for it to join where an admin of another workspace sends it away.
  const first = isOf(workspace, by) ? readAddress(by).id : workspace.installerUserId
  const fresh = await beginAnew(services, tenantId, name, first)
  const about = { command: 'workspace.leave', result: 'changed', details: { workspace: workspaceId } } as const
  const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
  const released = await storage.workspaceJoins.release({
    workspaceId,
    from: { tenantId, audit: administrationEntry(now, by, { ...about, resource: name }) },
    to: { tenantId: fresh, audit: administrationEntry(now, first, { ...about, resource: tenant.name }) },
    joinedAt: null,
    name: null,
    quota: carriedQuota(now, tenant, workspace, members),
    installer: first,
  })
  for (const each of [tenantId, fresh]) knowledge.drop(each)
  if (!released) {
    await storage.purges.run(fresh, now)
    return leftBefore(services, leaving)
  }
  await storage.purges.cancel(fresh)
  return { say: phrase('workspace.left', { workspace: name, tenant: tenant.name }), moved: [tenantId, fresh] }
}

/** A workspace that joined the tenant, with its name; `null` = none is there by this id. */
async function joined({ storage }: Services, tenantId: string, workspaceId: string): Promise<Joined | null> {
  const all = await storage.installations.listByTenant(tenantId)
  const found = all.find((each) => each.workspaceId === workspaceId)
  return found && typeof found.joinedAt === 'number' ? { ...found, name: found.name ?? workspaceId } : null
}

type Joined = Installation & { readonly name: string }

/** What another replica has done by now, else nothing to do. */
async function leftBefore({ storage, knowledge }: Services, leaving: WorkspaceLeaving): Promise<Moved> {
  const { tenantId, workspaceId } = leaving
  const now = await storage.installations.tenantOf(workspaceId)
  if (now === null || now === tenantId) return { say: phrase('workspace.notJoined'), moved: [] }
  const [from, to] = await Promise.all([tenantId, now].map((each) => knowledge.snapshot(each)))
  const nameOf = (of: typeof from) => of?.knowledge.tenant.name ?? workspaceId
  return { say: phrase('workspace.left', { workspace: nameOf(to), tenant: nameOf(from) }), moved: [tenantId, now] }
}

/**
 * As the removal of a person: what they did stays on record. `false` = it would leave nobody who administers the tenant.
 */
async function remove(
  services: Services,
  { tenantId, workspaceId, by }: WorkspaceLeaving,
  memberId: string,
  workspace: string,
): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const edition = await services.storage.members.edition(tenantId, memberId)
    if (!edition || edition.value.removedAt !== undefined) return true
    const before = edition.value
    const now = services.now()
    const after = { ...asRemoved(before, now), leftWith: workspaceId }
    const details = { member: before.slackUserId, workspace, ...differences(before, after) }
    const about = { command: 'member.remove', resource: before.name, result: 'changed', details } as const
    const entry = administrationEntry(now, by, about)
    const written = await services.storage.members.change(after, edition.version, entry)
    if (written === 'no-admin-left') return false
    if (written !== 'changed') continue
    services.knowledge.drop(tenantId)
    return true
  }
  throw new Error('a member was changed at each attempt')
}
