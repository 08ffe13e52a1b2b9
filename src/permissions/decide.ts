import type { Member, Need } from '../domain/member.ts'
import { zoneName } from '../domain/say-zone.ts'
import type { Requirement, Zone } from '../domain/zone.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { abilityFor, grantsFor, isAbout, isIn, ways } from './ability.ts'
import { matchesAny } from './patterns.ts'
import type { Decision, Question } from './question.ts'
import { opened } from './zones-at.ts'

const yes: Decision = {
  verdict: 'yes',
  requirement: { kind: 'nothing' },
  rule: 'open',
  reason: null,
  group: null,
  canAsk: false,
}

const no = (rule: string, reason: Phrase, more: Partial<Decision> = {}): Decision => ({
  verdict: 'no',
  requirement: null,
  rule,
  reason,
  group: null,
  canAsk: false,
  ...more,
})

/** Decisions of a member under a set of zones; both are replaced when they change, so they need no expiry. */
const kept = new WeakMap<Member, WeakMap<readonly Zone[], Map<string, Decision>>>()
const mostKept = 200

/** May this member do this? The first rule that refuses gives the reason; no rule at all is a no. */
export function decide(member: Member, zones: readonly Zone[], question: Question): Decision {
  const byZones = kept.get(member) ?? new WeakMap<readonly Zone[], Map<string, Decision>>()
  kept.set(member, byZones)
  const decisions = byZones.get(zones) ?? new Map<string, Decision>()
  byZones.set(zones, decisions)
  const key = JSON.stringify([
    question.action,
    question.effect,
    question.environment,
    question.needs ?? '',
    question.command === 'audit' ? 'audit' : '',
    ...question.resources,
  ])
  const known = decisions.get(key)
  if (known) return known
  const decision = decideAnew(member, zones, question)
  if (decisions.size >= mostKept) decisions.clear()
  decisions.set(key, decision)
  return decision
}

/** The same, for what is asked once and kept as a whole: eighteen decisions of each member would outweigh the member. */
export function decideAnew(member: Member, zones: readonly Zone[], question: Question): Decision {
  if (member.removedAt !== undefined) return no('member.removed', phrase('refused.removed'))
  if (!member.flags.canUseNOX) return no('flag.agent', phrase('refused.agent', { agent: 'NOX' }))
  if (!member.flags.canUseSlackBot) return no('flag.slack', phrase('refused.flag'))
  const isOpen = question.action === null && !question.needs
  if (member.pausedAt !== undefined && !isOpen && question.command !== 'audit') {
    return no('plan.people', phrase('refused.plan.person'))
  }
  if (question.needs) return decideNeed(member, question.needs)
  if (question.action === null) return yes
  if (member.role === 'guest') return decideForGuest(member, question)

  const frozen = freezeOn(zones, question)
  if (frozen) return withOverride(member, zones, question, freezeRefusal(frozen, question))

  const ability = abilityFor(member, zones, question)
  const way = ways.find((each) => ability.can(question.action ?? 'nothing', each))
  if (way === 'directly') return { ...yes, rule: member.role === 'admin' ? 'role.admin' : 'zone.grant' }
  if (way === 'confirmed') {
    return { ...yes, verdict: 'confirm', requirement: { kind: 'confirmation' }, rule: 'zone.confirmation' }
  }
  if (way === 'approved') return approval(member, zones, question)
  const denied = ability.relevantRuleFor(question.action, 'directly')?.reason
  return denied === undefined ? notGranted(member, zones, question) : refusal(zones, question, denied)
}

/** No open zone grants it; where one would at other hours, they are the reason. */
function notGranted(member: Member, zones: readonly Zone[], question: Question): Decision {
  const shut = zones.find(
    (zone) => zone.closed?.hours && isAbout(zone, question) && zone.grants.some(({ group }) => isIn(member, group)),
  )
  const hours = shut?.closed?.hours
  if (!hours) return refusal(zones, question, undefined)
  const days = { kind: 'list', items: hours.days.map((day) => phrase(`day.${day as 1}`)) } as const
  const reason = phrase('refused.hours', { zone: zoneName(shut.name), days, from: hours.from, to: hours.to })
  const group = shut.overrideGroups?.join(', ') || null
  return withOverride(member, zones, question, no('zone.hours', reason, { group }))
}

/** The freeze that ends last, of all that are on what an order would change. Reads are never frozen. */
function freezeOn(zones: readonly Zone[], question: Question) {
  if (question.effect !== 'write') return null
  const freezes = zones.flatMap(({ closed, overrideGroups = [], ...zone }) =>
    closed?.freeze && isAbout(zone, question) ? [{ ...closed.freeze, overrideGroups }] : [],
  )
  return freezes.sort((a, b) => b.until - a.until)[0] ?? null
}

function freezeRefusal(freeze: NonNullable<ReturnType<typeof freezeOn>>, { environment: env }: Question): Decision {
  const { reason, until, overrideGroups } = freeze
  const say = env === null ? phrase('refused.freeze.anywhere', { reason }) : phrase('refused.freeze', { env, reason })
  return no('zone.freeze', say, { until, group: overrideGroups.join(', ') || null })
}

function withOverride(member: Member, zones: readonly Zone[], question: Question, decision: Decision): Decision {
  return { ...decision, canOverride: mayOverride(member, zones, question) }
}

/**
 * May this person go through freeze, hours and approval? Each zone that closes it, or asks them for an approval, must
 * name a group of theirs for that; and it must be open to them otherwise.
 */
export function mayOverride(member: Member, zones: readonly Zone[], question: Question): boolean {
  if (member.role === 'guest') return false
  const { verdict } = decideAnew(member, opened(zones), question)
  if (verdict === 'no') return false
  const asks = ({ grants }: Zone) =>
    grants.some(({ group, requirement }) => requirement.kind === 'approval' && isIn(member, group))
  const isClosed = ({ closed }: Zone) => closed?.hours !== undefined || (closed && question.effect === 'write')
  const inTheWay = zones.filter(
    (zone) => isAbout(zone, question) && (isClosed(zone) || (verdict === 'ask' && asks(zone))),
  )
  const namesThem = (zone: Zone) => zone.overrideGroups?.some((group) => isIn(member, group)) ?? false
  return inTheWay.length > 0 && inTheWay.every(namesThem)
}

/** How NOX itself is set up: guests never, an admin always. */
function decideNeed(member: Member, need: Need): Decision {
  if (member.role === 'guest') return no('guest.read-only', phrase('refused.guest'))
  if (member.role === 'admin' || need === 'member') return { ...yes, rule: `needs.${need}` }
  if (need === 'configure' && member.flags.canConfigureIntegrations) return { ...yes, rule: 'needs.configure' }
  if (need === 'people' && member.flags.canManageUsers) return { ...yes, rule: 'needs.people' }
  const why = { admin: 'refused.admins', people: 'refused.people', configure: 'refused.configure' } as const
  return no(`needs.${need}`, phrase(why[need]))
}

/** The approval that asks for the fewest. */
function approval(member: Member, zones: readonly Zone[], question: Question): Decision {
  const wanted = grantsFor(zones, question)
    .filter(({ group }) => group === '*' || member.groups.includes(group))
    .map(({ requirement }) => requirement)
    .filter((each): each is Requirement & { kind: 'approval' } => each.kind === 'approval')
    .sort((a, b) => a.approvers - b.approvers)
  const requirement = wanted[0] ?? null
  return { ...yes, verdict: 'ask', requirement, rule: 'zone.approval', group: requirement?.group ?? null }
}

/** Guests look, in the projects that were given to them; nothing else opens anything to them. */
function decideForGuest(member: Member, question: Question): Decision {
  if (question.effect === 'write') return no('guest.read-only', phrase('refused.guest'))
  if (question.action === 'logs' && !member.flags.canViewLogs) {
    return no('flag.logs', phrase('refused.type', { actionType: phrase('type.logs') }))
  }
  if (!member.allowedActionTypes.some((each) => each === '*' || each === question.action)) {
    return no('type', phrase('refused.type', { actionType: phrase(`type.${question.action ?? 'status'}`) }))
  }
  if (matchesAny(member.restrictedResources, question.resources)) {
    return no('resource', phrase('refused.resource', { resource: question.resources[0] ?? '' }))
  }
  if (matchesAny(member.projects, question.resources)) return { ...yes, rule: 'guest.project' }
  return no('guest.project', notInProjects(member, question))
}

function notInProjects({ projects }: Member, { resources: [resource] }: Question): Phrase {
  if (projects.length === 0) return phrase('refused.noProject')
  if (resource !== undefined) return phrase('refused.project', { resource })
  return phrase('refused.wholeProject', { projects: { kind: 'list', items: projects } })
}

function refusal(zones: readonly Zone[], question: Question, denied: string | undefined): Decision {
  const actionType = phrase(`type.${question.action ?? 'status'}`)
  const free = zones
    .filter((zone) => isAbout(zone, question))
    .flatMap(({ grants }) => grants)
    .find(({ requirement, group }) => requirement.kind === 'nothing' && group !== '*')
  const group = free?.group ?? null
  const canAsk = question.effect === 'write' && group !== null
  switch (denied) {
    case 'resource':
      return no('resource', phrase('refused.resource', { resource: question.resources[0] ?? '' }))
    case 'type':
      return no('type', phrase('refused.type', { actionType }), { group, canAsk })
    case 'flag.logs':
    case 'flag.deployments':
      return no(denied, phrase('refused.type', { actionType }))
    default:
  }
  if (question.environment === null) return no('zone.none', phrase('refused.type', { actionType }), { group, canAsk })
  const env = question.environment
  if (group === null) return no('zone.none', phrase('refused.noZone', { env }))
  return no('zone.environment', phrase('refused.environment', { env, group }), { group, canAsk })
}
