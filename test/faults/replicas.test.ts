import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, type Replica, startFleet } from '../helpers/fleet.ts'
import { hasPostgres } from '../helpers/fresh-postgres.ts'
import { allOver, judge } from '../helpers/judge-fleet.ts'

/** Kills of one run: 200 by `npm run test:faults`. */
const rounds = Number(process.env.NOX_FAULT_ROUNDS ?? 3)
const manyTenants = rounds > 50 ? 50 : 12
const minute = 60_000

describe.skipIf(!hasPostgres())('replicas on one Postgres', () => {
  let fleet: Fleet
  const acknowledged = new Map<string, string>()
  const restart = async (n: number) => {
    const tenant = fleet.tenants[n % fleet.tenants.length]
    if (!tenant) throw new Error('no tenant')
    acknowledged.set(await fleet.order(tenant, `redémarre ${tenant.service} en staging`), tenant.channel)
  }
  const any = () => fleet.replicas[Math.floor(Math.random() * fleet.replicas.length)] as Replica

  beforeAll(async () => {
    fleet = await startFleet({ tenants: manyTenants, speed: 20 })
    await Promise.all([fleet.start(), fleet.start(), fleet.start()])
  })
  afterAll(() => fleet?.stop())

  it('finish the rollout of one that is killed in the middle of it, and change nothing twice', async () => {
    const [first, ...others] = [...fleet.replicas]
    for (const other of others) other.serve(false)
    await restart(0)
    await expect
      .poll(async () => (await fleet.actions()).map(({ step }) => step), { timeout: minute, interval: 20 })
      .toEqual(['step.rollout.wait'])
    await first?.end('SIGKILL')
    for (const other of others) other.serve(true)
    const [action] = await allOver(fleet)
    expect(action).toMatchObject({ state: 'done', fence: 2 })
    expect(fleet.cluster.changes.map((change) => change.action)).toEqual([action?.id])
    await fleet.start()
  })

  it(`lose nothing and do nothing twice over ${rounds} kills`, { timeout: rounds * 20_000 + 3 * minute }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const sending = Promise.all([0, 1, 2, 3].map((n) => restart(4 * round + n)))
      await sleep(Math.random() * 400)
      await any().end('SIGKILL')
      await Promise.all([sending, fleet.start()])
    }
    const found = judge(fleet, acknowledged, await allOver(fleet))
    process.stdout.write(`${rounds} kills of 3 processes, ${manyTenants} tenants: ${JSON.stringify(found)}\n`)
    expect(found).toMatchObject({ lost: 0, twice: 0, silent: 0, wrongThread: 0 })
    expect(found.acknowledged).toBe(4 * rounds + 1)
    for (const { id } of fleet.tenants) expect(await fleet.storage.audit.verify(id)).toMatchObject({ ok: true })
  })

  it('are upgraded one after the other while orders run: nothing is lost, each rollout comes to its end', async () => {
    const before = acknowledged.size
    for (const replica of [...fleet.replicas]) {
      const sending = Promise.all([0, 1, 2].map((n) => restart(acknowledged.size + n)))
      await fleet.start()
      await replica.end('SIGTERM')
      await sending
    }
    const found = judge(fleet, acknowledged, await allOver(fleet))
    process.stdout.write(`a rolling upgrade of 3 processes: ${JSON.stringify(found)}\n`)
    expect(found).toMatchObject({ lost: 0, twice: 0, unknown: 0, silent: 0, wrongThread: 0 })
    expect(found.acknowledged).toBe(before + 9)
  })
})
