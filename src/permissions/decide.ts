import type { Member } from '../domain/member.ts'
import type { Requirement, Zone } from '../domain/zone.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { abilityFor, grantsFor, ways } from './ability.ts'
import { matchesAny } from './patterns.ts'
import type { Decision, Question } from './question.ts'

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
  const key = JSON.stringify([question.action, question.effect, question.environment, ...question.resources])
  const known = decisions.get(key)
  if (known) return known
  const decision = decideAnew(member, zones, question)
  if (decisions.size >= mostKept) decisions.clear()
  decisions.set(key, decision)
  return decision
}

function decideAnew(member: Member, zones: readonly Zone[], question: Question): Decision {
  if (!member.flags.canUseNOX) return no('flag.agent', phrase('refused.agent', { agent: 'NOX' }))
  if (!member.flags.canUseSlackBot) return no('flag.slack', phrase('refused.flag'))
  if (question.action === null) return yes
  if (member.role === 'guest') return decideForGuest(member, question)

  const ability = abilityFor(member, zones, question)
  const way = ways.find((each) => ability.can(question.action ?? 'nothing', each))
  if (way === 'directly') return { ...yes, rule: member.role === 'admin' ? 'role.admin' : 'zone.grant' }
  if (way === 'confirmed') {
    return { ...yes, verdict: 'confirm', requirement: { kind: 'confirmation' }, rule: 'zone.confirmation' }
  }
  if (way === 'approved') return approval(member, zones, question)
  return refusal(zones, question, ability.relevantRuleFor(question.action, 'directly')?.reason)
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
  if (question.action === 'logs' && !member.flags.canViewLogs) return no('flag.logs', phrase('refused.flag'))
  if (matchesAny(member.restrictedResources, question.resources)) {
    return no('resource', phrase('refused.resource', { resource: question.resources[0] ?? '' }))
  }
  if (matchesAny(member.projects, question.resources)) return { ...yes, rule: 'guest.project' }
  return no('guest.project', phrase('refused.project', { resource: question.resources[0] ?? '' }))
}

function refusal(zones: readonly Zone[], question: Question, denied: string | undefined): Decision {
  const actionType = phrase(`type.${question.action ?? 'status'}`)
  const free = grantsFor(zones, question).find(
    ({ requirement, group }) => requirement.kind === 'nothing' && group !== '*',
  )
  const group = free?.group ?? null
  const canAsk = question.effect === 'write' && group !== null
  switch (denied) {
    case 'resource':
      return no('resource', phrase('refused.resource', { resource: question.resources[0] ?? '' }))
    case 'type':
      return no('type', phrase('refused.type', { actionType }), { group, canAsk })
    case 'flag.logs':
    case 'flag.deployments':
      return no(denied, phrase('refused.flag'))
    default:
  }
  if (question.environment === null) return no('zone.none', phrase('refused.type', { actionType }), { group, canAsk })
  const env = question.environment
  if (group === null) return no('zone.none', phrase('refused.noZone', { env }))
  return no('zone.environment', phrase('refused.environment', { env, group }), { group, canAsk })
}
