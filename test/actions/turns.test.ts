import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTurns } from '../../src/actions/turns.ts'

const never = new AbortController().signal
const quiet = () => {}
const settle = () => new Promise((resolve) => setImmediate(resolve))

it('gives another tenant its turn next, however many orders of the first one wait', async () => {
  const turns = createTurns({ all: 2, tenant: 2, cluster: 2 })
  const begun: string[] = []
  const order = (tenantId: string, name: string) =>
    turns.take({ tenantId, clusterId: null }, never, quiet).then(async (end) => {
      begun.push(name)
      await settle()
      end()
    })
  const flood = Array.from({ length: 10_000 }, (_, n) => order('flood', `flood ${n}`))
  const others = ['a', 'b', 'c'].map((tenant) => order(tenant, tenant))
  await Promise.all([...flood, ...others])
  // Two of the flood ran already; then each other tenant comes before the flood's fifth.
  for (const tenant of ['a', 'b', 'c']) expect(begun.indexOf(tenant)).toBeLessThan(9)
  expect(begun.filter((name) => name.startsWith('flood'))).toEqual(
    Array.from({ length: 10_000 }, (_, n) => `flood ${n}`),
  )
})

it('tells who has to wait how many of its own tenant come first, and lets them leave', async () => {
  const turns = createTurns({ all: 10, tenant: 1, cluster: 1 })
  const told: number[] = []
  const end = await turns.take({ tenantId: 'T1', clusterId: 'c1' }, never, quiet)
  const leaving = new AbortController()
  const second = turns.take({ tenantId: 'T1', clusterId: 'c1' }, leaving.signal, (n) => told.push(n))
  const third = turns.take({ tenantId: 'T1', clusterId: 'c2' }, never, (n) => told.push(n))
  expect(await turns.take({ tenantId: 'T2', clusterId: 'c1' }, never, (n) => told.push(n))).toBeTypeOf('function')
  await settle()
  expect(told).toEqual([1, 2])
  leaving.abort(new Error('cancelled'))
  await expect(second).rejects.toThrow('cancelled')
  end()
  expect(await third).toBeTypeOf('function')
})

it('holds up no order to another cluster while one has enough to do', async () => {
  const turns = createTurns({ all: 10, tenant: 10, cluster: 1 })
  const take = (clusterId: string, onWait = quiet) => turns.take({ tenantId: 'T1', clusterId }, never, onWait)
  await take('busy')
  let waits = false
  void take('busy', () => {
    waits = true
  })
  await take('free')
  expect(waits).toBe(true)
})

it('counts only those who go first on the cluster, where it is the cluster that has enough to do', async () => {
  const turns = createTurns({ all: 10, tenant: 10, cluster: 1 })
  const told: number[] = []
  const take = (clusterId: string) => turns.take({ tenantId: 'T1', clusterId }, never, (n) => told.push(n))
  await take('elsewhere')
  await take('busy')
  void take('elsewhere')
  void take('busy')
  void take('busy')
  await settle()
  expect(told).toEqual([1, 1, 2])
})

it('never passes a limit, and forgets nobody', async () => {
  const one = fc.record({ tenantId: fc.constantFrom('a', 'b', 'c'), clusterId: fc.constantFrom(null, 'x', 'y') })
  const limits = fc.record({
    all: fc.integer({ min: 1, max: 4 }),
    tenant: fc.integer({ min: 1, max: 3 }),
    cluster: fc.integer({ min: 1, max: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(limits, fc.array(one, { maxLength: 30 }), async (most, claimants) => {
      const turns = createTurns(most)
      const running: (typeof claimants)[number][] = []
      const worst = { all: 0, tenant: 0, cluster: 0 }
      const note = () => {
        for (const each of running) {
          const mine = running.filter(({ tenantId }) => tenantId === each.tenantId)
          const there = mine.filter(({ clusterId }) => clusterId !== null && clusterId === each.clusterId)
          worst.all = Math.max(worst.all, running.length)
          worst.tenant = Math.max(worst.tenant, mine.length)
          worst.cluster = Math.max(worst.cluster, there.length)
        }
      }
      await Promise.all(
        claimants.map(async (claimant) => {
          const end = await turns.take(claimant, never, quiet)
          running.push(claimant)
          note()
          await settle()
          running.splice(running.indexOf(claimant), 1)
          end()
        }),
      )
      expect(running).toEqual([])
      expect(worst.all <= most.all && worst.tenant <= most.tenant && worst.cluster <= most.cluster).toBe(true)
    }),
    { numRuns: 100 },
  )
})
