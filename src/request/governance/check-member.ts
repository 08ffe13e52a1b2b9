import { type ActionType, actionTypes } from '../../domain/command-spec.ts'
import { type Member, memberFlags, type Role } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { endOfDayKey, withRole } from '../../permissions/index.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Checked, type Form, failed, listOf, nameShape, textOf } from '../administration/form.ts'

/** The parts of a member that have a form of their own. */
export const memberParts = ['role', 'groups', 'limits', 'access'] as const
export type MemberPart = (typeof memberParts)[number]

/** Names of things with `*` for anything: `prod-db`, `client-*`. */
const patternShape = /^[\p{L}\p{N}*](?:[\p{L}\p{N}*._/-]{0,58}[\p{L}\p{N}*])?$/u
const mostPatterns = 50
export const dateShape = /^\d{4}-\d{2}-\d{2}$/
const mostGroups = 20
const mostActions = 10_000

/** Patterns out of a field; `null` = one of them is none. */
export function patternsOf(form: Form, field: string): readonly string[] | null {
  const patterns = listOf(form, field)
  return patterns.length <= mostPatterns && patterns.every((each) => patternShape.test(each)) ? patterns : null
}

/** Reads one form of a member. */
export function checkMember(part: MemberPart, form: Form, before: Member, tenant: Tenant): Checked<Member> {
  return { role: checkRole, groups: checkGroups, limits: checkLimits, access: checkAccess }[part](form, before, tenant)
}

/** Also the form of an invitation. Only a guest has projects, and an end. */
export function checkRole(form: Form, before: Member, { kind, timeZone }: Tenant): Checked<Member> {
  const role = (['admin', 'member', 'guest'] as const).find((each: Role) => each === textOf(form, 'role'))
  const projects = patternsOf(form, 'projects')
  if (!role) return failed({ role: phrase('form.required') })
  if (projects === null) return failed({ projects: phrase('form.patterns', { star: '*' }) })
  if (role === 'guest' && projects.length === 0) return failed({ projects: phrase('form.projects') })
  const date = textOf(form, 'until')
  if (date !== '' && !dateShape.test(date)) return failed({ until: phrase('form.required') })
  const until = date === '' || role !== 'guest' ? undefined : endOfDayKey(date, timeZone)
  const { until: _, ...rest } = before
  const member =
    role === before.role
      ? { ...rest, projects: role === 'guest' ? projects : [] }
      : withRole(rest, kind, role, projects)
  return { ok: true, value: { ...member, ...(until === undefined ? {} : { until }) } }
}

function checkGroups(form: Form, before: Member): Checked<Member> {
  const fresh = listOf(form, 'fresh')
  if (fresh.some((name) => !nameShape.test(name))) return failed({ fresh: phrase('form.name') })
  const groups = [...new Set([...listOf(form, 'groups'), ...fresh])]
  if (groups.some((name) => !nameShape.test(name))) return failed({ groups: phrase('form.gone') })
  if (groups.length > mostGroups) return failed({ groups: phrase('form.tooMany', { n: mostGroups }) })
  return { ok: true, value: { ...before, groups } }
}

function checkLimits(form: Form, before: Member): Checked<Member> {
  const maxActionsPerDay = Number(textOf(form, 'maxActionsPerDay'))
  const chosen = listOf(form, 'allowedActionTypes')
  const restrictedResources = patternsOf(form, 'restrictedResources')
  if (!Number.isInteger(maxActionsPerDay) || maxActionsPerDay < 1 || maxActionsPerDay > mostActions) {
    return failed({ maxActionsPerDay: phrase('form.range', { min: 1, max: mostActions }) })
  }
  if (restrictedResources === null) return failed({ restrictedResources: phrase('form.patterns', { star: '*' }) })
  const isType = (each: string): each is ActionType | '*' => each === '*' || actionTypes.some((type) => type === each)
  if (!chosen.every(isType)) return failed({ allowedActionTypes: phrase('form.gone') })
  const allowedActionTypes = chosen.includes('*') ? (['*'] as const) : chosen.filter(isType)
  return { ok: true, value: { ...before, maxActionsPerDay, allowedActionTypes, restrictedResources } }
}

function checkAccess(form: Form, before: Member): Checked<Member> {
  const open = listOf(form, 'flags')
  if (!open.every((each) => memberFlags.some((flag) => flag === each))) return failed({ flags: phrase('form.gone') })
  const flags = Object.fromEntries(memberFlags.map((flag) => [flag, open.includes(flag)])) as Member['flags']
  return { ok: true, value: { ...before, flags } }
}
