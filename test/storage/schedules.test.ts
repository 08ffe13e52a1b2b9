import { expect, it } from 'vitest'
import type { Schedule } from '../../src/domain/schedule.ts'
import { createTenant, entry, newAction, quota } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const nightly: Schedule = {
  tenantId: 'T1',
  id: 'S1',
  number: 7,
  ownerId: 'U1',
  order: { command: 'backup', args: { target: 'client-z' } },
  language: 'fr',
  cron: '0 2 * * *',
  timeZone: 'UTC',
  place: { channel: 'slack', conversationId: 'C1', threadTs: '1.1', kind: 'channel' },
  state: 'active',
  nextDueAt: 1_000,
  lastRunAt: null,
  createdAt: 1,
}

const run = (dueAt: number, nextDueAt: number | null, over = {}) => ({
  from: dueAt,
  dueAt,
  nextDueAt,
  action: newAction({ command: 'backup', quota: quota(10) }),
  ...over,
})

eachDatabase('schedules', (open) => {
  it('gives one order for a due time, however many look at once', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await storage.schedules.create(nightly)
    await storage.schedules.create({ ...nightly, cron: '0 3 * * *' })
    expect(await storage.schedules.findByNumber('T1', 7)).toEqual(nightly)
    const started = await Promise.all(
      Array.from({ length: 5 }, () => storage.schedules.startRun('T1', 'S1', run(1_000, 2_000))),
    )
    expect(started.filter((each) => each !== null)).toHaveLength(1)
    expect(await storage.ledger.list('T1', { limit: 9 })).toHaveLength(1)
    expect(await storage.schedules.find('T1', 'S1')).toMatchObject({ nextDueAt: 2_000, lastRunAt: 1_000 })
    // Set back to a time that was taken up (a clock that was moved): still not twice.
    await storage.schedules.setTimes('T1', 'S1', { timeZone: 'UTC', nextDueAt: 1_000 })
    expect(await storage.schedules.startRun('T1', 'S1', run(1_000, 2_000))).toBeNull()
    expect(await storage.ledger.list('T1', { limit: 9 })).toHaveLength(1)
    expect(await storage.schedules.runs('T1', 'S1', 9)).toHaveLength(1)
  })

  it('takes nothing where the quota is used, and tells it', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await storage.schedules.create(nightly)
    const first = await storage.schedules.startRun(
      'T1',
      'S1',
      run(1_000, 2_000, { action: newAction({ quota: quota(1) }) }),
    )
    expect(first).toMatchObject({ kind: 'accepted' })
    const second = await storage.schedules.startRun(
      'T1',
      'S1',
      run(2_000, 3_000, { action: newAction({ quota: quota(1) }) }),
    )
    expect(second).toMatchObject({ kind: 'exhausted', which: 'day' })
    expect(await storage.audit.list('T1', { limit: 9 })).toMatchObject([{ result: 'refused' }])
  })

  it('finds what is due in every tenant, and keeps tenants apart', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await createTenant(storage, 'T2')
    await storage.schedules.create(nightly)
    await storage.schedules.create({ ...nightly, tenantId: 'T2', id: 'S2', nextDueAt: 500, timeZone: 'Europe/Paris' })
    await storage.schedules.create({ ...nightly, id: 'S3', number: 8, nextDueAt: 5_000 })
    const due = await storage.schedules.listDue(1_000, 9)
    expect(due).toEqual([
      { tenantId: 'T2', id: 'S2', dueAt: 500 },
      { tenantId: 'T1', id: 'S1', dueAt: 1_000 },
    ])
    expect(await storage.schedules.find('T1', 'S2')).toBeNull()
    expect(await storage.schedules.startRun('T1', 'S2', run(500, 1))).toBeNull()
    expect(await storage.schedules.listMoved(9)).toEqual([{ tenantId: 'T2', id: 'S2' }])
    await storage.schedules.setTimes('T2', 'S2', { timeZone: 'UTC', nextDueAt: 900 })
    expect(await storage.schedules.listMoved(9)).toEqual([])
  })

  it('is paused, resumed and ended once, with its record; what is paused is not due', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await storage.schedules.create(nightly)
    const to = (state: 'active' | 'paused' | 'ended', nextDueAt: number | null, audit = false) =>
      storage.schedules.setState('T1', 'S1', {
        from: state === 'active' ? ['paused'] : ['active', 'paused'],
        to: state,
        nextDueAt,
        ...(audit ? { audit: entry({ command: 'schedule', result: 'cancelled' }) } : {}),
      })
    expect(await to('paused', null)).toBe(true)
    expect(await storage.schedules.listDue(9_000, 9)).toEqual([])
    expect(await storage.schedules.startRun('T1', 'S1', run(1_000, 2_000))).toBeNull()
    expect(await to('active', 3_000)).toBe(true)
    expect(await to('active', 4_000)).toBe(false)
    expect(await to('ended', null, true)).toBe(true)
    expect(await to('ended', null, true)).toBe(false)
    expect(await storage.audit.list('T1', { limit: 9 })).toHaveLength(1)
    expect(await storage.schedules.list('T1', { states: ['active', 'paused'], limit: 9 })).toEqual([])
  })
})
