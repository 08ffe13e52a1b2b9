import type { Services } from '../../actions/services.ts'
import type { GroupLink, LinkTrouble } from '../../domain/group-link.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import type { UserGroup, UserGroups } from '../../domain/user-groups.ts'
import { readAddress } from '../../domain/workspace-address.ts'
import { defaultMember } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { placesOf, warnOfPlaces } from '../billing/places.ts'
import { differences } from './differences.ts'
import { administrationEntry } from './guard.ts'

/** Who stands in the audit log for what a user group's change brought about. */
const itself = 'nox'
/** A member who is edited at the same moment is tried again so often. */
const attempts = 3

/** Keeps groups in step with the Slack user groups that they follow. */
export interface GroupFollower {
  /** All groups of a tenant; of two calls at once the second joins a run that begins after it. */
  follow(tenantId: string): Promise<void>
  /** As `follow`, of every tenant that has such groups. */
  followAll(signal?: AbortSignal): Promise<void>
}

/** A member whom somebody else changes meanwhile is read and changed again: no edit is lost. */
export function createGroupFollower(services: Services, userGroups: UserGroups): GroupFollower {
  const { storage, knowledge, log } = services
  const running = new Map<string, { current: Promise<void>; next: Promise<void> | null }>()

  /** Gives a member the group, or takes it; `null` = it was as it should be. */
  async function put(tenantId: string, link: GroupLink, memberId: string, isIn: boolean): Promise<Member | null> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const edition = await storage.members.edition(tenantId, memberId)
      if (!edition || edition.value.removedAt !== undefined || edition.value.role === 'guest') return null
      const before = edition.value
      if (before.groups.includes(link.group) === isIn) return null
      const others = before.groups.filter((each) => each !== link.group)
      const after = { ...before, groups: isIn ? [...others, link.group] : others }
      const details = { member: before.slackUserId, userGroup: link.userGroupId, ...differences(before, after) }
      const about = { command: 'member.groups', resource: before.name, result: 'changed', details } as const
      const written = await storage.members.change(
        after,
        edition.version,
        administrationEntry(services.now(), itself, about),
      )
      if (written === 'changed') return after
    }
    throw new Error('a member was changed at each attempt')
  }

  /** Somebody of the user group who has never spoken to NOX becomes a member, where the plan has a place. */
  async function admit(tenant: Tenant, link: GroupLink, userId: string): Promise<'full' | 'admitted' | null> {
    if (tenant.kind !== 'company') return null
    // Who was removed comes back by an admin alone.
    if (await storage.members.findBySlackId(tenant.id, userId)) return null
    if (!(await userGroups.belongs(tenant.id, userId))) return null
    // Whose account is a guest's in Slack becomes a member by an admin alone.
    if (await services.people.isGuest(tenant.id, userId).catch(() => true)) return null
    const name = await services.people.nameOf(tenant.id, userId)
    const identity = { tenantId: tenant.id, id: services.newId(), slackUserId: userId, name }
    const fresh = defaultMember(tenant.kind, 'member', identity)
    const member = { ...fresh, groups: [...new Set([...fresh.groups, link.group])] }
    const details = { member: userId, userGroup: link.userGroupId, 'groups.after': JSON.stringify(member.groups) }
    const about = { command: 'member.invite', resource: name, result: 'changed', details } as const
    const entry = administrationEntry(services.now(), itself, about)
    const came = await storage.members.admit(member, entry, placesOf(services, tenant))
    if (came === 'full') return 'full'
    return came ? 'admitted' : null
  }

  async function tell(tenant: Tenant, link: GroupLink, changed: readonly Member[]): Promise<void> {
    for (const { slackUserId, groups } of changed) {
      const key = groups.includes(link.group) ? 'follow.told.in' : 'follow.told.out'
      const title = phrase(key, { group: link.group, handle: link.handle, tenant: tenant.name })
      await services.messenger
        .direct(tenant.id, slackUserId, tenant.language, { kind: 'notice', title })
        .catch((error: unknown) => log.warn({ err: error, tenant: tenant.id }, 'a member could not be told'))
    }
  }

  async function tellTrouble(tenant: Tenant, link: GroupLink, trouble: LinkTrouble): Promise<void> {
    const details = { trouble, userGroup: link.userGroupId }
    const about = { command: 'group.follow', resource: link.group, result: 'failed', details } as const
    await storage.audit.append(tenant.id, administrationEntry(services.now(), itself, about))
    const admins = (await storage.members.list(tenant.id)).filter(({ role }) => role === 'admin')
    const title = phrase(`follow.trouble.${trouble}`, { group: link.group, handle: link.handle })
    for (const { slackUserId } of admins) {
      await services.messenger
        .direct(tenant.id, slackUserId, tenant.language, { kind: 'notice', title })
        .catch((error: unknown) => log.warn({ err: error, tenant: tenant.id }, 'an admin could not be told'))
    }
  }

  /** Where the user group is gone nobody loses or gets anything: an admin decides. */
  async function followOne(tenant: Tenant, link: GroupLink, found: UserGroup | 'no-scope' | undefined): Promise<void> {
    let trouble: LinkTrouble | null = null
    const changed: Member[] = []
    let hasNew = false
    if (found === 'no-scope') trouble = 'no-scope'
    else if (!found?.isActive) trouble = 'gone'
    else {
      const wanted = new Set(found.users)
      const members = await storage.members.list(tenant.id)
      for (const { id, groups, slackUserId } of members) {
        if (groups.includes(link.group) === wanted.has(slackUserId)) continue
        const after = await put(tenant.id, link, id, wanted.has(slackUserId))
        if (after) changed.push(after)
      }
      const known = new Set(members.map(({ slackUserId }) => slackUserId))
      for (const userId of wanted) {
        if (known.has(userId)) continue
        const came = await admit(tenant, link, userId)
        if (came === 'admitted') hasNew = true
        if (came !== 'full') continue
        trouble = 'full'
        break
      }
    }
    const handle = found === 'no-scope' ? link.handle : (found?.handle ?? link.handle)
    const wasRead = trouble === null || trouble === 'full'
    const reading = { handle, trouble, syncedAt: wasRead ? services.now() : link.syncedAt }
    await storage.groupLinks.note(link, reading)
    if (changed.length > 0 || hasNew) knowledge.drop(tenant.id)
    await tell(tenant, { ...link, handle }, changed)
    if (trouble !== null && trouble !== link.trouble) await tellTrouble(tenant, { ...link, handle }, trouble)
    if (hasNew) await warnOfPlaces(services, tenant)
  }

  async function once(tenantId: string): Promise<void> {
    const links = await storage.groupLinks.list(tenantId)
    if (links.length === 0) return
    const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
    const read = new Map<string | null, Awaited<ReturnType<UserGroups['list']>>>()
    for (const link of links) {
      const { workspaceId } = readAddress(link.userGroupId)
      const all = read.get(workspaceId) ?? (await userGroups.list(tenantId, link.userGroupId))
      read.set(workspaceId, all)
      const found = all === 'no-scope' ? all : all.find(({ id }) => id === link.userGroupId)
      await followOne(tenant, link, found)
    }
  }

  function follow(tenantId: string): Promise<void> {
    const now = running.get(tenantId)
    if (now) {
      now.next ??= now.current.catch(() => {}).then(() => follow(tenantId))
      return now.next
    }
    const current = once(tenantId).finally(() => running.delete(tenantId))
    running.set(tenantId, { current, next: null })
    return current
  }

  return {
    follow,
    async followAll(signal) {
      for (const tenantId of await storage.groupLinks.tenants()) {
        if (signal?.aborted) return
        await follow(tenantId).catch((error: unknown) =>
          log.warn({ err: error, tenant: tenantId }, 'the user groups of a workspace could not be read; tried again'),
        )
      }
    },
  }
}
