import type { Services } from '../../actions/services.ts'
import type { GroupLink } from '../../domain/group-link.ts'
import type { Member } from '../../domain/member.ts'
import type { UserGroup, UserGroups } from '../../domain/user-groups.ts'
import type { Storage } from '../../storage/types/storage.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Form, nameShape, textOf } from '../administration/form.ts'
import type { GroupFollower } from './follow-groups.ts'
import { administrationEntry, type Guard } from './guard.ts'
import type { Saved } from './saved.ts'

/** Groups of one tenant that follow user groups. */
const mostLinks = 50

/** What a user group decides is for admins: who may change it in Slack gives rights in NOX. */
export const mayLinkGroups = (member: Member): boolean => member.removedAt === undefined && member.role === 'admin'

/** Groups that follow Slack user groups, as admins choose them. */
export interface GroupLinking {
  list(tenantId: string): Promise<readonly GroupLink[]>
  /** The user groups that can be chosen; a sentence where none can. */
  open(tenantId: string, userId: string): Promise<readonly UserGroup[] | Phrase>
  link(tenantId: string, userId: string, form: Form): Promise<Saved<never>>
  /** The group keeps its people as they are, and is edited by hand from then on. */
  unlink(tenantId: string, userId: string, group: string): Promise<Phrase>
}

/** The group of a change that is not for hands, as it follows a user group; `undefined` = there is none. */
export async function followedAmong(
  storage: Pick<Storage, 'groupLinks'>,
  tenantId: string,
  before: readonly string[],
  after: readonly string[],
): Promise<GroupLink | undefined> {
  const differ = (group: string) => before.includes(group) !== after.includes(group)
  return (await storage.groupLinks.list(tenantId)).find(({ group }) => differ(group))
}

/** For admins alone; a group's people are put in step at once with what it follows. */
export function createGroupLinking(
  services: Services,
  guard: Guard,
  userGroups: UserGroups,
  follower: GroupFollower,
): GroupLinking {
  const { storage, log } = services
  const refusal = (tenantId: string, userId: string, command: string) =>
    guard.refusal(tenantId, userId, command, 'role.admin', mayLinkGroups)

  async function choices(tenantId: string): Promise<readonly UserGroup[] | Phrase> {
    const { tenant } = (await services.knowledge.snapshot(tenantId)).knowledge
    if (tenant.kind !== 'company') return phrase('follow.none')
    const all = await userGroups.list(tenantId).catch((error: unknown) => {
      log.warn({ err: error, tenant: tenantId }, 'user groups could not be read')
      return null
    })
    if (all === null) return phrase('follow.noAnswer')
    if (all === 'no-scope') return phrase('follow.noScope')
    const active = all.filter(({ isActive }) => isActive)
    return active.length === 0 ? phrase('follow.none') : active
  }

  return {
    list: (tenantId) => storage.groupLinks.list(tenantId),
    open: async (tenantId, userId) => (await refusal(tenantId, userId, 'group.follow')) ?? choices(tenantId),
    async link(tenantId, userId, form) {
      const refused = await refusal(tenantId, userId, 'group.follow')
      if (refused) return { kind: 'refused', say: refused }
      const fresh = textOf(form, 'fresh')
      const group = fresh === '' ? textOf(form, 'group') : fresh
      if (group === '') return { kind: 'wrong', errors: { fresh: phrase('form.required') } }
      if (!nameShape.test(group)) return { kind: 'wrong', errors: { fresh: phrase('form.name') } }
      const found = await choices(tenantId)
      if (!Array.isArray(found)) return { kind: 'refused', say: found as Phrase }
      const chosen = (found as readonly UserGroup[]).find(({ id }) => id === textOf(form, 'userGroup'))
      if (!chosen) return { kind: 'wrong', errors: { userGroup: phrase('form.required') } }
      const known = await storage.groupLinks.list(tenantId)
      if (known.length >= mostLinks) {
        return { kind: 'wrong', errors: { userGroup: phrase('form.tooMany', { n: mostLinks }) } }
      }
      const { id, handle } = chosen
      const link = { tenantId, group, userGroupId: id, handle, trouble: null, linkedBy: userId, syncedAt: null }
      const before = known.find((each) => each.group === group)
      const details = { 'userGroup.before': before?.userGroupId ?? null, 'userGroup.after': id, handle }
      const about = { command: 'group.follow', resource: group, result: 'changed', details } as const
      await storage.groupLinks.save(link, administrationEntry(services.now(), userId, about))
      return { kind: 'saved', afterwards: () => follower.follow(tenantId) }
    },
    async unlink(tenantId, userId, group) {
      const refused = await refusal(tenantId, userId, 'group.unfollow')
      if (refused) return refused
      const link = (await storage.groupLinks.list(tenantId)).find((each) => each.group === group)
      const details = { 'userGroup.before': link?.userGroupId ?? null, 'userGroup.after': null }
      const about = { command: 'group.unfollow', resource: group, result: 'changed', details } as const
      const isGone = await storage.groupLinks.remove(
        tenantId,
        group,
        administrationEntry(services.now(), userId, about),
      )
      return isGone ? phrase('follow.ended', { group }) : phrase('form.gone')
    },
  }
}
