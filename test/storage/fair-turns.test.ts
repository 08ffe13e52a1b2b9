import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRoundRobin, pickInTurn } from '../../src/domain/round-robin.ts'
import type { Storage } from '../../src/storage/types/storage.ts'
import { createTenant, entry, newAction } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

eachDatabase('the database, where one tenant asks for much at once', (open) => {
  let storage: Storage
  const much = 1_200
  beforeEach(async () => {
    storage = (await open()).storage
    for (const id of ['many', 'one']) await createTenant(storage, id)
  })

  /** How many of the many come to their end before the one that is asked for after them. */
  async function before(ask: (tenantId: string) => Promise<unknown>, count = much): Promise<number> {
    let over = 0
    const all = Promise.all(
      Array.from({ length: count }, async () => {
        await ask('many')
        over += 1
      }),
    )
    await ask('one')
    const seen = over
    await all
    return seen
  }

  it('takes the order of another with the next group', async () => {
    const accept = (tenantId: string) => storage.ledger.accept(newAction({ tenantId }))
    await accept('many')
    // The group that is under way, and the one that both have their turn in.
    expect(await before(accept)).toBeLessThanOrEqual(512)
  })

  it('writes what another changes in its turn', async () => {
    const audit = (tenantId: string) => storage.audit.append(tenantId, entry())
    expect(await before(audit, 700)).toBeLessThanOrEqual(512)
  })

  it('reads for another also where the first one never stops reading', async () => {
    let isRead = false
    let over = 0
    const readOn = async () => {
      while (!isRead && over < 20_000) {
        await storage.tenants.find('many')
        over += 1
        await new Promise(setImmediate)
      }
    }
    const reading = Array.from({ length: 300 }, readOn)
    await new Promise((begun) => setTimeout(begun, 5))
    const start = over
    await storage.tenants.find('one')
    isRead = true
    expect(over - start).toBeLessThanOrEqual(600)
    await Promise.all(reading)
  })
})

describe('turns of those who wait', () => {
  const arbitraryItems = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), n: fc.nat() }), {
    maxLength: 60,
  })

  it('are another’s each time, as long as several wait, and each keeps its own order', () => {
    fc.assert(
      fc.property(arbitraryItems, (items) => {
        const queue = createRoundRobin<(typeof items)[number]>()
        for (const item of items) queue.add(item.key, item)
        const left = new Map<string, number>()
        for (const { key } of items) left.set(key, (left.get(key) ?? 0) + 1)
        const taken: typeof items = []
        let last: string | undefined
        while (queue.size > 0) {
          const item = queue.take()
          if (!item) throw new Error('nothing there')
          if (item.key === last) expect([...left].filter(([key, n]) => key !== last && n > 0)).toEqual([])
          left.set(item.key, (left.get(item.key) ?? 0) - 1)
          last = item.key
          taken.push(item)
        }
        for (const key of ['a', 'b', 'c', 'd'])
          expect(taken.filter((item) => item.key === key)).toEqual(items.filter((item) => item.key === key))
      }),
    )
  })

  it('give each the same share of what there is place for, and lose nothing', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.integer({ min: 1, max: 20 }), (items, most) => {
        const { picked, left } = pickInTurn(items, most, ({ key }) => key)
        expect(picked.length).toBe(Math.min(most, items.length))
        expect(new Set([...picked, ...left])).toEqual(new Set(items))
        const of = (list: typeof picked, key: string) => list.filter((item) => item.key === key)
        for (const key of ['a', 'b', 'c', 'd']) {
          expect([...of(picked, key), ...of(left, key)]).toEqual(of(items, key))
          if (of(left, key).length === 0) continue
          for (const other of ['a', 'b', 'c', 'd'])
            expect(of(picked, other).length).toBeLessThanOrEqual(of(picked, key).length + 1)
        }
      }),
    )
  })
})
