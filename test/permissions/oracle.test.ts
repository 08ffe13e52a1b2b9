import { describe, expect, it } from 'vitest'
import { type ActionType, actionTypes } from '../../src/domain/command-spec.ts'
import { type Member, memberFlags } from '../../src/domain/member.ts'
import type { Freeze, Requirement, Zone, ZoneHours } from '../../src/domain/zone.ts'
import { decide, memberAt, type Question, zonesAt } from '../../src/permissions/index.ts'

// A second reading of docs/permissions.md, written without a look at the code: slow, plain, and asked for the same.

type Verdict = 'yes' | 'confirm' | 'ask' | 'no'

const fits = (pattern: string, name: string) =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i').test(name)
const fitsAny = (patterns: readonly string[], names: readonly string[]) =>
  patterns.some((pattern) => names.some((name) => fits(pattern, name)))

const wall = (at: number, timeZone: string) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return {
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of('weekday')) + 1,
    date: `${of('year')}-${of('month')}-${of('day')}`,
    time: `${of('hour')}:${of('minute')}`,
  }
}

function isOpen(hours: ZoneHours | undefined, at: number, timeZone: string): boolean {
  if (!hours) return true
  const { weekday, time } = wall(at, timeZone)
  const eve = ((weekday + 5) % 7) + 1
  if (hours.from < hours.to) return hours.days.includes(weekday) && time >= hours.from && time < hours.to
  return (hours.days.includes(weekday) && time >= hours.from) || (hours.days.includes(eve) && time < hours.to)
}

function concerns(zone: Zone, { action, environment, effect, resources }: Question): boolean {
  const actions: readonly string[] = zone.actions
  if (!actions.includes('*') && !actions.includes(String(action))) return false
  const anywhere = zone.environments.includes('*')
  if (environment === null ? !anywhere && effect === 'write' : !anywhere && !zone.environments.includes(environment)) {
    return false
  }
  if (resources.length === 0) return zone.resources.includes('*') || effect === 'read'
  return fitsAny(zone.resources, resources)
}

function oracle(member: Member, zones: readonly Zone[], question: Question, at: number, timeZone: string): Verdict {
  const { action, effect, resources } = question
  // "A guest with an end: until the end of a day; then nothing": from that moment on they are nobody.
  if (member.until !== undefined && at >= member.until) return 'no'
  if (member.removedAt !== undefined || !member.flags.canUseNOX || !member.flags.canUseSlackBot) return 'no'
  if (action === null) return 'yes'
  const types: readonly string[] = member.allowedActionTypes
  const closedByName =
    (!types.includes('*') && !types.includes(action)) ||
    fitsAny(member.restrictedResources, resources) ||
    (action === 'logs' && !member.flags.canViewLogs)
  if (member.role === 'guest') {
    return effect === 'read' && !closedByName && fitsAny(member.projects, resources) ? 'yes' : 'no'
  }
  if (closedByName || (action === 'deploy' && !member.flags.canRequestDeployments)) return 'no'
  const about = zones.filter((zone) => concerns(zone, question))
  const { date } = wall(at, timeZone)
  const frozen = about.some((zone) => zone.freezes?.some(({ from, until }) => date >= from && date <= until))
  if (effect === 'write' && frozen) return 'no'
  if (member.role === 'admin') return 'yes'
  let best: Verdict = 'no'
  for (const zone of about) {
    if (!isOpen(zone.hours, at, timeZone)) continue
    for (const { group, requirement } of zone.grants) {
      if (group !== '*' && !member.groups.includes(group)) continue
      if (requirement.kind === 'nothing') return 'yes'
      if (requirement.kind === 'confirmation') best = 'confirm'
      else if (best === 'no') best = 'ask'
    }
  }
  return best
}

/** mulberry32: the same tenants on each run. */
function createDice(seed: number) {
  let state = seed
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(roll() * n)
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T
  const some = <T>(of: readonly T[], most: number): T[] => Array.from({ length: below(most + 1) }, () => one(of))
  return { below, one, some, chance: (p: number) => roll() < p }
}

const groups = ['developers', 'seniors', 'ops']
const environments = ['production', 'staging', 'development']
const names = ['user-api', 'prod-db', 'web-shop', 'billing', 'client-Z']
const patterns = ['*', '*-api', 'prod-*', 'billing', 'WEB-*', 'client-?', '*.*', 'client-*']
const timeZones = ['UTC', 'Europe/Paris', 'Asia/Kolkata', 'America/New_York']
const times = ['00:00', '06:30', '09:00', '17:45', '22:00', '23:59']
const dates = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26']
const reads: readonly ActionType[] = ['logs', 'status', 'metrics']

function random(seed: number) {
  const { below, one, some, chance } = createDice(seed)
  const requirement = (): Requirement =>
    one([
      { kind: 'nothing' },
      { kind: 'confirmation' },
      { kind: 'approval', group: one(groups), approvers: 1 + below(3) },
    ] as const)
  const freeze = (): Freeze => {
    const [from = '', until = ''] = [one(dates), one(dates)].sort()
    return { from, until, reason: 'release' }
  }
  const zone = (id: number): Zone => ({
    tenantId: 't',
    id: String(id),
    name: `zone ${id}`,
    environments: some([...environments, '*'], 2),
    resources: chance(0.5) ? ['*'] : some(patterns, 3),
    actions: some([...actionTypes.slice(0, 7), '*'], 4) as Zone['actions'],
    grants: some(groups, 3).map((group) => ({ group: chance(0.2) ? '*' : group, requirement: requirement() })),
    ...(chance(0.3) ? { hours: { days: some([1, 2, 3, 4, 5, 6, 7], 6), from: one(times), to: one(times) } } : {}),
    ...(chance(0.2) ? { freezes: [freeze()] } : {}),
    ...(chance(0.2) ? { overrideGroups: some(groups, 2) } : {}),
  })
  const member: Member = {
    tenantId: 't',
    id: 'm',
    slackUserId: 'U1',
    name: 'M',
    role: one(['admin', 'member', 'member', 'member', 'guest'] as const),
    groups: some(groups, 2),
    flags: Object.fromEntries(memberFlags.map((flag) => [flag, chance(0.93)])) as Member['flags'],
    maxActionsPerDay: 50,
    allowedActionTypes: chance(0.6) ? ['*'] : some(actionTypes.slice(0, 7), 6),
    restrictedResources: some(patterns.slice(1), 1),
    projects: some(patterns, 2),
    ...(chance(0.03) ? { removedAt: 1 } : {}),
    ...(chance(0.1) ? { until: Date.parse(`${one(dates)}T23:00:00Z`) } : {}),
  }
  const action = chance(0.03) ? null : one(actionTypes.slice(0, 7))
  const question: Question = {
    command: 'x',
    action,
    effect: action !== null && reads.includes(action) ? 'read' : 'write',
    environment: chance(0.1) ? null : one(environments),
    resources: chance(0.1) ? [] : some(names, 2),
  }
  const at = Date.parse(`${one(dates)}T00:00:00Z`) + below(48 * 60) * 60_000
  return {
    member,
    question,
    at,
    timeZone: one(timeZones),
    zones: Array.from({ length: below(5) }, (_, id) => zone(id)),
  }
}

describe('the rules', () => {
  it('agree with a second reading of their texts, on 100,000 random tenants and requests', () => {
    const seen: Record<string, number> = {}
    for (let seed = 0; seed < 100_000; seed += 1) {
      const { member, zones, question, at, timeZone } = random(seed)
      const wanted = oracle(member, zones, question, at, timeZone)
      const { verdict, rule } = decide(memberAt(member, at), zonesAt(zones, at, timeZone), question)
      if (verdict !== wanted) {
        expect({ seed, verdict, rule, member, zones, question, at: new Date(at), timeZone }).toEqual(wanted)
      }
      seen[`${verdict} ${rule}`] = (seen[`${verdict} ${rule}`] ?? 0) + 1
    }
    // Each verdict was really met, and often.
    for (const rule of ['zone.grant', 'zone.freeze', 'zone.hours', 'zone.none', 'guest.project', 'member.removed']) {
      const met = Object.entries(seen).filter(([key]) => key.endsWith(` ${rule}`))
      expect([rule, met.reduce((sum, [, n]) => sum + n, 0) > 300]).toEqual([rule, true])
    }
    for (const key of ['ask zone.approval', 'confirm zone.confirmation', 'yes role.admin']) {
      expect([key, (seen[key] ?? 0) > 300]).toEqual([key, true])
    }
  }, 120_000)
})
