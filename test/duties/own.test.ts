import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { createOwn, promptLeaseMs } from '../../src/duties/own.ts'
import type { Claims } from '../../src/storage/types/claims.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const log = pino({ level: 'silent' })

eachDatabase('work of one replica', (open) => {
  /** Replicas of one NOX, and what each does of the work `w`. */
  async function replicas(count: number, leaseMs = 600) {
    const { storage } = await open()
    const running = new Set<string>()
    const overlaps: string[][] = []
    const begun: string[] = []
    const start = (owner: string) => {
      const claims = { ...storage.claims }
      const own = createOwn({ claims, owner, log, leaseMs })
      const held = own('w', async (signal) => {
        begun.push(owner)
        running.add(owner)
        if (running.size > 1) overlaps.push([...running])
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
        running.delete(owner)
      })
      return { ...held, cutOff: () => Object.assign(claims, { take: () => Promise.reject(new Error('no database')) }) }
    }
    const all = Array.from({ length: count }, (_, n) => start(`r${n}`))
    const one = () => vi.waitFor(() => expect(running.size).toBe(1), 5_000)
    return { all, running, overlaps, begun, one, stop: () => Promise.all(all.map(({ stop }) => stop())) }
  }

  it('is done by one of many at a time, and by the next when that one stops', async () => {
    const { all, running, overlaps, begun, one, stop } = await replicas(4)
    await one()
    const first = Number(begun[0]?.slice(1))
    await sleep(1_300)
    expect(begun).toHaveLength(1)
    await all[first]?.stop()
    expect(running.size).toBe(0)
    await one()
    await stop()
    expect(begun).toHaveLength(2)
    expect(overlaps).toEqual([])
  })

  it('ends before its lease does where its owner loses the database, and goes on elsewhere', async () => {
    const { all, overlaps, begun, running, stop } = await replicas(2)
    await vi.waitFor(() => expect(begun).toHaveLength(1), 5_000)
    all[Number(begun[0]?.slice(1))]?.cutOff()
    await vi.waitFor(() => expect(begun).toHaveLength(2), 10_000)
    expect(running.size).toBe(1)
    await stop()
    expect(overlaps).toEqual([])
  })

  it('is taken over, once the lease is over, from an owner that was killed', async () => {
    const { storage } = await open()
    // A killed process gives nothing back: its row stays as it was.
    expect(await storage.claims.take('w', 'killed', 400)).toBe(true)
    const answers: boolean[] = []
    const claims: Claims = {
      ...storage.claims,
      take: async (...asked) => {
        const taken = await storage.claims.take(...asked)
        answers.push(taken)
        return taken
      },
    }
    let seen: boolean[] | undefined
    const { stop } = createOwn({ claims, owner: 'next', log, leaseMs: 90 })('w', async (signal) => {
      seen ??= [...answers]
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    })
    await vi.waitFor(() => expect(seen).toBeDefined(), 5_000)
    await stop()
    // It asked in vain while the killed one's lease held, and began with the first that it was given.
    expect(seen?.indexOf(true)).toBeGreaterThan(0)
    expect(seen?.filter(Boolean)).toHaveLength(1)
    expect((promptLeaseMs * 4) / 3).toBeLessThan(15_000)
  })

  it('is tried again where it failed', async () => {
    const { storage } = await open()
    let runs = 0
    const own = createOwn({ claims: storage.claims, owner: 'r', log, leaseMs: 90 })
    const { stop } = own('w', async () => {
      runs += 1
      if (runs < 3) throw new Error('it failed')
    })
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2), 5_000)
    await stop()
    expect(await storage.claims.take('w', 'another', 1)).toBe(true)
  })
})
