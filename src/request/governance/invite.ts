import type { Services } from '../../actions/services.ts'
import { isMailAddress } from '../../capabilities/mail.ts'
import type { Answer } from '../../domain/answer.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { asRemoved, defaultMember, mayManageUsers, whyNotEdit } from '../../permissions/index.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Form, listOf } from '../administration/form.ts'
import { placesOf, warnOfPlaces } from '../billing/places.ts'
import { checkMember, checkRole } from './check-member.ts'
import { differences } from './differences.ts'
import { administrationEntry, type Guard } from './guard.ts'
import type { MailInvitations } from './invite-by-mail.ts'
import { followedAmong } from './link-groups.ts'
import type { Saved } from './team.ts'

/** People of one invitation. */
const mostPeople = 20

/** People of the workspace who become members before they speak, or come back. */
export interface Invitations {
  /** `null` = may invite; else why not. */
  open(tenantId: string, userId: string): Promise<Phrase | null>
  /** `belongs`: is this person of the tenant's own workspace, and no bot? */
  invite(tenantId: string, userId: string, form: Form, belongs: (id: string) => Promise<boolean>): Promise<Saved<never>>
}

/** @param byMail absent = only people of the workspace can be invited */
export function createInvitations(services: Services, guard: Guard, byMail?: MailInvitations): Invitations {
  const { storage, knowledge } = services
  const refusal = (tenantId: string, userId: string) =>
    guard.refusal(tenantId, userId, 'member.invite', 'flag.canManageUsers', mayManageUsers)

  /**
   * What an invitation makes of someone: the defaults of the role, with the groups, projects and end of the form.
   * What was closed to who comes back stays closed: only an admin opens it, and by name.
   */
  function draft(form: Form, tenant: Tenant, slackUserId: string, name: string, known: Member | null) {
    const identity = { tenantId: tenant.id, id: services.newId(), slackUserId, name }
    const fresh = defaultMember(tenant.kind, 'member', identity)
    const closed = [...(known?.restrictedResources ?? []), ...fresh.restrictedResources]
    const plain = { ...fresh, restrictedResources: [...new Set(closed)] }
    const role = checkRole(form, plain, tenant)
    if (!role.ok || role.value.role === 'guest') return role
    const groups = checkMember('groups', form, role.value, tenant)
    const chose = listOf(form, 'groups').length + listOf(form, 'fresh').length > 0
    return groups.ok && !chose ? role : groups
  }

  async function tell(by: string, tenant: Tenant, { slackUserId, role, projects, until }: Member): Promise<void> {
    const person = await services.people.nameOf(tenant.id, by)
    const end = until === undefined ? '' : phrase('invited.until', { until: { kind: 'time', at: until, as: 'date' } })
    const title =
      role === 'guest'
        ? phrase('invited.guest', { projects: { kind: 'people', names: projects }, person, tenant: tenant.name, end })
        : phrase('invited.member', { person, tenant: tenant.name })
    const buttons: Answer['buttons'] = [
      { label: phrase('button.help'), does: { kind: 'order', command: 'help', args: {} }, style: 'primary' },
    ]
    await services.messenger
      .direct(tenant.id, slackUserId, tenant.language, { kind: 'notice', title, buttons })
      .catch((error: unknown) => services.log.warn({ err: error, tenant: tenant.id }, 'an invitation went untold'))
  }

  return {
    open: refusal,
    async invite(tenantId, userId, form, belongs) {
      const refused = await refusal(tenantId, userId)
      if (refused) return { kind: 'refused', say: refused }
      const people = [...new Set(listOf(form, 'people'))]
      const addresses = byMail ? [...new Set(listOf(form, 'emails').map((each) => each.toLowerCase()))] : []
      if (people.length + addresses.length === 0)
        return { kind: 'wrong', errors: { people: phrase(byMail ? 'invite.nobody' : 'form.required') } }
      if (people.length > mostPeople)
        return { kind: 'wrong', errors: { people: phrase('form.tooMany', { n: mostPeople }) } }
      if (addresses.length > mostPeople)
        return { kind: 'wrong', errors: { emails: phrase('form.tooMany', { n: mostPeople }) } }
      const bad = addresses.find((each) => !isMailAddress(each))
      if (bad !== undefined) return { kind: 'wrong', errors: { emails: phrase('invite.badAddress', { email: bad }) } }
      const { tenant } = (await knowledge.snapshot(tenantId)).knowledge
      const { member: editor } = await guard.memberNow(tenantId, userId)
      const profiles = await Promise.all(
        people.map(async (id) => ({
          id,
          name: await services.people.nameOf(tenantId, id),
          belongs: await belongs(id),
        })),
      )
      const asked = [...listOf(form, 'groups'), ...listOf(form, 'fresh')]
      const followed = await followedAmong(storage, tenantId, [], asked)
      if (followed && asked.includes(followed.group)) {
        const { group, handle } = followed
        return { kind: 'wrong', errors: { groups: phrase('follow.byHand', { group, handle }) } }
      }
      /** The draft, or why this editor may not make it. */
      const checked = async (drafted: ReturnType<typeof draft>, name: string): Promise<Member | Saved<never>> => {
        if (!drafted.ok) return { kind: 'wrong', errors: drafted.errors }
        const why = whyNotEdit(editor, asRemoved(drafted.value, 0), drafted.value)
        if (!why) return drafted.value
        const attempt = { command: 'member.invite', rule: 'team.edit', resource: name }
        return { kind: 'refused', say: await guard.refuse(tenantId, userId, attempt, why) }
      }
      const drafts: Member[] = []
      for (const { id, name, belongs: isColleague } of profiles) {
        if (!isColleague) return { kind: 'wrong', errors: { people: phrase('invite.outside', { person: name }) } }
        const known = await storage.members.findBySlackId(tenantId, id)
        if (known && known.removedAt === undefined) {
          return { kind: 'wrong', errors: { people: phrase('invite.already', { person: name }) } }
        }
        const drafted = await checked(draft(form, tenant, id, name, known), name)
        if ('kind' in drafted) return drafted
        drafts.push(drafted)
      }
      const letters: { readonly email: string; readonly member: Member }[] = []
      for (const email of addresses) {
        const member = await checked(draft(form, tenant, '', email, null), email)
        if ('kind' in member) return member
        letters.push({ email, member })
      }
      const places = placesOf(services, tenant)
      const taken = (await storage.members.list(tenantId)).filter(places.takes).length
      if (
        places.most !== null &&
        taken + [...drafts, ...letters.map(({ member }) => member)].filter(places.takes).length > places.most
      ) {
        const facts = { plan: services.planOf(tenant).name, most: places.most, used: taken }
        const attempt = { command: 'member.invite', rule: 'plan.people' }
        const say = await guard.refuse(tenantId, userId, attempt, phrase('billing.noPlace', facts))
        return { kind: 'wrong', errors: { people: say } }
      }
      const admitted: Member[] = []
      for (const member of drafts) {
        const details = { member: member.slackUserId, ...differences({}, rightsOf(member)) }
        const about = { command: 'member.invite', resource: member.name, result: 'changed', details } as const
        const one = await storage.members.admit(member, administrationEntry(services.now(), userId, about), places)
        if (one === 'full') break
        if (one) admitted.push(one)
      }
      const deliveries: (() => Promise<void>)[] = []
      for (const { email, member } of letters) {
        if (byMail) deliveries.push(await byMail.send(tenant, userId, email, member))
      }
      knowledge.drop(tenantId)
      return {
        kind: 'saved',
        afterwards: async () => {
          for (const deliver of deliveries) await deliver()
          for (const member of admitted) await tell(userId, tenant, member)
          await warnOfPlaces(services, tenant)
        },
      }
    },
  }
}

const rightsOf = ({ role, groups, projects, until }: Member) => ({
  role,
  groups,
  projects,
  ...(until === undefined ? {} : { until }),
})
