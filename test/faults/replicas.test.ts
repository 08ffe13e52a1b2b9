import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Action, finalStates } from '../../src/domain/action.ts'
import { type Fleet, type Replica, startFleet } from '../helpers/fleet.ts'
import { hasPostgres } from '../helpers/fresh-postgres.ts'

/** Kills of one run: 200 by `npm run test:faults`. */
const rounds = Number(process.env.NOX_FAULT_ROUNDS ?? 3)
const manyTenants = rounds > 50 ? 50 : 12
const minute = 60_000

const isOver = ({ state }: Action) => (finalStates as readonly string[]).includes(state) || state === 'unknown'

/** Resolves when all actions have ended; what is open then is part of the error. */
async function allOver(fleet: Fleet, patience = 2 * minute): Promise<readonly Action[]> {
  const end = Date.now() + patience
  for (;;) {
    const actions = await fleet.actions()
    const open = actions.filter((action) => !isOver(action))
    if (open.length === 0) return actions
    if (Date.now() > end) throw new Error(`still open: ${open.map(({ id, state }) => `${id} ${state}`).join(', ')}`)
    await sleep(250)
  }
}

/** What became of the orders that were acknowledged, by thread. */
function judge(fleet: Fleet, acknowledged: ReadonlyMap<string, string>, actions: readonly Action[]) {
  const changes = fleet.cluster.changes.map(({ action }) => action)
  const byThread = new Map(actions.map((action) => [action.place.threadTs, action]))
  let [lost, unknown, silent, wrongThread] = [0, 0, 0, 0]
  for (const [thread] of acknowledged) {
    const action = byThread.get(thread)
    if (action?.state === 'unknown') unknown += 1
    else if (action?.state !== 'done' || !changes.includes(action.id)) lost += 1
  }
  for (const { channel, service } of fleet.tenants) {
    const said = fleet.slack.messages(channel).map((message) => fleet.slack.apiMessage(message))
    const mine = [...acknowledged].filter(([, place]) => place === channel).map(([thread]) => thread)
    const answers = said.filter((message) => message.thread_ts && message.thread_ts !== message.ts)
    silent += mine.filter((thread) => !answers.some((message) => message.thread_ts === thread)).length
    const isWrong = (message: (typeof said)[number]) =>
      !mine.includes(String(message.thread_ts)) || /svc-\d+/.exec(JSON.stringify(message))?.[0] !== service
    wrongThread += answers.filter(isWrong).length
  }
  const twice = changes.length - new Set(changes).size
  return { acknowledged: acknowledged.size, lost, twice, unknown, silent, wrongThread }
}

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
