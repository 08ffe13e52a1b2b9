import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActionType } from '../../src/domain/command-spec.ts'
import type { Member } from '../../src/domain/member.ts'
import type { Requirement, Zone } from '../../src/domain/zone.ts'
import {
  asSenior,
  decide,
  defaultMember,
  defaultZones,
  mayApprove,
  type Question,
  whoMay,
} from '../../src/permissions/index.ts'

let ids = 0
const identity = (name: string) => ({ tenantId: 't', id: name, slackUserId: `U${name}`, name })
const alice = defaultMember('company', 'admin', identity('Alice'))
const bob = defaultMember('company', 'member', identity('Bob'))
const carol = asSenior(defaultMember('company', 'member', identity('Carol')))
const dora = { ...defaultMember('company', 'guest', identity('Dora')), projects: ['web-*'] }
const lea = defaultMember('individual', 'member', identity('Lea'))
const zones = defaultZones('t', () => String(++ids))

const ask = (action: ActionType | null, environment: string | null, resource = 'user-api'): Question => ({
  command: action ?? 'help',
  action,
  effect: action === 'logs' || action === 'status' || action === null ? 'read' : 'write',
  environment,
  resources: [resource],
})

describe('the defaults of a company', () => {
  it.each([
    ['Alice', alice, 'deploy', 'production', 'user-api', 'yes', 'role.admin'],
    ['Bob', bob, 'deploy', 'staging', 'user-api', 'yes', 'zone.grant'],
    ['Bob', bob, 'deploy', 'development', 'user-api', 'yes', 'zone.grant'],
    ['Bob', bob, 'deploy', 'production', 'user-api', 'no', 'zone.environment'],
    ['Bob', bob, 'deploy', 'qualification', 'user-api', 'no', 'zone.none'],
    ['Bob', bob, 'logs', 'production', 'user-api', 'yes', 'zone.grant'],
    ['Bob', bob, 'logs', 'production', 'prod-db', 'no', 'resource'],
    ['Bob', bob, 'backup', 'production', 'client-Z', 'no', 'type'],
    ['Carol', carol, 'deploy', 'production', 'user-api', 'yes', 'zone.grant'],
    ['Carol', carol, 'backup', 'production', 'client-Z', 'yes', 'zone.grant'],
    ['Carol', carol, 'deploy', 'production', 'PROD-DB', 'no', 'resource'],
    ['Dora', dora, 'logs', 'production', 'web-shop', 'yes', 'guest.project'],
    ['Dora', dora, 'logs', 'production', 'user-api', 'no', 'guest.project'],
    ['Dora', dora, 'deploy', 'staging', 'web-shop', 'no', 'guest.read-only'],
    ['Léa', lea, 'deploy', 'staging', 'user-api', 'no', 'zone.environment'],
  ] as const)('%s: %o %s in %s on %s is %s', (_name, member, action, environment, resource, verdict, rule) => {
    const decision = decide(member as Member, zones, ask(action, environment, resource))
    expect([decision.verdict, decision.rule]).toEqual([verdict, rule])
  })

  it('says who may and offers an approval where only the environment stands in the way', () => {
    const decision = decide(bob, zones, ask('deploy', 'production'))
    expect(decision).toMatchObject({ group: 'seniors', canAsk: true, reason: { key: 'refused.environment' } })
    const who = whoMay([alice, bob, carol, dora], zones, ask('deploy', 'production'))
    expect(who.directly.map((each) => each.name)).toEqual(['Alice', 'Carol'])
  })

  it('keeps the limits of the specification', () => {
    expect(bob).toMatchObject({ maxActionsPerDay: 50, restrictedResources: ['prod-db'] })
    expect(bob.allowedActionTypes).toEqual(['deploy', 'logs', 'status'])
    expect(lea).toMatchObject({ maxActionsPerDay: 100, allowedActionTypes: ['*'] })
  })

  it('lets nobody in who may not use NOX at all, not even for help', () => {
    const out = { ...alice, flags: { ...alice.flags, canUseNOX: false } }
    expect(decide(out, zones, ask(null, null)).rule).toBe('flag.agent')
  })
})

describe('approvals', () => {
  const approval = { kind: 'approval', group: 'seniors', approvers: 1 } as const
  const withApproval: readonly Zone[] = [
    {
      tenantId: 't',
      id: 'z',
      name: 'production',
      environments: ['production'],
      resources: ['*'],
      actions: ['deploy'],
      grants: [{ group: 'developers', requirement: approval }],
    },
  ]
  it('is asked for where a zone says so, and given by the group that it names', () => {
    const question = ask('deploy', 'production')
    expect(decide(bob, withApproval, question)).toMatchObject({
      verdict: 'ask',
      group: 'seniors',
      requirement: approval,
    })
    expect(mayApprove(carol, withApproval, question, 'UBob')).toBe(true)
    expect(mayApprove(carol, withApproval, question, 'UCarol')).toBe(false)
    expect(mayApprove(bob, withApproval, question, 'UEve')).toBe(false)
    expect(mayApprove(dora, withApproval, question, 'UBob')).toBe(false)
  })

  it('is given by the group that was asked, not by the one that another group would ask', () => {
    const [zone] = withApproval
    const interns = { group: 'interns', requirement: { ...approval, group: 'developers' } }
    const both = zone ? [{ ...zone, grants: [...zone.grants, interns] }] : []
    const question = ask('deploy', 'production')
    const eve = defaultMember('company', 'member', { tenantId: 't', id: 'eve', slackUserId: 'UEve', name: 'Eve' })
    expect(decide(bob, both, question)).toMatchObject({ verdict: 'ask', group: 'seniors' })
    expect(mayApprove(eve, both, question, 'UBob', 'seniors')).toBe(false)
    expect(mayApprove(eve, both, question, 'UIntern', 'developers')).toBe(true)
    expect(mayApprove(carol, both, question, 'UBob', 'seniors')).toBe(true)
  })

  it('is never given by someone to whom the resource is closed', () => {
    expect(mayApprove(carol, withApproval, ask('deploy', 'production', 'prod-db'), 'UBob')).toBe(false)
  })
})

const names = fc.constantFrom('user-api', 'prod-db', 'web-shop', 'billing')
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.constant({ kind: 'nothing' } as const),
  fc.constant({ kind: 'confirmation' } as const),
  fc.record({
    kind: fc.constant('approval' as const),
    group: fc.constant('seniors'),
    approvers: fc.integer({ min: 1, max: 3 }),
  }),
)
const actionType = fc.constantFrom<ActionType>('deploy', 'restart', 'scale', 'logs', 'status', 'backup')
const environment = fc.constantFrom('production', 'staging', 'development')
const zone: fc.Arbitrary<Zone> = fc.record({
  tenantId: fc.constant('t'),
  id: fc.uuid(),
  name: fc.string(),
  environments: fc.array(fc.oneof(environment, fc.constant('*')), { maxLength: 2 }),
  resources: fc.array(fc.constantFrom('*', '*-api', 'prod-*', 'billing'), { maxLength: 2 }),
  actions: fc.array(fc.oneof(actionType, fc.constant('*' as const)), { maxLength: 3 }),
  grants: fc.array(fc.record({ group: fc.constantFrom('developers', 'seniors', '*'), requirement }), { maxLength: 3 }),
})
const question = fc
  .record({ action: actionType, environment: fc.option(environment), resource: names })
  .map(({ action, environment: where, resource }) => ask(action, where, resource))
const rank = { yes: 3, confirm: 2, ask: 1, no: 0 } as const

describe('for any rules', () => {
  it('deny wins: what is restricted or not allowed stays closed, whatever zones grant', () => {
    fc.assert(
      fc.property(fc.array(zone), question, (rules, asked) => {
        const closed = { ...carol, restrictedResources: [asked.resources[0] ?? ''] }
        expect(decide(closed, rules, asked).verdict).toBe('no')
        const typeless = { ...carol, allowedActionTypes: [] }
        expect(decide(typeless, rules, asked).verdict).toBe('no')
      }),
    )
  })

  it('no zone is a no, a refusal always has a reason and a rule, and a guest never changes anything', () => {
    fc.assert(
      fc.property(fc.array(zone), question, fc.constantFrom(bob, carol, dora, lea), (rules, asked, member) => {
        if (member !== dora) expect(decide(member, [], asked).verdict).toBe('no')
        const decision = decide(member, rules, asked)
        if (decision.verdict === 'no') expect([decision.reason === null, decision.rule]).not.toContain(true)
        if (decision.verdict === 'ask') expect(decision.requirement?.kind).toBe('approval')
        if (asked.effect === 'write') expect(decide(dora, rules, asked).verdict).toBe('no')
      }),
    )
  })

  it('one more zone never takes anything away, one more restriction never gives anything', () => {
    fc.assert(
      fc.property(fc.array(zone), zone, question, names, (rules, more, asked, name) => {
        const before = rank[decide(carol, rules, asked).verdict]
        expect(rank[decide(carol, [...rules, more], asked).verdict]).toBeGreaterThanOrEqual(before)
        const restricted = { ...carol, restrictedResources: [...carol.restrictedResources, name] }
        expect(rank[decide(restricted, rules, asked).verdict]).toBeLessThanOrEqual(before)
      }),
    )
  })
})
