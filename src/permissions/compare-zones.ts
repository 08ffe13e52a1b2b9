import { type ActionType, actionTypes } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import { effectOf } from '../domain/say-verdict.ts'
import type { Zone } from '../domain/zone.ts'
import { decide } from './decide.ts'
import { matches } from './patterns.ts'
import type { Decision } from './question.ts'

type Verdict = Decision['verdict']

/** People for whom a change of zones makes the same difference. */
export interface Shift {
  readonly names: readonly string[]
  readonly action: ActionType
  readonly environment: string
  /** What the rules say after the change. */
  readonly verdict: Verdict
  readonly gains: boolean
  /** The resources that it is about; `null` = all that are known. */
  readonly resources: readonly string[] | null
}

/** What a tenant has that rules are about. */
export interface Estate {
  readonly members: readonly Member[]
  readonly environments: readonly string[]
  readonly services: readonly string[]
  readonly backups: readonly string[]
}

export interface Comparison {
  readonly shifts: readonly Shift[]
  /** There was too much to compare: what comes last (looking, rare environments) was left out. */
  readonly isCut: boolean
}

const rank: Record<Verdict, number> = { no: 0, ask: 1, confirm: 2, yes: 3 }
/** Decisions that a comparison takes at most: some 0.5 s of one core. */
const mostDecisions = 20_000
/** What matters most is compared first. */
const firstEnvironments = ['production', 'staging', 'development']

/**
 * Who gains and who loses what by a change of zones, at their open hours. Exact: only what a changed zone is about can
 * differ, and people with the same rights and resources that the same patterns name are asked for once.
 */
export function compareZones(before: readonly Zone[], after: readonly Zone[], estate: Estate): Comparison {
  const changed = [...before.filter((zone) => !after.includes(zone)), ...after.filter((zone) => !before.includes(zone))]
  const matching = rememberMatches()
  const shifts: Shift[] = []
  let decisions = 0
  for (const environment of environmentsOf(changed, estate)) {
    for (const action of actionTypes) {
      const is = (zone: Zone) => covers(zone, action, environment)
      const scope = { before: before.filter(is), after: after.filter(is), changed: changed.filter(is) }
      if (scope.changed.length === 0) continue
      const known = action === 'backup' ? estate.backups : estate.services
      const classesByClosed = new Map<string, readonly ResourceClass[]>()
      for (const alike of peopleOf(scope, estate.members)) {
        const closed = alike[0]?.restrictedResources ?? []
        const classes = classesByClosed.get(closed.join('\n')) ?? classesOf(scope, closed, known, matching)
        classesByClosed.set(closed.join('\n'), classes)
        decisions += 2 * classes.length
        if (decisions > mostDecisions) return { shifts, isCut: true }
        shifts.push(...shiftsOf(alike, classes, known, action, environment))
      }
    }
  }
  return { shifts, isCut: false }
}

/** Zones that are about one action in one environment. */
interface Scope {
  readonly before: readonly Zone[]
  readonly after: readonly Zone[]
  readonly changed: readonly Zone[]
}

const covers = ({ actions, environments }: Zone, action: ActionType, environment: string): boolean =>
  (actions.includes('*') || actions.includes(action)) &&
  (environments.includes('*') || environments.includes(environment))

function environmentsOf(changed: readonly Zone[], estate: Estate): readonly string[] {
  const named = changed.flatMap((zone) => zone.environments)
  const all = named.includes('*') ? [...named.filter((name) => name !== '*'), ...estate.environments] : named
  const first = firstEnvironments.filter((name) => all.includes(name))
  return [...new Set([...first, ...all])]
}

/** Members to whom the changed zones grant something, before or after, alike together; many first. */
function peopleOf({ before, after, changed }: Scope, members: readonly Member[]): readonly (readonly Member[])[] {
  const groupsIn = (zones: readonly Zone[]) => new Set(zones.flatMap(({ grants }) => grants.map(({ group }) => group)))
  const granted = groupsIn(changed)
  const named = groupsIn([...before, ...after])
  const concerned = members.filter(
    ({ role, groups }) => role === 'member' && (granted.has('*') || groups.some((group) => granted.has(group))),
  )
  const profile = ({ groups, flags, allowedActionTypes, restrictedResources }: Member) =>
    JSON.stringify([groups.filter((group) => named.has(group)), flags, allowedActionTypes, restrictedResources])
  return [...groupBy(concerned, profile)].sort((a, b) => b.length - a.length)
}

/** Resources that the same patterns name, with the zones that are about them. */
interface ResourceClass {
  readonly names: readonly string[]
  readonly before: readonly Zone[]
  readonly after: readonly Zone[]
}

/** Resources that the changed zones name, those together that the same patterns name. */
function classesOf(
  { before, after, changed }: Scope,
  closed: readonly string[],
  known: readonly string[],
  matching: Matching,
): readonly ResourceClass[] {
  if (known.length === 0) return [{ names: [], before, after }]
  const patternsOf = (zones: readonly Zone[]) => zones.flatMap((zone) => zone.resources)
  const wanted = patternsOf(changed)
  const patterns = [...new Set([...patternsOf(before), ...patternsOf(after), ...closed])]
  const concerned = known.filter((name) => wanted.some((pattern) => matching(pattern, name)))
  const alike = groupBy(concerned, (name) => patterns.map((pattern) => (matching(pattern, name) ? '1' : '0')).join(''))
  return alike.map((names) => {
    const isAbout = ({ resources }: Zone) => resources.some((pattern) => matching(pattern, names[0] ?? ''))
    return { names, before: before.filter(isAbout), after: after.filter(isAbout) }
  })
}

function shiftsOf(
  alike: readonly Member[],
  classes: readonly ResourceClass[],
  known: readonly string[],
  action: ActionType,
  environment: string,
): Shift[] {
  const [member] = alike
  if (!member) return []
  const found = new Map<string, { verdict: Verdict; gains: boolean; resources: string[] }>()
  for (const { names, before, after } of classes) {
    const question = { command: action, action, effect: effectOf(action), environment, resources: names.slice(0, 1) }
    const was = decide(member, before, question).verdict
    const { verdict } = decide(member, after, question)
    if (rank[was] === rank[verdict]) continue
    const key = `${was} ${verdict}`
    const shift = found.get(key) ?? { verdict, gains: rank[verdict] > rank[was], resources: [] }
    shift.resources.push(...names)
    found.set(key, shift)
  }
  const names = alike.map(({ name }) => name)
  return [...found.values()].map(({ resources, ...shift }) => ({
    ...shift,
    names,
    action,
    environment,
    resources: resources.length === known.length ? null : resources,
  }))
}

type Matching = (pattern: string, name: string) => boolean

/** The same few patterns meet the same names again and again. */
function rememberMatches(): Matching {
  const known = new Map<string, Map<string, boolean>>()
  return (pattern, name) => {
    const names = known.get(pattern) ?? new Map<string, boolean>()
    known.set(pattern, names)
    const fits = names.get(name) ?? matches(pattern, name)
    names.set(name, fits)
    return fits
  }
}

const groupBy = <T>(things: readonly T[], keyOf: (thing: T) => string): readonly (readonly T[])[] => [
  ...Map.groupBy(things, keyOf).values(),
]
