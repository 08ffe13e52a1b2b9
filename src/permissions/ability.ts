import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability'
import type { Member } from '../domain/member.ts'
import type { Zone, ZoneGrant } from '../domain/zone.ts'
import { matchesAny } from './patterns.ts'
import type { Question } from './question.ts'

/** How something may be done: at once, after a confirmation, after an approval. CASL's subject types. */
export const ways = ['directly', 'confirmed', 'approved'] as const
export type Way = (typeof ways)[number]

const wayOf = { nothing: 'directly', confirmation: 'confirmed', approval: 'approved' } as const

export type NoxAbility = MongoAbility<[string, Way | 'all']>

/** Groups that a person is in; everybody is in `*`, an admin in all of them. */
export const isIn = (member: Member, group: string): boolean =>
  group === '*' || member.role === 'admin' || member.groups.includes(group)

/**
 * Grants of the zones that are about this question and open at this moment. Reads without an environment look at every
 * environment.
 */
export function grantsFor(zones: readonly Zone[], question: Question): readonly ZoneGrant[] {
  return zones.filter((zone) => !zone.closed?.hours && isAbout(zone, question)).flatMap((zone) => zone.grants)
}

/** Does the zone reach as far as the question? A write that names no place or thing needs `*`; a read does not. */
export function isAbout(zone: Zone, { action, environment, resources, effect }: Question): boolean {
  if (action === null || !(zone.actions.includes('*') || zone.actions.includes(action))) return false
  const everywhere = zone.environments.includes('*')
  const here =
    environment === null ? everywhere || effect === 'read' : everywhere || zone.environments.includes(environment)
  const named = resources.length === 0 ? zone.resources.includes('*') || effect === 'read' : true
  return here && named && (resources.length === 0 || matchesAny(zone.resources, resources))
}

/**
 * What a member may do, for the zones that are about one question: actions on the way that each grant asks for. What
 * is closed to the member is denied in every way, and denials win.
 */
export function abilityFor(member: Member, zones: readonly Zone[], question: Question): NoxAbility {
  const { can, cannot, build } = new AbilityBuilder<NoxAbility>(createMongoAbility)
  const action = question.action ?? 'nothing'
  if (member.role === 'admin') can(action, 'directly')
  for (const grant of grantsFor(zones, question)) {
    if (isIn(member, grant.group)) can(action, wayOf[grant.requirement.kind])
  }
  if (!member.allowedActionTypes.includes('*') && !member.allowedActionTypes.some((each) => each === action)) {
    cannot(action, 'all').because('type')
  }
  if (matchesAny(member.restrictedResources, question.resources)) cannot(action, 'all').because('resource')
  if (action === 'logs' && !member.flags.canViewLogs) cannot(action, 'all').because('flag.logs')
  if (action === 'deploy' && !member.flags.canRequestDeployments) cannot(action, 'all').because('flag.deployments')
  return build()
}
