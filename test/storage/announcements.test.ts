import { expect, it } from 'vitest'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

eachDatabase('what is to be told elsewhere', (open) => {
  const pendingOf = (tenantId: string, id: string, title = 'INC-1') => ({
    tenantId,
    id,
    channel: 'direction',
    announcement: { title, tone: 'bad', paragraphs: ['a'], language: 'fr' } as const,
    createdAt: 1,
  })

  it('is kept once for an order, found across tenants when it is due, and taken by one', async () => {
    const { storage } = await open()
    for (const tenant of ['T1', 'T2']) await createTenant(storage, tenant)
    const { announcements } = storage
    await announcements.add(pendingOf('T1', 'A'), 10)
    await announcements.add(pendingOf('T1', 'A', 'another'), 5)
    await announcements.add(pendingOf('T2', 'A'), 7)
    expect(await announcements.due(6, 9)).toEqual([])
    const due = await announcements.due(10, 9)
    expect(due).toEqual([
      { tenantId: 'T2', id: 'A', dueAt: 7 },
      { tenantId: 'T1', id: 'A', dueAt: 10 },
    ])
    const mine = { tenantId: 'T1', id: 'A', dueAt: 10 }
    const taken = await Promise.all(Array.from({ length: 5 }, () => announcements.take(mine, 70)))
    expect(taken.filter((each) => each !== null)).toEqual([pendingOf('T1', 'A')])
    expect(await announcements.due(69, 9)).toEqual([{ tenantId: 'T2', id: 'A', dueAt: 7 }])
    await announcements.remove('T1', 'A')
    expect(await announcements.due(99, 9)).toHaveLength(1)
    expect(await announcements.take({ ...mine, dueAt: 70 }, 99)).toBeNull()
  })
})
