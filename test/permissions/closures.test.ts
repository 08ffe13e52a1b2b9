import { describe, expect, it } from 'vitest'
import type { Zone } from '../../src/domain/zone.ts'
import { asSenior, decide, defaultMember, mayApprove, mayOverride, zonesAt } from '../../src/permissions/index.ts'

const identity = (name: string) => ({ tenantId: 't', id: name, slackUserId: `U${name}`, name })
const alice = defaultMember('company', 'admin', identity('Alice'))
const bob = defaultMember('company', 'member', identity('Bob'))
const carol = asSenior(defaultMember('company', 'member', identity('Carol')))
const paris = 'Europe/Paris'
const production: Zone = {
  tenantId: 't',
  id: 'z',
  name: 'production',
  environments: ['production'],
  resources: ['*'],
  actions: ['deploy'],
  grants: [{ group: 'seniors', requirement: { kind: 'nothing' } }],
}
const deploy = {
  command: 'deploy',
  action: 'deploy',
  effect: 'write',
  environment: 'production',
  resources: ['user-api'],
} as const
const at = (text: string) => Date.parse(text)

describe('a freeze', () => {
  const zones = [{ ...production, freezes: [{ from: '2026-12-24', until: '2026-12-26', reason: 'Noël' }] }]
  it.each([
    ['2026-12-23T22:59:59Z', 'yes'],
    ['2026-12-23T23:00:00Z', 'no'],
    ['2026-12-26T22:59:59Z', 'no'],
    ['2026-12-26T23:00:00Z', 'yes'],
  ])('lasts whole days of the tenant’s zone: at %s it is %s', (moment, verdict) => {
    expect(decide(carol, zonesAt(zones, at(moment), paris), deploy).verdict).toBe(verdict)
  })

  it('stops admins too, says until when, and nobody approves through it', () => {
    const now = zonesAt(zones, at('2026-12-25T12:00:00Z'), paris)
    expect(decide(alice, now, deploy)).toMatchObject({
      verdict: 'no',
      rule: 'zone.freeze',
      until: at('2026-12-26T23:00:00Z'),
      canOverride: false,
    })
    expect(mayApprove(carol, now, deploy, 'UBob')).toBe(false)
    expect(mayOverride(alice, now, deploy)).toBe(false)
  })

  it('never stops a look', () => {
    const look = { ...production, actions: ['logs' as const], freezes: zones[0]?.freezes ?? [] }
    const now = zonesAt([look], at('2026-12-25T12:00:00Z'), paris)
    expect(decide(carol, now, { ...deploy, action: 'logs', effect: 'read' }).verdict).toBe('yes')
  })

  it('is overridden only by groups that the zone names, and only to what is open to them otherwise', () => {
    const named = zones.map((zone) => ({ ...zone, overrideGroups: ['seniors'] }))
    const now = zonesAt(named, at('2026-12-25T12:00:00Z'), paris)
    expect(decide(carol, now, deploy)).toMatchObject({ rule: 'zone.freeze', canOverride: true, group: 'seniors' })
    expect(mayOverride(alice, now, deploy)).toBe(true)
    expect(mayOverride(bob, now, deploy)).toBe(false)
    expect(mayOverride({ ...bob, groups: ['seniors'], restrictedResources: ['user-*'] }, now, deploy)).toBe(false)
    const other = { ...zones[0], id: 'other' } as Zone
    expect(mayOverride(carol, zonesAt([...named, other], at('2026-12-25T12:00:00Z'), paris), deploy)).toBe(false)
  })
})

describe('hours', () => {
  const weekdays = { days: [1, 2, 3, 4], from: '09:00', to: '18:00' }
  const night = { days: [5], from: '22:00', to: '02:00' }
  it.each([
    ['Thursday 17:59', '2026-11-26T16:59:59Z', weekdays, 'yes'],
    ['Thursday 18:00', '2026-11-26T17:00:00Z', weekdays, 'no'],
    ['Friday noon', '2026-11-27T11:00:00Z', weekdays, 'no'],
    ['Friday 23:00', '2026-11-27T22:00:00Z', night, 'yes'],
    ['Saturday 01:59', '2026-11-28T00:59:00Z', night, 'yes'],
    ['Saturday 02:00', '2026-11-28T01:00:00Z', night, 'no'],
    ['Friday 01:00', '2026-11-27T00:00:00Z', night, 'no'],
  ])('on %s', (_name, moment, hours, verdict) => {
    const decision = decide(carol, zonesAt([{ ...production, hours }], at(moment), paris), deploy)
    expect(decision.verdict).toBe(verdict)
    if (verdict === 'no') expect(decision.rule).toBe('zone.hours')
  })

  it('keeps the same list of zones as long as nothing opens or closes', () => {
    const zones = [{ ...production, hours: weekdays }]
    const noon = zonesAt(zones, at('2026-11-26T11:00:00Z'), paris)
    expect(zonesAt(zones, at('2026-11-26T12:00:00Z'), paris)).toBe(noon)
    expect(zonesAt([production], at('2026-11-26T12:00:00Z'), paris)).toEqual([production])
  })
})

describe('an approval', () => {
  it('is overridden by a group that the zone names', () => {
    const grants = [{ group: 'developers', requirement: { kind: 'approval', group: 'seniors', approvers: 2 } as const }]
    expect(mayOverride(bob, [{ ...production, grants, overrideGroups: ['developers'] }], deploy)).toBe(true)
    expect(mayOverride(bob, [{ ...production, grants }], deploy)).toBe(false)
  })
})
