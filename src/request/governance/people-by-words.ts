import type { Services } from '../../actions/services.ts'
import { durationMs, optionalText } from '../../commands/arguments.ts'
import type { PeopleDesk, PeopleDone } from '../../commands/context/people.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import type { Member } from '../../domain/member.ts'
import { dayKey } from '../../permissions/index.ts'
import type { Edition } from '../../storage/types/edition.ts'
import { phrase } from '../../texts/phrase.ts'
import type { Form } from '../administration/form.ts'
import type { Governance } from './index.ts'
import type { Saved } from './team.ts'

/** What Home's forms do, done by words: the same rules, the same records. */
export function peopleByWords(
  services: Services,
  governance: Pick<Governance, 'team' | 'invitations' | 'byMail'>,
  belongs: (tenantId: string, userId: string) => Promise<boolean>,
  tenantId: string,
  userId: string,
): PeopleDesk {
  const { storage, log } = services
  const { team, invitations, byMail } = governance

  /** What follows a form follows the answer here: nobody waits for it. */
  function outcome(saved: Saved<unknown>, details: PeopleDone['details'] = {}): PeopleDone {
    switch (saved.kind) {
      case 'saved':
        void saved
          .afterwards()
          .catch((error: unknown) => log.warn({ err: error, tenant: tenantId }, 'a change of people went untold'))
        return { done: true, say: null, details }
      case 'wrong':
        return { done: false, say: Object.values(saved.errors)[0] ?? null }
      default:
        return { done: false, say: saved.say }
    }
  }

  async function editionOf(person: string) {
    const member = await storage.members.findBySlackId(tenantId, person)
    return member ? storage.members.edition(tenantId, member.id) : null
  }

  /** Whoever is a guest already gets the project beside those that they have. */
  async function openProject(
    { value, version }: Edition<Member>,
    project: string | undefined,
    until = '',
  ): Promise<PeopleDone> {
    if (project === undefined) return { done: false, say: phrase('invite.already.guest', { person: value.name }) }
    const { timeZone } = (await services.knowledge.snapshot(tenantId)).knowledge.tenant
    const end = value.until === undefined ? '' : dayKey(value.until - 1, timeZone)
    const projects = [...new Set([...value.projects, project])].join(', ')
    const form: Form = { role: 'guest', projects, until: until || end }
    const saved = await team.save(tenantId, userId, 'role', form, { id: value.id, version })
    return outcome(saved, { role: 'guest', invited: value.slackUserId })
  }

  const groupForm = (groups: readonly string[]): Form => ({ groups, fresh: '' })

  return {
    async invite(args: Arguments) {
      const { tenant, services: declared } = (await services.knowledge.snapshot(tenantId)).knowledge
      const person = optionalText(args, 'person')
      const email = optionalText(args, 'email')
      if (person === undefined && !byMail) return { done: false, say: phrase('people.noMail') }
      const until = untilDay(optionalText(args, 'until'), services.now(), tenant.timeZone)
      const project = optionalText(args, 'project')
      const isGuest = tenant.kind === 'individual' || project !== undefined || until !== undefined
      const role = optionalText(args, 'role') ?? (isGuest ? 'guest' : 'member')
      const [example] = declared
      if (role === 'guest' && project === undefined && email !== undefined && example) {
        return { done: false, say: phrase('people.whichProject', { email, project: example.name }) }
      }
      const known = person === undefined ? null : await editionOf(person)
      if (known?.value.role === 'guest' && known.value.removedAt === undefined && role === 'guest') {
        return openProject(known, project, until)
      }
      const form: Form = {
        role,
        people: person === undefined ? [] : [person],
        emails: email === undefined ? [] : [email],
        projects: project ?? '',
        until: role === 'guest' ? (until ?? '') : '',
      }
      const saved = await invitations.invite(tenantId, userId, form, (id) => belongs(tenantId, id))
      return outcome(saved, { role, invited: person ?? email ?? null })
    },
    async remove(person) {
      const edition = await editionOf(person)
      if (!edition || edition.value.removedAt !== undefined) return { done: false, say: phrase('form.gone') }
      const { value, version } = edition
      return outcome(await team.remove(tenantId, userId, { id: value.id, version }), { member: person })
    },
    async setGroup(person, group, isIn) {
      const edition = await editionOf(person)
      if (!edition || edition.value.removedAt !== undefined) return { done: false, say: phrase('form.gone') }
      const { value, version } = edition
      const known = (await team.groups(tenantId)).find((each) => each.toLowerCase() === group.toLowerCase()) ?? group
      const names = { name: value.name, group: known }
      if (value.groups.includes(known) === isIn) {
        return { done: true, say: phrase(isIn ? 'people.isIn' : 'people.isOut', names) }
      }
      const groups = isIn ? [...value.groups, known] : value.groups.filter((each) => each !== known)
      const row = { id: value.id, version }
      const details = { member: person, group: known, before: listed(value.groups), after: listed(groups) }
      return outcome(await team.save(tenantId, userId, 'groups', groupForm(groups), row), details)
    },
    async setRole(person, args) {
      const edition = await editionOf(person)
      if (!edition || edition.value.removedAt !== undefined) return { done: false, say: phrase('form.gone') }
      const { value, version } = edition
      const role = optionalText(args, 'role') ?? ''
      const projects = optionalText(args, 'project') ?? (role === 'guest' ? value.projects.join(', ') : '')
      const form: Form = { role, projects, until: '' }
      const details = { member: person, before: value.role, after: role }
      return outcome(await team.save(tenantId, userId, 'role', form, { id: value.id, version }), details)
    },
  }
}

const listed = (groups: Member['groups']): string => groups.join(', ')

/** `2026-12-31` as it is; `P3D` as the day that it ends on. */
function untilDay(until: string | undefined, now: number, timeZone: string): string | undefined {
  if (until === undefined || !until.startsWith('P')) return until
  return dayKey(now + durationMs(until), timeZone)
}
