import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, type FleetTenant, startFleet } from '../helpers/fleet.ts'
import { hasPostgres } from '../helpers/fresh-postgres.ts'
import { allOver, judge } from '../helpers/judge-fleet.ts'
import { createTap, type Tap } from '../helpers/pour.ts'

/** Orders that change something, to each replica: more than one process runs of a tenant at a time (20), and of a cluster (10). */
const flood = 40

describe.skipIf(!hasPostgres())('one tenant that floods two replicas on one Postgres', () => {
  let fleet: Fleet
  let taps: readonly Tap[]
  const acknowledged = new Map<string, string>()

  beforeAll(async () => {
    fleet = await startFleet({ tenants: 2, speed: 20 })
    await Promise.all([fleet.start(), fleet.start()])
    taps = fleet.replicas.map(({ port }) => createTap(`http://127.0.0.1:${port}`, 's'))
  })
  afterAll(async () => {
    for (const tap of taps ?? []) tap.close()
    await fleet?.stop()
  })

  /** An order straight to one replica; resolves once that one has taken it, sent again as Slack does. */
  async function order(through: Tap, { team, user, channel, service }: FleetTenant): Promise<string> {
    const { ts } = fleet.slack.say(team, user, channel, 'ordre')
    const text = `<@U0NOXFLEET> redémarre ${service} en staging`
    for (let tries = 0; ; tries += 1) {
      const status = await through.mention(team, { user, channel, ts, text }, `Ev${team}${ts}`)
      if (status === 200) break
      if (tries === 9) throw new Error(`nobody took an order: ${status}`)
    }
    acknowledged.set(ts, channel)
    return ts
  }

  it('does not hold up the first order of another, loses none of its own, and does none twice', {
    timeout: 240_000,
  }, async () => {
    const [busy, other] = fleet.tenants as [FleetTenant, FleetTenant]
    const done = async ({ id }: FleetTenant, threads?: readonly string[]) =>
      (await fleet.storage.ledger.list(id, { limit: 1_000 })).filter(
        ({ state, place }) => state === 'done' && (threads === undefined || threads.includes(place.threadTs ?? '')),
      ).length
    await Promise.all(taps.flatMap((tap) => Array.from({ length: flood }, () => order(tap, busy))))
    const first = await Promise.all(taps.map((tap) => order(tap, other)))
    await expect.poll(() => done(other, first), { timeout: 120_000, interval: 20 }).toBe(first.length)
    // It came after the whole flood, and is done before half of it.
    expect(await done(busy)).toBeLessThan(flood)
    const found = judge(fleet, acknowledged, await allOver(fleet))
    expect(found).toEqual({
      ...{ acknowledged: 2 * flood + first.length, lost: 0, twice: 0, unknown: 0, silent: 0, wrongThread: 0 },
    })
    for (const { id } of fleet.tenants) expect(await fleet.storage.audit.verify(id)).toMatchObject({ ok: true })
  })
})
