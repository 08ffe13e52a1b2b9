import { expect, it } from 'vitest'
import { createTenant, entry, newAction, quota } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

eachDatabase('the ledger', (open) => {
  it('makes one action of one event, whatever arrives at once, and numbers without a gap', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const events = Array.from({ length: 40 }, (_, index) => `event-${index % 20}`)
    const accepted = await Promise.all(events.map((eventId) => storage.ledger.accept(newAction({ eventId }))))
    expect(accepted.filter(({ kind }) => kind === 'accepted')).toHaveLength(20)
    expect(new Set(accepted.map(({ action }) => action.id)).size).toBe(20)
    const numbers = accepted.filter(({ kind }) => kind === 'accepted').map(({ action }) => action.number)
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  it('takes nothing for a tenant that is not there', async () => {
    const { storage } = await open()
    await createTenant(storage)
    await expect(storage.ledger.accept(newAction({ tenantId: 'gone' }))).rejects.toThrow()
    await expect(storage.ledger.accept(newAction({ tenantId: 'gone', quota: quota(50) }))).rejects.toThrow()
    expect(await storage.ledger.list('gone', { limit: 10 })).toEqual([])
  })

  it('lets exactly 50 of 200 concurrent orders through a limit of 50, and tells and audits the others', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const orders = Array.from({ length: 200 }, () => newAction({ quota: quota(50) }))
    const accepted = await Promise.all(orders.map((order) => storage.ledger.accept(order)))
    expect(accepted.filter(({ kind }) => kind === 'accepted')).toHaveLength(50)
    expect(accepted.filter((each) => each.kind === 'exhausted' && each.which === 'day')).toHaveLength(150)
    expect(await storage.tenants.quotaUsed('T1', 'M1', '2026-11-24', '2026-11')).toEqual({ day: 50, month: 50 })
    expect(await storage.audit.verify('T1')).toEqual({ ok: true, count: 150, brokenAt: null })
  })

  it('stores the others where one order of many can not be stored', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const { action } = await storage.ledger.accept(newAction())
    const orders = [newAction(), newAction({ id: action.id }), newAction()]
    const settled = await Promise.allSettled(orders.map((order) => storage.ledger.accept(order)))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await storage.ledger.list('T1', { limit: 10 })).toHaveLength(3)
    await expect(storage.ledger.accept(newAction())).resolves.toMatchObject({ kind: 'accepted' })
  })

  it('chains the ends of many actions that share a commit', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const accepted = await Promise.all(Array.from({ length: 30 }, () => storage.ledger.accept(newAction())))
    const ending = { state: 'done', audit: entry(), giveBack: false, messageTs: '1.2', now: 3_000 } as const
    await Promise.all(accepted.map(({ action }) => storage.ledger.finish('T1', action.id, 1, ending)))
    expect(await storage.audit.verify('T1')).toEqual({ ok: true, count: 30, brokenAt: null })
    expect(await storage.ledger.find('T1', accepted[0]?.action.id ?? '')).toMatchObject({ messageTs: '1.2' })
  })

  it('gives the day back where the month is used up, and takes nothing at a limit below one', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const first = await storage.ledger.accept(newAction({ quota: quota(10, 1) }))
    const second = await storage.ledger.accept(newAction({ quota: quota(10, 1) }))
    const third = await storage.ledger.accept(newAction({ quota: quota(0) }))
    expect([first.kind, second.kind, third.kind]).toEqual(['accepted', 'exhausted', 'exhausted'])
    expect(second).toMatchObject({ which: 'month', action: { state: 'refused', counted: false } })
    expect(await storage.tenants.quotaUsed('T1', 'M1', '2026-11-24', '2026-11')).toEqual({ day: 1, month: 1 })
  })

  it('tells with an order that takes none what is used of its quotas, for this person and this day', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const { day, month } = quota(10)
    const tellsUsed = { day, month }
    expect(await storage.ledger.accept(newAction({ tellsUsed }))).toMatchObject({ used: { day: 0, month: 0 } })
    for (let count = 0; count < 3; count += 1) await storage.ledger.accept(newAction({ quota: quota(10) }))
    expect(await storage.ledger.accept(newAction({ tellsUsed }))).toMatchObject({ used: { day: 3, month: 3 } })
    const tomorrow = await storage.ledger.accept(newAction({ tellsUsed: { day: '2026-11-25', month } }))
    expect(tomorrow).toMatchObject({ used: { day: 0, month: 3 } })
    expect(await storage.ledger.accept(newAction())).not.toHaveProperty('used')
  })

  it('ends an action once, with its audit record, and gives its quota back once', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const { action } = await storage.ledger.accept(newAction({ quota: quota(10) }))
    const ending = { state: 'failed', audit: entry({ result: 'failed' }), giveBack: true, now: 3_000 } as const
    const ended = await Promise.all([1, 2, 3].map(() => storage.ledger.finish('T1', action.id, 1, ending)))
    expect(ended.filter(Boolean)).toHaveLength(1)
    expect(await storage.ledger.find('T1', action.id)).toMatchObject({ state: 'failed', finishedAt: 3_000 })
    expect(await storage.tenants.quotaUsed('T1', 'M1', '2026-11-24', '2026-11')).toEqual({ day: 0, month: 0 })
    expect(await storage.audit.list('T1', { limit: 10 })).toHaveLength(1)
  })

  it('listens to nobody whose fence is old', async () => {
    const { storage } = await open()
    const { ledger } = storage
    await createTenant(storage)
    const { action } = await ledger.accept(newAction({ leaseMs: 0 }))
    const options = { leaseMs: 30_000, limit: 10 }
    const takers = await Promise.all([ledger.takeAbandoned(options), ledger.takeAbandoned(options)])
    const taken = takers.flat()
    expect(taken).toHaveLength(1)
    expect(taken[0]).toMatchObject({ id: action.id, fence: 2 })
    expect(await ledger.setStep('T1', action.id, 1, 'late')).toBe(false)
    const { id } = action
    expect(await ledger.renew('T1', [{ id, fence: 1 }], 30_000)).toEqual(new Map())
    const renewed = await ledger.renew(
      'T1',
      [
        { id, fence: 2 },
        { id: 'another', fence: 2 },
      ],
      30_000,
    )
    expect([...renewed]).toEqual([[id, { cancelRequestedBy: null }]])
    const late = { state: 'done', audit: entry(), giveBack: false, now: 50_000 } as const
    expect(await ledger.finish('T1', action.id, 1, late)).toBe(false)
    expect(await ledger.finish('T1', action.id, 2, late)).toBe(true)
    expect(await storage.audit.list('T1', { limit: 10 })).toHaveLength(1)
  })

  it('takes up the first of each tenant before the second of any', async () => {
    const { storage } = await open()
    const { ledger } = storage
    for (const id of ['T1', 'T2', 'T3']) await createTenant(storage, id)
    const left = (isQueued: boolean) =>
      Array.from({ length: 40 }, () => newAction({ leaseMs: 0, isQueued, memberId: 'M1' }))
    await ledger.acceptAll(left(false))
    await ledger.acceptAll(left(true))
    for (const tenantId of ['T2', 'T3']) {
      for (const isQueued of [false, true])
        await ledger.accept(newAction({ tenantId, leaseMs: 0, isQueued, now: 2_000 }))
    }
    const taken = await ledger.takeAbandoned({ leaseMs: 30_000, limit: 4 })
    expect(taken.map(({ tenantId }) => tenantId).sort()).toEqual(['T1', 'T1', 'T2', 'T3'])
    const queued = (await ledger.listQueued(4)).map(({ tenantId }) => tenantId)
    expect([...queued].sort()).toEqual(['T1', 'T1', 'T2', 'T3'])
    expect(await ledger.takeAbandoned({ leaseMs: 30_000, limit: 100 })).toHaveLength(38)
  })

  it('begins a waiting action exactly once, whoever presses at the same time', async () => {
    const { storage } = await open()
    const { ledger } = storage
    await createTenant(storage)
    const { action } = await ledger.accept(newAction())
    const waiting = {
      waitingFor: 'approval',
      waiting: { group: 'seniors', facts: { before: 'v1' } },
      expiresAt: 9_000,
    } as const
    expect(await ledger.wait('T1', action.id, 1, waiting, entry({ result: 'requested' }))).toBe(true)
    expect(await ledger.addApproval('T1', action.id, 'U2', 1)).toEqual(['U2'])
    expect(await ledger.addApproval('T1', action.id, 'U2', 2)).toEqual(['U2'])
    expect(await ledger.addApproval('T1', action.id, 'U3', 3)).toEqual(['U2', 'U3'])
    const begin = { now: 5_000, leaseMs: 30_000, quota: quota(10), plan: { kind: 'run' } } as const
    const begun = await Promise.all([1, 2, 3, 4].map(() => ledger.begin('T1', action.id, begin)))
    expect(begun.filter((each) => each !== null)).toHaveLength(1)
    const settle = { state: 'cancelled', audit: entry({ result: 'cancelled' }), giveBack: true, now: 6_000 } as const
    expect(await ledger.settle('T1', action.id, settle)).toBe(false)
    expect(await ledger.find('T1', action.id)).toMatchObject({ state: 'running', fence: 2, counted: true })
    expect((await ledger.find('T1', action.id))?.waiting?.facts).toEqual({ before: 'v1' })
  })

  it('ends what nobody answered in time, once, and finds what was never asked', async () => {
    const { storage } = await open()
    const { ledger } = storage
    await createTenant(storage)
    const { action } = await ledger.accept(newAction())
    await ledger.wait('T1', action.id, 1, { waitingFor: 'confirmation', waiting: {}, expiresAt: 9_000 })
    expect((await ledger.listUntold(2_000, 10)).map(({ id }) => id)).toEqual([action.id])
    await ledger.setWaitingMessage('T1', action.id, '1.2')
    expect(await ledger.listUntold(2_000, 10)).toEqual([])
    expect(await ledger.expireOverdue(8_999, 10)).toEqual([])
    const expired = (await Promise.all([ledger.expireOverdue(9_000, 10), ledger.expireOverdue(9_000, 10)])).flat()
    expect(expired.map(({ state }) => state)).toEqual(['expired'])
    expect((await storage.audit.list('T1', { limit: 10 })).map(({ result }) => result)).toEqual(['expired'])
  })

  it('takes duplicates while the same action changes its state, without a deadlock', async () => {
    const { storage } = await open()
    const { ledger } = storage
    await createTenant(storage)
    for (let round = 0; round < 20; round += 1) {
      const eventId = `event-${round}`
      const { action } = await ledger.accept(newAction({ eventId }))
      const waiting = { waitingFor: 'approval', waiting: {}, expiresAt: 9_000 } as const
      const again = Array.from({ length: 4 }, () => ledger.accept(newAction({ eventId })))
      const waited = ledger.wait('T1', action.id, 1, waiting, entry({ result: 'requested' }))
      expect((await Promise.all(again)).every(({ kind }) => kind === 'duplicate')).toBe(true)
      expect(await waited).toBe(true)
    }
  })

  it('never shows one tenant what is another’s', async () => {
    const { storage } = await open()
    const { ledger } = storage
    await createTenant(storage)
    await createTenant(storage, 'T2')
    const { action } = await ledger.accept(newAction({ eventId: 'same' }))
    const other = await ledger.accept(newAction({ tenantId: 'T2', eventId: 'same' }))
    expect(other.kind).toBe('accepted')
    expect(await ledger.find('T2', action.id)).toBeNull()
    expect(await ledger.findByNumber('T2', 1)).toMatchObject({ id: other.action.id })
    expect(await ledger.requestCancel('T2', action.id, 'U1')).toBe(false)
    expect(await ledger.list('T2', { limit: 10 })).toHaveLength(1)
  })

  it('keeps every kind of text, NUL included', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const text = 'é 🚀 \0 "quoted" \\ \n <!channel>'
    const { action } = await storage.ledger.accept(newAction({ args: { text }, resource: text }))
    const found = await storage.ledger.find('T1', action.id)
    expect(found?.resource).toBe(text.replace('\0', '\uFFFD'))
    expect(found?.args.text).toBe(text)
  })
})
