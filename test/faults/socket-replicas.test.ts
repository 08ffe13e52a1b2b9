import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Fleet, startFleet } from '../helpers/fleet.ts'
import { hasPostgres } from '../helpers/fresh-postgres.ts'
import { allOver, judge } from '../helpers/judge-fleet.ts'

const patience = { timeout: 60_000, interval: 50 }

describe.skipIf(!hasPostgres())('Socket Mode with several replicas on one Postgres', () => {
  let fleet: Fleet
  const acknowledged = new Map<string, string>()
  const restartAll = () =>
    Promise.all(
      fleet.tenants.map(async (tenant) => {
        const thread = await fleet.order(tenant, `redémarre ${tenant.service} en staging`)
        acknowledged.set(thread, tenant.channel)
        return { tenant, thread }
      }),
    )
  const found = async () => judge(fleet, acknowledged, await allOver(fleet))

  beforeAll(async () => {
    fleet = await startFleet({ tenants: 4, speed: 20, socket: true })
    await fleet.start()
    await vi.waitFor(() => expect(fleet.slack.connections).toBe(1), patience)
    await fleet.start()
  })
  afterAll(() => fleet?.stop())

  it('has one connection, which another replica opens when its owner is killed: nothing is lost or done twice', {
    timeout: 120_000,
  }, async () => {
    const [owner] = fleet.replicas
    await restartAll()
    expect(fleet.slack.connections).toBe(1)
    const sending = restartAll()
    await sleep(Math.random() * 200)
    await owner?.end('SIGKILL')
    await sending
    await restartAll()
    expect(fleet.slack.connections).toBe(1)
    expect(await found()).toMatchObject({ acknowledged: 12, lost: 0, twice: 0, silent: 0, wrongThread: 0 })
  })

  it('does once what Slack delivers again to the next owner', { timeout: 120_000 }, async () => {
    const [{ tenant, thread }] = (await restartAll()) as [Awaited<ReturnType<typeof restartAll>>[number]]
    await fleet.start()
    await fleet.replicas[0]?.end('SIGTERM')
    const event = { type: 'app_mention', user: tenant.user, text: '<@U0NOXFLEET> redémarre', ts: thread }
    const again = () =>
      fleet.slack
        .emit(tenant.team, { ...event, channel: tenant.channel }, { eventId: `Ev${tenant.team}${thread}` })
        .then(({ status }) => status)
    await expect.poll(again, patience).toBe(200)
    expect(fleet.slack.connections).toBe(1)
    expect(await found()).toMatchObject({ acknowledged: 16, lost: 0, twice: 0, unknown: 0, silent: 0, wrongThread: 0 })
    expect(await fleet.actions()).toHaveLength(16)
  })
})
