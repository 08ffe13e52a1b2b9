import type { ActionType } from '../domain/command-spec.ts'
import type { Member } from '../domain/member.ts'
import type { Zone } from '../domain/zone.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { decideAnew } from './decide.ts'
import { wayOf } from './who-may.ts'

const shown: readonly ActionType[] = ['deploy', 'restart', 'scale', 'backup', 'logs', 'status']
const reads = new Set<ActionType>(['logs', 'status'])

/** Both are replaced when they change, so nothing here grows old. */
const kept = new WeakMap<Member, WeakMap<readonly Zone[], readonly Phrase[]>>()

/** What a member may do, with approval, and not at all: lines of `whoami` and of the Home tab. */
export function rightsInWords(member: Member, zones: readonly Zone[]): readonly Phrase[] {
  const byZones = kept.get(member) ?? new WeakMap<readonly Zone[], readonly Phrase[]>()
  kept.set(member, byZones)
  const known = byZones.get(zones)
  if (known) return known
  const lines = shared(rightsAnew(member, zones))
  byZones.set(zones, lines)
  return lines
}

/** Most members of most tenants may do the same: one set of lines stands for all of them. */
const lineSets = new Map<string, readonly Phrase[]>()
const mostSets = 1_000

function shared(lines: readonly Phrase[]): readonly Phrase[] {
  const text = JSON.stringify(lines)
  const known = lineSets.get(text)
  if (known) return known
  if (lineSets.size >= mostSets) lineSets.clear()
  lineSets.set(text, lines)
  return lines
}

function rightsAnew(member: Member, zones: readonly Zone[]): readonly Phrase[] {
  const environments = [...new Set(zones.flatMap((zone) => zone.environments))].filter((each) => each !== '*')
  const open: Value[] = []
  const withApproval: Value[] = []
  for (const action of shown) {
    const where = (way: ReturnType<typeof wayOf>) =>
      environments.filter((environment) => wayOf(decisionOn(member, zones, action, environment)) === way)
    const direct = where('directly')
    const asked = where('approval')
    if (direct.length > 0) open.push(inWords(action, direct, environments))
    if (asked.length > 0) withApproval.push(inWords(action, asked, environments))
  }
  const lines: Phrase[] = []
  if (member.role === 'guest') {
    const projects = { kind: 'list', items: member.projects } as const
    lines.push(member.projects.length > 0 ? phrase('whoami.projects', { projects }) : phrase('refused.noProject'))
  } else if (open.length > 0) {
    lines.push(phrase('whoami.may', { may: { kind: 'list', items: open } }))
  }
  if (withApproval.length > 0) {
    lines.push(phrase('whoami.approval', { approval: { kind: 'list', items: withApproval } }))
  }
  if (member.restrictedResources.length > 0) {
    lines.push(phrase('whoami.closed', { closed: { kind: 'list', items: member.restrictedResources } }))
  }
  return lines
}

/** The decision for a resource that no pattern but `*` names. */
function decisionOn(member: Member, zones: readonly Zone[], action: ActionType, environment: string) {
  const effect = reads.has(action) ? 'read' : 'write'
  return decideAnew(member, zones, { command: action, action, effect, environment, resources: [] })
}

function inWords(action: ActionType, where: readonly string[], all: readonly string[]): Phrase {
  const actionType = phrase(`type.${action}`)
  if (where.length === all.length) return phrase('action.type.anywhere', { actionType })
  return phrase('action.type', { actionType, env: { kind: 'environments', names: where } })
}
