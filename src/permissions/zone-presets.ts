import type { ActionType } from '../domain/command-spec.ts'
import type { Requirement, Zone } from '../domain/zone.ts'

/** Ways to begin, by the sentence that names them (`preset.<name>`). */
export const presetNames = ['seniors', 'approved', 'confirmed'] as const
export type PresetName = (typeof presetNames)[number]

const changing: readonly ActionType[] = ['deploy', 'restart', 'scale']
const nothing = { kind: 'nothing' } as const

type Draft = Omit<Zone, 'tenantId' | 'id'>

function zone(
  name: string,
  environments: readonly string[],
  grants: readonly (readonly [string, Requirement])[],
): Draft {
  return {
    name,
    environments,
    resources: ['*'],
    actions: changing,
    grants: grants.map(([group, requirement]) => ({ group, requirement })),
  }
}

const staging = zone('staging, development', ['staging', 'development'], [['developers', nothing]])

/**
 * The zones of each preset; they take the place of zones with the same names. `seniors`: developers to staging, seniors
 * to production. `approved`: developers to production too, with an approval by a senior. `confirmed`: seniors confirm
 * what they do in production.
 */
export const zonePresets: Record<PresetName, readonly Draft[]> = {
  seniors: [staging, zone('production', ['production'], [['seniors', nothing]])],
  approved: [
    staging,
    zone(
      'production',
      ['production'],
      [
        ['seniors', nothing],
        ['developers', { kind: 'approval', group: 'seniors', approvers: 1 }],
      ],
    ),
  ],
  confirmed: [staging, zone('production', ['production'], [['seniors', { kind: 'confirmation' }]])],
}
