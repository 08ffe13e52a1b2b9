import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ActionType } from '../../src/domain/command-spec.ts'
import type { Member } from '../../src/domain/member.ts'
import type { Requirement, Zone } from '../../src/domain/zone.ts'
import { asSenior, compareZones, decide, defaultMember } from '../../src/permissions/index.ts'

const identity = (name: string) => ({ tenantId: 't', id: name, slackUserId: `U${name}`, name })
const bob = defaultMember('company', 'member', identity('Bob'))
const members: readonly Member[] = [
  defaultMember('company', 'admin', identity('Alice')),
  bob,
  { ...bob, ...identity('Bea') },
  asSenior({ ...bob, ...identity('Carol') }),
  { ...bob, ...identity('Dan'), restrictedResources: ['web*'] },
]
const services = ['user-api', 'web', 'web-shop', 'prod-db']
const environments = ['production', 'staging']
const actions: readonly ActionType[] = ['deploy', 'restart', 'logs']
const requirement = fc.constantFrom<Requirement>(
  { kind: 'nothing' },
  { kind: 'confirmation' },
  { kind: 'approval', group: 'seniors', approvers: 1 },
)
const zone: fc.Arbitrary<Zone> = fc.record({
  tenantId: fc.constant('t'),
  id: fc.uuid(),
  name: fc.string(),
  environments: fc.subarray([...environments, '*']),
  resources: fc.subarray(['*', 'web*', '*-api', 'prod-db']),
  actions: fc.subarray([...actions, '*' as const]),
  grants: fc.array(fc.record({ group: fc.constantFrom('developers', 'seniors', '*'), requirement }), { maxLength: 2 }),
})
const rank = { no: 0, ask: 1, confirm: 2, yes: 3 } as const

it('tells exactly who gains and who loses what, on which resources', () => {
  fc.assert(
    fc.property(fc.array(zone, { maxLength: 3 }), zone, fc.option(zone), (others, edited, after) => {
      const was = [...others, edited]
      const is = [...others, ...(after ? [after] : [])]
      const told = new Map<string, string>()
      const { shifts, isCut } = compareZones(was, is, { members, environments, services, backups: [] })
      expect(isCut).toBe(false)
      for (const shift of shifts) {
        for (const name of shift.names) {
          for (const resource of shift.resources ?? services) {
            const key = `${name} ${shift.action} ${shift.environment} ${resource}`
            expect(told.has(key)).toBe(false)
            told.set(key, `${shift.gains ? 'gains' : 'loses'} ${shift.verdict}`)
          }
        }
      }
      for (const member of members) {
        for (const action of actions) {
          for (const environment of environments) {
            for (const resource of services) {
              const effect = action === 'logs' ? 'read' : 'write'
              const question = { command: action, action, effect, environment, resources: [resource] } as const
              const before = decide(member, was, question).verdict
              const now = decide(member, is, question).verdict
              const gains = rank[now] > rank[before] ? 'gains' : 'loses'
              const wanted = now === before ? undefined : `${gains} ${now}`
              expect(told.get(`${member.name} ${action} ${environment} ${resource}`)).toBe(wanted)
            }
          }
        }
      }
    }),
    { numRuns: 300 },
  )
})
