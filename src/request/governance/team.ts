import type { Services } from '../../actions/services.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Member } from '../../domain/member.ts'
import { asRemoved, mayManageUsers, rightsInWords, whyNotEdit } from '../../permissions/index.ts'
import type { Edition } from '../../storage/types/edition.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Checked, type Form, failed } from '../administration/form.ts'
import { endSchedulesOf } from '../schedules/end-schedules.ts'
import { checkMember, type MemberPart } from './check-member.ts'
import { differences } from './differences.ts'
import { endRequests } from './end-requests.ts'
import { administrationEntry, type Guard } from './guard.ts'
import { followedAmong } from './link-groups.ts'
import type { Saved } from './saved.ts'
import { staleNotice } from './stale-notice.ts'

/** What a form was opened on: someone else's change in between shows in the version. */
export interface EditedRow {
  readonly id: string
  readonly version: number
}

export type { Saved } from './saved.ts'

/** Members, as those who manage users see and change them. */
export interface Team {
  /** What a form of this member shows; a sentence where it may not be opened. */
  open(tenantId: string, userId: string, memberId: string): Promise<Edition<Member> | Phrase>
  save(tenantId: string, userId: string, part: MemberPart, form: Form, row: EditedRow): Promise<Saved<Member>>
  /** Closes everything to a member; what they asked for and still waits ends. */
  remove(tenantId: string, userId: string, row: EditedRow): Promise<Saved<Member>>
  /** Groups that members or zones name. */
  groups(tenantId: string): Promise<readonly string[]>
}

/** Refuses what was made of an older edition, goes beyond the rights of whoever makes it, or leaves no admin. */
export function createTeam(services: Services, guard: Guard): Team {
  const { storage, knowledge } = services

  async function known(tenantId: string, memberId: string): Promise<Edition<Member> | null> {
    const edition = await storage.members.edition(tenantId, memberId)
    return edition?.value.removedAt === undefined ? edition : null
  }

  async function change(
    tenantId: string,
    userId: string,
    command: string,
    row: EditedRow,
    make: (before: Member) => Promise<Checked<Member>>,
    tell: (before: Member, after: Member) => Promise<void>,
  ): Promise<Saved<Member>> {
    const refused = await guard.refusal(tenantId, userId, command, 'flag.canManageUsers', mayManageUsers)
    if (refused) return { kind: 'refused', say: refused }
    const before = await known(tenantId, row.id)
    if (!before) return { kind: 'refused', say: phrase('form.gone') }
    if (before.version !== row.version) return stale(tenantId, before)
    const checked = await make(before.value)
    if (!checked.ok) return { kind: 'wrong', errors: checked.errors }
    const after = checked.value
    const { member: editor } = await guard.memberNow(tenantId, userId)
    const why = whyNotEdit(editor, before.value, after)
    const resource = before.value.name
    if (why) {
      const attempt = { command, rule: 'team.edit', resource }
      return { kind: 'refused', say: await guard.refuse(tenantId, userId, attempt, why) }
    }
    const details: AuditEntry['details'] = { member: before.value.slackUserId, ...differences(before.value, after) }
    const entry = administrationEntry(services.now(), userId, { command, resource, result: 'changed', details })
    const written = await storage.members.change(after, row.version, entry)
    if (written === 'no-admin-left') return { kind: 'refused', say: phrase('team.lastAdmin') }
    if (written === 'stale') {
      const now = await known(tenantId, row.id)
      return now ? stale(tenantId, now) : { kind: 'refused', say: phrase('form.gone') }
    }
    knowledge.drop(tenantId)
    return { kind: 'saved', afterwards: () => tell(before.value, after) }
  }

  async function stale(tenantId: string, now: Edition<Member>): Promise<Saved<Member>> {
    return { kind: 'stale', say: await staleNotice(services, tenantId, now), now }
  }

  /** A member hears what is open to them now, and who changed it. */
  async function tellMember(by: string, member: Member, title: 'team.told.changed' | 'team.told.removed') {
    if (member.slackUserId === by) return
    const { tenantId } = member
    const { zones, knowledge: known } = await knowledge.snapshot(tenantId)
    const person = await services.people.nameOf(tenantId, by)
    const lines = title === 'team.told.removed' ? [] : rightsInWords(member, zones)
    const answer = { kind: 'notice', title: phrase(title, { person, tenant: known.tenant.name }), lines } as const
    await services.messenger
      .direct(tenantId, member.slackUserId, known.tenant.language, answer)
      .catch((error: unknown) => services.log.warn({ err: error, tenant: tenantId }, 'a member could not be told'))
  }

  return {
    async open(tenantId, userId, memberId) {
      const refused = await guard.refusal(tenantId, userId, 'member.edit', 'flag.canManageUsers', mayManageUsers)
      return refused ?? (await known(tenantId, memberId)) ?? phrase('form.gone')
    },
    save: (tenantId, userId, part, form, row) =>
      change(
        tenantId,
        userId,
        `member.${part}`,
        row,
        async (before) => {
          const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
          const checked = checkMember(part, form, before, tenant)
          if (part !== 'groups' || !checked.ok) return checked
          const followed = await followedAmong(storage, tenantId, before.groups, checked.value.groups)
          if (!followed) return checked
          const { group, handle } = followed
          return failed({ groups: phrase('follow.byHand', { group, handle }) })
        },
        (_before, after) => tellMember(userId, after, 'team.told.changed'),
      ),
    remove: (tenantId, userId, row) =>
      change(
        tenantId,
        userId,
        'member.remove',
        row,
        async (before) => ({ ok: true, value: asRemoved(before, services.now()) }),
        async (before) => {
          await endRequests(services, before, userId)
          await endSchedulesOf(services, tenantId, before.slackUserId, userId)
          await tellMember(userId, before, 'team.told.removed')
        },
      ),
    async groups(tenantId) {
      const [members, zones, links] = await Promise.all([
        storage.members.list(tenantId),
        storage.zones.list(tenantId),
        storage.groupLinks.list(tenantId),
      ])
      const ofZones = zones.flatMap(({ grants }) =>
        grants.flatMap(({ group, requirement }) => [
          group,
          ...(requirement.kind === 'approval' ? [requirement.group] : []),
        ]),
      )
      const ofMembers = members.flatMap((member) => member.groups)
      const names = new Set([...ofMembers, ...ofZones, ...links.map(({ group }) => group)])
      names.delete('*')
      return [...names].sort((a, b) => a.localeCompare(b))
    },
  }
}
