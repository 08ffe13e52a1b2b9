import { type ActionType, actionTypes } from '../../domain/command-spec.ts'
import { freezeKey, zoneName } from '../../domain/say-zone.ts'
import type { Freeze, Requirement, Zone, ZoneGrant, ZoneHours } from '../../domain/zone.ts'
import { phrase } from '../../texts/phrase.ts'
import { plainPhrase } from '../../texts/render.ts'
import { type Checked, type Form, failed, listOf, nameShape, problems, textOf } from '../administration/form.ts'
import { dateShape, patternsOf } from './check-member.ts'

const longestName = 60
const mostPatterns = 20
const mostApprovers = 5
const mostFreezes = 10
const longestReason = 100
const everybody = '*'

/** What a zone is called: the name that is stored, and its words in each language. */
const namesOf = (name: string): readonly string[] => [
  name,
  ...(['fr', 'en'] as const).map((language) => plainPhrase(zoneName(name), language)),
]
const isCalled = (name: string, typed: string): boolean =>
  namesOf(name).some((each) => each.toLowerCase() === typed.toLowerCase())

/** Reads the form "who may do what where"; hours and freezes of an edited zone stay. */
export function checkZone(form: Form, known: Zone | null, others: readonly Zone[], ids: Ids): Checked<Zone> {
  const typed = textOf(form, 'name')
  const name = known && namesOf(known.name).includes(typed) ? known.name : typed
  const environments = [...new Set([...listOf(form, 'environments'), ...listOf(form, 'freshEnvironments')])]
  const patterns = patternsOf(form, 'resources')
  const actions = listOf(form, 'actions')
  const isAction = (each: string): each is ActionType | '*' =>
    each === everybody || actionTypes.some((type) => type === each)
  const taken = others.some((zone) => isCalled(zone.name, name))
  const grants = checkGrants(form)
  const overrideGroups = listOf(form, 'overrideGroups')
  const wrong = problems({
    name:
      name === ''
        ? phrase('form.required')
        : name.length > longestName
          ? phrase('form.name')
          : taken
            ? phrase('form.taken')
            : null,
    environments: environments.length === 0 ? phrase('form.required') : null,
    freshEnvironments: environments.every(isNameOrAll) ? null : phrase('form.name'),
    resources: patterns === null || patterns.length > mostPatterns ? phrase('form.patterns', { star: '*' }) : null,
    actions: actions.length === 0 ? phrase('form.required') : actions.every(isAction) ? null : phrase('form.gone'),
    overrideGroups: overrideGroups.every((group) => nameShape.test(group)) ? null : phrase('form.gone'),
    ...(grants.ok ? {} : grants.errors),
  })
  if (wrong || !grants.ok) return failed(wrong ?? {})
  const { hours, freezes } = known ?? {}
  return {
    ok: true,
    value: {
      tenantId: ids.tenantId,
      id: known?.id ?? ids.newId(),
      name,
      environments: environments.includes(everybody) ? [everybody] : environments,
      resources: patterns === null || patterns.length === 0 ? [everybody] : patterns,
      actions: actions.includes(everybody) ? [everybody] : actions.filter(isAction),
      grants: grants.value,
      ...(hours ? { hours } : {}),
      ...(freezes ? { freezes } : {}),
      ...(overrideGroups.length > 0 ? { overrideGroups } : {}),
    },
  }
}

export interface Ids {
  readonly tenantId: string
  readonly newId: () => string
}

const isNameOrAll = (text: string) => text === everybody || nameShape.test(text)

/** Each group stands in one of the three lists; an approval names who gives it. */
function checkGrants(form: Form): Checked<readonly ZoneGrant[]> {
  const direct = listOf(form, 'direct')
  const confirmed = listOf(form, 'confirmed')
  const approved = listOf(form, 'approved')
  const group = textOf(form, 'approver')
  const approvers = Number(textOf(form, 'approvers') || '1')
  const groups = [...direct, ...confirmed, ...approved]
  const twice = (list: readonly string[]) => list.some((each) => groups.filter((other) => other === each).length > 1)
  const countable = Number.isInteger(approvers) && approvers >= 1 && approvers <= mostApprovers
  const wrong = problems({
    direct: direct.every(isNameOrAll) ? null : phrase('form.gone'),
    confirmed: !confirmed.every(isNameOrAll) ? phrase('form.gone') : twice(confirmed) ? phrase('zone.twice') : null,
    approved: !approved.every(isNameOrAll) ? phrase('form.gone') : twice(approved) ? phrase('zone.twice') : null,
    approver: approved.length > 0 && !nameShape.test(group) ? phrase('zone.approver.missing') : null,
    approvers: countable ? null : phrase('form.range', { min: 1, max: mostApprovers }),
  })
  if (wrong) return failed(wrong)
  const grant =
    (requirement: Requirement) =>
    (name: string): ZoneGrant => ({ group: name, requirement })
  return {
    ok: true,
    value: [
      ...direct.map(grant({ kind: 'nothing' })),
      ...confirmed.map(grant({ kind: 'confirmation' })),
      ...approved.map(grant({ kind: 'approval', group, approvers })),
    ],
  }
}

const timeShape = /^([01]\d|2[0-3]):[0-5]\d$/

/** Reads the form "hours and freezes" of a zone. */
export function checkCalendar(form: Form, known: Zone): Checked<Zone> {
  const days = listOf(form, 'days').map(Number)
  const from = textOf(form, 'from')
  const to = textOf(form, 'to')
  const kept = listOf(form, 'kept')
  const fresh: Freeze = {
    from: textOf(form, 'freezeFrom'),
    until: textOf(form, 'freezeUntil'),
    reason: textOf(form, 'reason'),
  }
  const adds = fresh.from !== '' || fresh.until !== '' || fresh.reason !== ''
  const freezes = [...(known.freezes ?? []).filter((each) => kept.includes(freezeKey(each))), ...(adds ? [fresh] : [])]
  const isTime = (time: string) => (days.length === 0 || timeShape.test(time) ? null : phrase('form.required'))
  const isDate = (date: string) => (!adds || dateShape.test(date) ? null : phrase('form.required'))
  const wrong = problems({
    days: days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) ? null : phrase('form.gone'),
    from: isTime(from),
    to: isTime(to),
    freezeFrom: isDate(fresh.from),
    freezeUntil: isDate(fresh.until) ?? (adds && fresh.until < fresh.from ? phrase('zone.order') : null),
    reason: adds && (fresh.reason === '' || fresh.reason.length > longestReason) ? phrase('zone.reason') : null,
    ...(freezes.length > mostFreezes ? { kept: phrase('form.tooMany', { n: mostFreezes }) } : {}),
  })
  if (wrong) return failed(wrong)
  const { hours: _, freezes: __, ...rest } = known
  const hours: ZoneHours | undefined = days.length > 0 ? { days: [...new Set(days)].sort(), from, to } : undefined
  return { ok: true, value: { ...rest, ...(hours ? { hours } : {}), ...(freezes.length > 0 ? { freezes } : {}) } }
}
