import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionTypes } from '../../src/domain/command-spec.ts'
import { type Member, memberFlags } from '../../src/domain/member.ts'
import {
  asRemoved,
  decide,
  defaultMember,
  mayConfigure,
  mayManageUsers,
  whyNotEdit,
  withRole,
} from '../../src/permissions/index.ts'

const identity = (name: string) => ({ tenantId: 't', id: name, slackUserId: `U${name}`, name })
const admin = defaultMember('company', 'admin', identity('Alice'))
const plain = defaultMember('company', 'member', identity('Bob'))
const manager: Member = { ...plain, ...identity('Max'), flags: { ...plain.flags, canManageUsers: true } }

const flags = fc
  .subarray([...memberFlags])
  .map((open) => Object.fromEntries(memberFlags.map((flag) => [flag, open.includes(flag)])) as Member['flags'])
const rights = fc.record({
  role: fc.constantFrom('admin', 'member', 'guest' as const),
  groups: fc.subarray(['developers', 'seniors', 'ops']),
  flags,
  maxActionsPerDay: fc.integer({ min: 1, max: 200 }),
  allowedActionTypes: fc.oneof(fc.subarray([...actionTypes]), fc.constant(['*' as const])),
  restrictedResources: fc.subarray(['prod-db', '*-secret']),
  projects: fc.subarray(['web', 'client-*']),
})
const member = (name: string) => rights.map((each): Member => ({ ...identity(name), ...each }))

describe('who changes a member', () => {
  it('lets an admin do all, and nobody without the flag anything', () => {
    expect(whyNotEdit(admin, plain, withRole(plain, 'company', 'admin', []))).toBeNull()
    expect(whyNotEdit(plain, manager, { ...manager, groups: [] })?.key).toBe('team.refused')
    expect(whyNotEdit(asRemoved(admin, 1), plain, plain)?.key).toBe('team.refused')
  })

  it('keeps a manager of users away from admins, roles and their own rights', () => {
    expect(whyNotEdit(manager, admin, { ...admin, groups: ['ops'] })?.key).toBe('team.refused.admin')
    expect(whyNotEdit(manager, plain, withRole(plain, 'company', 'guest', ['web']))?.key).toBe('team.refused.admin')
    expect(whyNotEdit(manager, manager, { ...manager, maxActionsPerDay: 900 })?.key).toBe('team.refused.self')
    expect(whyNotEdit(manager, plain, { ...plain, groups: ['seniors'] })?.key).toBe('team.refused.more')
    expect(whyNotEdit(manager, plain, { ...plain, restrictedResources: [] })?.key).toBe('team.refused.more')
    expect(whyNotEdit(manager, plain, { ...plain, maxActionsPerDay: 10 })).toBeNull()
  })

  it('never lets anybody but an admin give what they do not have', () => {
    fc.assert(
      fc.property(member('Max'), member('Bob'), member('Bob'), (editor, before, after) => {
        if (editor.role === 'admin' || whyNotEdit(editor, before, after) !== null) return
        expect(after.role).toBe(before.role)
        expect(after.role).not.toBe('admin')
        for (const flag of memberFlags)
          if (after.flags[flag]) expect(before.flags[flag] || editor.flags[flag]).toBe(true)
        for (const group of after.groups) expect([...before.groups, ...editor.groups]).toContain(group)
        for (const closed of before.restrictedResources) {
          if (editor.restrictedResources.length > 0) expect(after.restrictedResources).toContain(closed)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('who sets NOX up', () => {
  it('is never a guest nor removed, whatever flags they carry', () => {
    fc.assert(
      fc.property(member('Max'), (each) => {
        expect(mayConfigure(each)).toBe(each.role !== 'guest' && each.flags.canConfigureIntegrations)
        expect(mayManageUsers(each)).toBe(each.role !== 'guest' && each.flags.canManageUsers)
        const gone = { ...asRemoved(each, 1), flags: each.flags }
        expect(mayConfigure(gone) || mayManageUsers(gone)).toBe(false)
      }),
    )
  })
})

describe('a removed member', () => {
  it('may do nothing at all, not even ask for help', () => {
    const gone = asRemoved(admin, 1)
    for (const action of [null, ...actionTypes]) {
      const question = { command: 'x', action, effect: 'read', environment: null, resources: [] } as const
      expect(decide(gone, [], question)).toMatchObject({ verdict: 'no', rule: 'member.removed' })
    }
  })
})
