import { expect, it } from 'vitest'
import { asRemoved, defaultMember } from '../../src/permissions/index.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const identity = (id: string) => ({ tenantId: 'T1', id, slackUserId: `U${id}`, name: id })
const alice = defaultMember('company', 'admin', identity('alice'))
const bob = defaultMember('company', 'member', identity('bob'))
const entry = (command: string) =>
  ({
    at: 5,
    actor: 'Ualice',
    actionId: null,
    actionNumber: null,
    command,
    environment: null,
    resource: null,
    result: 'changed',
    details: {},
  }) as const

eachDatabase('members', (open) => {
  it('admits a person once, whoever invites them at the same time, and brings a removed one back under their id', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const drafts = ['a', 'b', 'c'].map((id) => ({ ...bob, id }))
    const admitted = await Promise.all(drafts.map((draft) => storage.members.admit(draft, entry('member.invite'))))
    expect(admitted.filter((each) => each !== null)).toHaveLength(1)
    const [member] = await storage.members.list('T1')
    expect(await storage.audit.list('T1', { limit: 9 })).toHaveLength(1)
    if (!member) throw new Error('nobody')
    await storage.members.update(asRemoved(member, 3))
    expect(await storage.members.list('T1')).toEqual([])
    const back = await storage.members.admit({ ...bob, id: 'new', groups: ['seniors'] }, entry('member.invite'))
    expect(back).toMatchObject({ id: member.id, groups: ['seniors'] })
    expect((await storage.members.edition('T1', member.id))?.value.removedAt).toBeUndefined()
  })

  it('lets one of two changes through, and always leaves an admin', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await storage.members.create(alice)
    await storage.members.create({ ...alice, ...identity('anna') })
    const demoted = [alice, { ...alice, ...identity('anna') }].map((each) => ({ ...each, role: 'member' as const }))
    const changes = demoted.map((each) => storage.members.change(each, 1, entry('member.role')))
    expect((await Promise.all(changes)).sort()).toEqual(['changed', 'no-admin-left'])
    await storage.members.create(bob)
    const twice = [10, 20].map((maxActionsPerDay) =>
      storage.members.change({ ...bob, maxActionsPerDay }, 1, entry('member.limits')),
    )
    expect((await Promise.all(twice)).sort()).toEqual(['changed', 'stale'])
    expect(await storage.members.edition('T1', 'bob')).toMatchObject({ version: 2, changedBy: 'Ualice', changedAt: 5 })
    expect(await storage.audit.list('T1', { limit: 9 })).toHaveLength(2)
    expect(await storage.members.change({ ...bob, tenantId: 'T2' }, 2, entry('member.limits'))).toBe('stale')
  })
})
