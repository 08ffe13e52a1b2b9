import { beforeAll, expect, it, vi } from 'vitest'
import { quotaPeriods } from '../../src/actions/quota.ts'
import { governanceDuties } from '../../src/request/governance/duties.ts'
import { newAction } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { keepOnly } from '../helpers/home.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const freelance = 'T0FREELEA'
const lea = 'U0LEA'

/** A workspace goes to another tenant and back again. */
eachSandbox('a workspace that moves', (sandbox) => {
  const nox = () => sandbox().nox
  const desk = () => nox().channel.governance.workspaces
  const tenantOf = async (team: string) => (await nox().storage.installations.tenantOf(team)) ?? ''
  const settle = (moved: readonly string[]) => {
    for (const tenantId of moved) nox().channel.installations.drop(tenantId)
  }
  async function usedOf(tenantId: string): Promise<number> {
    const { tenant } = (await nox().services.knowledge.snapshot(tenantId)).knowledge
    const { day, month } = quotaPeriods(Date.now(), tenant)
    return (await nox().storage.tenants.quotaUsed(tenantId, 'nobody', day, month)).month
  }
  /** Léa gives orders that count. */
  async function work(times: number, order: string): Promise<void> {
    for (let each = 0; each < times; each += 1) {
      const { ts } = sandbox().slack.say(freelance, lea, '#clients', `@NOX ${order}`)
      await sandbox().answer(ts, /./)
      const running = { states: ['running'], limit: 1 } as const
      await expect.poll(async () => nox().storage.ledger.list(await tenantOf(freelance), running)).toEqual([])
    }
  }
  async function ask(): Promise<string> {
    const issued = await desk().issue(mine, people.alice)
    if (!('code' in issued)) throw new Error(issued.key)
    expect((await desk().ask(await tenantOf(freelance), lea, issued.code)).key).toBe('workspace.asked')
    const [request] = (await desk().list(mine)).requests
    return request?.id ?? ''
  }
  async function join(): Promise<void> {
    const { say, moved } = await desk().accept(mine, people.alice, await ask())
    expect(say.key).toBe('workspace.joined')
    settle(moved)
  }
  async function leave(): Promise<string> {
    const { say, moved } = await desk().leave(mine, people.alice, freelance)
    expect(say.key).toBe('workspace.left')
    settle(moved)
    return tenantOf(freelance)
  }
  let mine = ''

  beforeAll(async () => {
    mine = await tenantOf(societeX)
    await keepOnly(sandbox(), Object.values(people))
    const hers = await tenantOf(freelance)
    const paid = await nox().storage.billing.find(hers)
    if (!paid?.subscription) throw new Error('no subscription')
    const ended = { ...paid, subscription: { ...paid.subscription, state: 'canceled' as const } }
    await nox().storage.billing.save(hers, ended, {})
  })

  it('takes what it used of the month with it, and gets no second month', { timeout: 60_000 }, async () => {
    const before = await tenantOf(freelance)
    await work(3, 'pods de site-y en production')
    const used = await usedOf(before)
    expect(used).toBeGreaterThanOrEqual(3)
    const othersUsed = await usedOf(mine)
    await join()
    // What it brings is no burden of the tenant that takes it in.
    expect(await usedOf(mine)).toBe(othersUsed)
    await work(2, 'pods de user-api en staging')
    const after = await leave()
    expect(await usedOf(after)).toBe(used + 2)
    // Nor is anything counted twice, or forgotten, where it goes round again.
    await join()
    expect(await usedOf(await leave())).toBe(used + 2)
  })

  it('leaves nothing open behind, also where NOX is killed between the two', { timeout: 60_000 }, async () => {
    const hers = await tenantOf(freelance)
    const { storage } = nox()
    const order = newAction({
      tenantId: hers,
      userId: lea,
      plan: { kind: 'ask', waitingFor: 'confirmation', waiting: {} },
    })
    const accepted = await storage.ledger.accept(order)
    if (accepted.kind !== 'accepted') throw new Error(accepted.kind)
    const { id: actionId, fence } = accepted.action
    const until = { waitingFor: 'confirmation', waiting: {}, expiresAt: Date.now() + 3_600_000 } as const
    expect(await storage.ledger.wait(hers, actionId, fence, until)).toBe(true)
    const waiting = async () => (await storage.ledger.list(hers, { states: ['waiting'], limit: 9 })).length
    expect(await waiting()).toBe(1)
    const id = await ask()
    vi.spyOn(storage.schedules, 'list').mockRejectedValueOnce(new Error('it was killed'))
    await expect(desk().accept(mine, people.alice, id)).rejects.toThrow('it was killed')
    settle([mine, hers])
    for (const each of [mine, hers]) nox().services.knowledge.drop(each)
    expect(await tenantOf(freelance)).toBe(mine)
    expect(await waiting()).toBe(1)
    const duty = governanceDuties(nox().channel.governance).find(({ name }) => name === 'joined workspaces')
    const round = () => duty?.round(new AbortController().signal)
    // Two replicas at once, and once more: it is ended once.
    await Promise.all([round(), round()])
    await round()
    expect(await waiting()).toBe(0)
    const records = await storage.audit.list(hers, { result: 'cancelled', limit: 9 })
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({ actor: lea, details: { rule: 'workspace.join' } })
    expect((await storage.audit.verify(hers)).ok).toBe(true)
    await leave()
  })
})
