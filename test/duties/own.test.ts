import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { createOwn } from '../../src/duties/own.ts'
import { watchLeaseMs } from '../../src/start/start-watches.ts'
import type { Claims } from '../../src/storage/types.ts'
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
      const own = createOwn({ claims, owner, log, now: Date.now, leaseMs })
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
    let now = 1_000_000
    // A killed process gives nothing back: its row stays as it was.
    expect(await storage.claims.take('w', 'killed', now, now + watchLeaseMs)).toBe(true)
    let asked = 0
    const claims: Claims = {
      ...storage.claims,
      take: async (name, owner, at, until) => {
        asked += 1
        const taken = await storage.claims.take(name, owner, at, until)
        // The clock of the test goes on by what lies between two questions of a real replica.
        now += Math.ceil(watchLeaseMs / 3)
        return taken
      },
    }
    let begunAt = 0
    // Each real pause is short (30 ms / 3); the lease in the row is the killed owner's.
    const { stop } = createOwn({ claims, owner: 'next', log, now: () => now, leaseMs: 30 })('w', async (signal) => {
      begunAt ||= asked
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    })
    await vi.waitFor(() => expect(begunAt).toBeGreaterThan(0), 5_000)
    await stop()
    // Not while the killed one's lease holds (3 questions), and at the first question after it.
    expect(begunAt).toBeGreaterThan(3)
    expect(begunAt).toBeLessThanOrEqual(5)
    expect((watchLeaseMs * 4) / 3).toBeLessThan(15_000)
  })

  it('is tried again where it failed', async () => {
    const { storage } = await open()
    let runs = 0
    const own = createOwn({ claims: storage.claims, owner: 'r', log, now: Date.now, leaseMs: 90 })
    const { stop } = own('w', async () => {
      runs += 1
      if (runs < 3) throw new Error('it failed')
    })
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2), 5_000)
    await stop()
    expect(await storage.claims.take('w', 'another', Date.now(), Date.now() + 1)).toBe(true)
  })
})
