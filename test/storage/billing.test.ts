import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plans, takesPlace } from '../../src/domain/plans.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { asRemoved, defaultMember } from '../../src/permissions/index.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Places } from '../../src/storage/types/members.ts'
import { createVault } from '../../src/vault/index.ts'
import { createTenant, entry, newAction, quota } from '../helpers/actions.ts'
import { eachDatabase, testKey } from '../helpers/each-database.ts'

const places = (most: number): Places => ({ most, takes: (member) => takesPlace(plans.starter, member), now: 5 })
const person = (n: number) =>
  defaultMember('company', 'member', { tenantId: 'T1', id: `M${n}`, slackUserId: `U${n}`, name: `P${n}` })
const subscription = { id: 'sub_1', plan: 'professional', state: 'active' } as Subscription
const row = (version: number) => ({ customerId: 'cus_1', subscription, version })

eachDatabase('plans and payments', (open, dialect) => {
  it('gives the last place of a plan to one of many who speak at once; the others are there, paused', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const made = await Promise.all(Array.from({ length: 12 }, (_, n) => storage.members.create(person(n), places(5))))
    expect(made.filter(({ pausedAt }) => pausedAt === undefined)).toHaveLength(5)
    expect(made.filter(({ pausedAt }) => pausedAt === 5)).toHaveLength(7)
    const guest = defaultMember('company', 'guest', { ...person(90), id: 'G', slackUserId: 'UG' })
    expect((await storage.members.create(guest, places(5))).pausedAt).toBeUndefined()
    expect(await storage.members.admit(person(91), entry({}), places(5))).toBe('full')
    const first = made.find(({ pausedAt }) => pausedAt === undefined)
    if (first) await storage.members.update(asRemoved(first, 6))
    expect(await storage.members.admit(person(91), entry({}), places(5))).toMatchObject({ id: 'M91' })
  })

  it('takes each event once, and a change only on the version that it was made on', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const event = { id: 'evt_1', type: 'invoice.paid', createdAt: 3 }
    const tenant = { plan: 'professional', planUntil: null }
    const both = await Promise.all([
      storage.billing.save('T1', row(0), { event, tenant }),
      storage.billing.save('T1', row(0), { event, tenant }),
    ])
    expect(both.toSorted()).toEqual(['saved', 'stale'])
    expect(await storage.billing.save('T1', row(1), { event })).toBe('duplicate')
    expect(await storage.billing.find('T1')).toEqual(row(1))
    expect(await storage.tenants.find('T1')).toMatchObject(tenant)
    expect(await storage.billing.hasEvent('T1', 'evt_1')).toBe(true)
    expect(await storage.billing.customers()).toEqual([{ tenantId: 'T1', customerId: 'cus_1' }])
    expect(await storage.billing.find('T2')).toBeNull()
  })

  it('lets one of many tell, settle or meter', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const ten = Array.from({ length: 10 })
    const told = await Promise.all(ten.map(() => storage.billing.tellOnce('T1', 'actions.80 2026-11', 1)))
    expect(told.filter(Boolean)).toHaveLength(1)
    await storage.billing.untell('T1', 'actions.80 2026-11')
    expect(await storage.billing.tellOnce('T1', 'actions.80 2026-11', 2)).toBe(true)
    const settled = await Promise.all(ten.map(() => storage.billing.settle('T1', null, 'starter')))
    expect(settled.filter(Boolean)).toHaveLength(1)
    const none = { reported: 0, pending: 0 }
    const metered = await Promise.all(
      ten.map((_, n) => storage.billing.setMetered('T1', '2026-11', none, { reported: 0, pending: n + 1 })),
    )
    expect(metered.filter(Boolean)).toHaveLength(1)
  })

  it('counts the units of a month: those of actions that ended, and those that may be given back', async () => {
    const { storage } = await open()
    await createTenant(storage)
    const actions = Array.from({ length: 5 }, () => newAction({ quota: quota(50, 50) }))
    for (const action of actions) await storage.ledger.accept(action)
    const finish = (at: number, giveBack: boolean) =>
      storage.ledger.finish('T1', actions[at]?.id ?? '', 1, {
        state: giveBack ? 'failed' : 'done',
        audit: entry({ actionId: actions[at]?.id ?? '' }),
        giveBack,
        messageTs: null,
        now: 9,
      })
    await finish(0, false)
    await finish(1, false)
    await finish(2, true)
    expect(await storage.billing.countedInMonth('T1', '2026-11')).toEqual({ ended: 2, open: 2 })
    expect(await storage.billing.monthsUsed(['2026-11', '2026-10'])).toEqual([
      { tenantId: 'T1', period: '2026-11', used: 4 },
    ])
    expect((await storage.billing.lastActive('T1')).get('M1')).toBeGreaterThan(0)
  })

  it('loses no unit and grants none too many, however orders of two processes fail, wait, expire and are taken over', async () => {
    const { storage, where } = await open()
    // A file of SQLite has one process.
    const other = dialect === 'postgres' ? await openStorage(where, createVault([testKey])) : storage
    const step = fc.record({
      by: fc.boolean(),
      do: fc.constantFrom('accept', 'done', 'failed', 'refuse', 'wait', 'begin', 'cancel', 'expire', 'crash', 'late'),
      at: fc.nat(20),
    })
    let tenants = 0
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 6 }),
          fc.array(step, { minLength: 5, maxLength: 30 }),
          async (most, steps) => {
            tenants += 1
            const tenantId = await createTenant(storage, `T${tenants}`)
            const claim = quota(1_000, most)
            const mine: { id: string; fence: number }[] = []
            let now = 1_000
            const ending = (id: string, state: 'done' | 'failed' | 'refused' | 'cancelled', giveBack: boolean) =>
              ({ state, audit: entry({ actionId: id }), giveBack, messageTs: null, now }) as const
            const one = async ({ by, do: act, at }: (typeof steps)[number]) => {
              const { ledger } = by ? storage : other
              const known = mine[at % Math.max(1, mine.length)]
              if (act === 'accept') {
                const accepted = await ledger.accept(newAction({ tenantId, quota: claim, now, leaseMs: 0 }))
                if (accepted.kind === 'accepted') mine.push(accepted.action)
              } else if (act === 'crash') {
                // Its lease runs out, and another process takes it over with a fence of its own.
                now += 100
                const taken = await ledger.takeAbandoned({ leaseMs: 0, limit: 20 })
                for (const each of taken.filter((action) => action.tenantId === tenantId)) {
                  const known = mine.find(({ id }) => id === each.id)
                  if (known) known.fence = each.fence
                }
              } else if (!known) return
              else if (act === 'done')
                await ledger.finish(tenantId, known.id, known.fence, ending(known.id, 'done', false))
              else if (act === 'failed')
                await ledger.finish(tenantId, known.id, known.fence, ending(known.id, 'failed', true))
              else if (act === 'late')
                await ledger.finish(tenantId, known.id, known.fence - 1, ending(known.id, 'failed', true))
              else if (act === 'wait') {
                const waiting = { waitingFor: 'approval', waiting: {}, expiresAt: now + 50 } as const
                await ledger.wait(tenantId, known.id, known.fence, waiting)
              } else if (act === 'begin') {
                const begun = await ledger.begin(tenantId, known.id, {
                  now,
                  leaseMs: 0,
                  quota: null,
                  plan: { kind: 'run' },
                })
                if (begun?.kind === 'accepted') known.fence = begun.action.fence
              } else if (act === 'refuse') await ledger.settle(tenantId, known.id, ending(known.id, 'refused', true))
              else if (act === 'cancel') await ledger.settle(tenantId, known.id, ending(known.id, 'cancelled', true))
              else {
                now += 100
                await ledger.expireOverdue(now, 20)
              }
            }
            const check = async () => {
              const [used, { ended, open: going }] = [
                (await storage.tenants.quotaUsed(tenantId, 'M1', claim.day, claim.month)).month,
                await storage.billing.countedInMonth(tenantId, claim.month),
              ]
              expect([used, used <= most]).toEqual([ended + going, true])
            }
            // Three at a time, as they come.
            for (let from = 0; from < steps.length; from += 3) {
              await Promise.all(steps.slice(from, from + 3).map(one))
              await check()
            }
          },
        ),
        { numRuns: dialect === 'postgres' ? 25 : 60 },
      )
    } finally {
      if (other !== storage) await other.close()
    }
  })

  it.runIf(dialect === 'postgres')(
    'two processes at the limit never exceed it, and a refusal costs nothing',
    async () => {
      const { storage, where } = await open()
      const other = await openStorage(where, createVault([testKey]))
      try {
        await createTenant(storage)
        const orders = Array.from({ length: 120 }, () => newAction({ quota: quota(1_000, 40) }))
        const accepted = await Promise.all(orders.map((order, n) => (n % 2 ? other : storage).ledger.accept(order)))
        expect(accepted.filter(({ kind }) => kind === 'accepted')).toHaveLength(40)
        expect(accepted.filter(({ kind }) => kind === 'exhausted')).toHaveLength(80)
        const used = () => storage.tenants.quotaUsed('T1', 'M1', '2026-11-24', '2026-11')
        expect(await used()).toEqual({ day: 40, month: 40 })
        const begun = accepted.flatMap((each) => (each.kind === 'accepted' ? [each.action] : []))
        await Promise.all(
          begun.slice(0, 10).map(({ id, fence }, n) =>
            (n % 2 ? storage : other).ledger.finish('T1', id, fence, {
              state: 'failed',
              audit: entry({ actionId: id }),
              giveBack: true,
              messageTs: null,
              now: 9,
            }),
          ),
        )
        expect(await used()).toEqual({ day: 30, month: 30 })
        const again = Array.from({ length: 30 }, () => newAction({ quota: quota(1_000, 40) }))
        const more = await Promise.all(again.map((order, n) => (n % 2 ? other : storage).ledger.accept(order)))
        expect(more.filter(({ kind }) => kind === 'accepted')).toHaveLength(10)
        expect(await used()).toEqual({ day: 40, month: 40 })
      } finally {
        await other.close()
      }
    },
  )
})
