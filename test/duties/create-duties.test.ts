import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { createDuties, type Duty } from '../../src/duties/create-duties.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const log = pino({ level: 'silent' })
const far = 3_600_000

eachDatabase('duties', (open) => {
  async function replicas(...owners: readonly string[]) {
    const { storage } = await open()
    return { storage, all: owners.map((owner) => createDuties({ claims: storage.claims, owner, log })) }
  }
  /** Counts its rounds, and how many of them ran at once. */
  function counted(over: Partial<Duty> = {}) {
    const seen = { rounds: 0, running: 0, most: 0 }
    const duty: Duty = {
      ...{ name: 'count', everyMs: 5, firstMs: 0, by: 'each' },
      async round() {
        seen.rounds += 1
        seen.running += 1
        seen.most = Math.max(seen.most, seen.running)
        await new Promise((resolve) => setImmediate(resolve))
        seen.running -= 1
      },
      ...over,
    }
    return { seen, duty }
  }

  it('come round one after the other until they are stopped, also where a round fails', async () => {
    const {
      all: [duties],
    } = await replicas('r1')
    const { seen, duty } = counted()
    let failed = 0
    const round = async (signal: AbortSignal) => {
      await duty.round(signal)
      failed += 1
      if (failed < 3) throw new Error('it failed')
    }
    duties?.begin({ ...duty, round })
    await vi.waitFor(() => expect(seen.rounds).toBeGreaterThan(5), 5_000)
    await duties?.stop()
    const { rounds } = seen
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(seen).toEqual({ rounds, running: 0, most: 1 })
  })

  it('of one replica are done by one of many, and by the next once all that it left running has ended', async () => {
    const { storage, all: both } = await replicas('r1', 'r2')
    const { promise, resolve } = Promise.withResolvers<void>()
    const did: string[] = []
    for (const [n, duties] of both.entries()) {
      duties.begin({
        ...{ name: 'one', everyMs: far, firstMs: 0, by: 'one, promptly' },
        round: async () => void did.push(`r${n}`),
        settled: async () => {
          if (did.length === 1) await promise
          did.push(`settled r${n}`)
        },
      })
    }
    await vi.waitFor(() => expect(did).toHaveLength(1), 5_000)
    const first = Number(did[0]?.slice(1))
    const stopped = both[first]?.stop()
    expect(await storage.claims.take('one', 'a third', 1)).toBe(false)
    resolve()
    await stopped
    await vi.waitFor(() => expect(did).toHaveLength(3), 10_000)
    await both[1 - first]?.stop()
    expect(did).toEqual([`r${first}`, `settled r${first}`, `r${1 - first}`, `settled r${1 - first}`])
  })

  it('have their next round at once where they are woken, also in the middle of one', async () => {
    const {
      all: [duties],
    } = await replicas('r1')
    const { seen, duty } = counted({ everyMs: far, firstMs: far })
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = async (signal: AbortSignal) => {
      await duty.round(signal)
      if (seen.rounds === 2) await promise
    }
    const begun = duties?.begin({ ...duty, round: slow })
    begun?.wake()
    await vi.waitFor(() => expect(seen.rounds).toBe(1), 5_000)
    begun?.wake()
    await vi.waitFor(() => expect(seen.rounds).toBe(2), 5_000)
    begun?.wake()
    resolve()
    await vi.waitFor(() => expect(seen.rounds).toBe(3), 5_000)
    await duties?.stop()
    expect(seen.rounds).toBe(3)
  })
})
