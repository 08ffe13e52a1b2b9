import { beforeAll, expect, it, vi } from 'vitest'
import { quotaPeriods } from '../../src/actions/quota.ts'
import { governanceDuties } from '../../src/request/governance/duties.ts'
import { newAction } from '../helpers/actions.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, keepOnly, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const freelance = 'T0FREELEA'
const [lea, yann] = ['U0LEA', 'U0YANN']

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
    const noted = await desk().leave(mine, people.alice, freelance)
    if (!('finish' in noted)) throw new Error(noted.key)
    const { say, moved } = await noted.finish()
    expect(say.key).toBe('workspace.left')
    settle(moved)
    return tenantOf(freelance)
  }
  /** As a replica does it, and as NOX does it when it starts. */
  const dutyRound = (wanted: string) =>
    governanceDuties(nox().services, nox().channel.governance, settle)
      .find(({ name }) => name === wanted)
      ?.round(new AbortController().signal)
  /** What waits for a confirmation of somebody, in a thread of its own; gives the thread. */
  async function waitsFor(tenantId: string, userId: string, suffix = ''): Promise<string> {
    const { storage } = nox()
    const { ts: threadTs } = sandbox().slack.say(freelance, lea, '#clients', 'un fil')
    const place = { channel: 'slack', conversationId: `C0CLIENTS${suffix}`, threadTs, kind: 'channel' } as const
    const plan = { kind: 'ask', waitingFor: 'confirmation', waiting: {} } as const
    const accepted = await storage.ledger.accept(newAction({ tenantId, userId, place, plan, now: Date.now() }))
    if (accepted.kind !== 'accepted') throw new Error(accepted.kind)
    const until = { waitingFor: 'confirmation', waiting: {}, expiresAt: Date.now() + 3_600_000 } as const
    const { id, fence } = accepted.action
    expect(await storage.ledger.wait(tenantId, id, fence, until)).toBe(true)
    return threadTs
  }
  const waiting = async (tenantId: string, userId: string) =>
    (await nox().storage.ledger.list(tenantId, { userId, states: ['waiting'], limit: 9 })).length
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
    await waitsFor(hers, lea)
    expect(await waiting(hers, lea)).toBe(1)
    const id = await ask()
    // Slack has its answer before anything is ended.
    await desk().accept(mine, people.alice, id)
    settle([mine, hers])
    for (const each of [mine, hers]) nox().services.knowledge.drop(each)
    expect(await tenantOf(freelance)).toBe(mine)
    expect(await waiting(hers, lea)).toBe(1)
    const round = () => dutyRound('joined workspaces')
    // Two replicas at once, and once more: it is ended once.
    await Promise.all([round(), round()])
    await round()
    expect(await waiting(hers, lea)).toBe(0)
    const records = await storage.audit.list(hers, { result: 'cancelled', limit: 9 })
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({ actor: lea, details: { rule: 'workspace.join' } })
    expect((await storage.audit.verify(hers)).ok).toBe(true)
    await leave()
  })

  it('has left once it is noted, also where NOX is killed before it is done', { timeout: 60_000 }, async () => {
    await join()
    const { storage, services } = nox()
    const there = `${yann}_${freelance}`
    const { ts } = sandbox().slack.say(freelance, yann, '#clients', '@NOX whoami')
    await sandbox().answer(ts, /Yann/)
    const thread = await waitsFor(mine, there, `_${freelance}`)
    const since = Date.now()
    expect(await waiting(mine, there)).toBe(1)
    // Nothing is told before Slack has its answer.
    let answered = () => {}
    const gate = new Promise<void>((open) => {
      answered = open
    })
    const { post } = services.messenger
    const told = vi.spyOn(services.messenger, 'post').mockImplementation(async (...args) => {
      await gate
      return post(...args)
    })
    const killed = vi.spyOn(storage.workspaceJoins, 'release').mockRejectedValueOnce(new Error('it was killed'))
    const home = homeOf(sandbox)
    await home.tab(people.alice, 'team')
    const question = await home.form(people.alice, `workspace.leave.${freelance}`)
    const sent = await home.submit(people.alice, question.id, {})
    expect(readable(sent.view)).toMatch(/en cours de séparation/)
    expect(await storage.workspaceJoins.leaving()).toMatchObject([{ tenantId: mine, by: people.alice }])
    const again = await home.forge(people.alice, 'workspace.leave', { id: freelance, version: 0 }, {})
    expect(again.text).toMatch(/en cours de séparation/)
    answered()
    await vi.waitFor(() => expect(killed).toHaveBeenCalled(), 20_000)
    expect(await tenantOf(freelance)).toBe(mine)
    // Two replicas at once, and once more: each part of it is done once.
    await Promise.all([dutyRound('leaving workspaces'), dutyRound('leaving workspaces')])
    await dutyRound('leaving workspaces')
    told.mockRestore()
    const fresh = await tenantOf(freelance)
    expect(fresh).not.toBe(mine)
    expect(await storage.workspaceJoins.leaving()).toEqual([])
    expect(await waiting(mine, there)).toBe(0)
    const ended = sandbox()
      .thread(thread, 'C0CLIENTS')
      .filter((each) => /retiré Yann/.test(contentOf(each)))
    expect(ended).toHaveLength(1)
    const records = async (tenantId: string, command: string) =>
      (await storage.audit.list(tenantId, { command, result: 'changed', limit: 99 })).filter(({ at }) => at >= since)
    expect(await records(mine, 'workspace.leave')).toHaveLength(1)
    expect(await records(fresh, 'workspace.leave')).toHaveLength(1)
    expect((await records(mine, 'member.remove')).filter(({ details }) => details.member === there)).toHaveLength(1)
    expect((await storage.purges.list()).map(({ id }) => id)).not.toContain(fresh)
    for (const each of [mine, fresh]) expect((await storage.audit.verify(each)).ok).toBe(true)
    await sandbox().slack.waitForMessage(
      (each) =>
        each.channel === sandbox().slack.directMessages(societeX, people.alice) &&
        /repart de zéro/.test(contentOf(each)),
    )
  })

  it('stays after all where nobody would be left to administer the tenant', { timeout: 60_000 }, async () => {
    await join()
    const { storage, services } = nox()
    const hers = await storage.members.findBySlackId(mine, `${lea}_${freelance}`)
    const alice = await storage.members.findBySlackId(mine, people.alice)
    if (!hers || !alice) throw new Error('a member is missing')
    const { removedAt: _, ...back } = hers
    await storage.members.update({ ...back, role: 'admin' })
    const noted = await desk().leave(mine, people.alice, freelance)
    if (!('finish' in noted)) throw new Error(noted.key)
    await storage.members.update({ ...alice, role: 'member' })
    services.knowledge.drop(mine)
    expect((await noted.finish()).say.key).toBe('workspace.lastAdmin')
    await storage.members.update(alice)
    services.knowledge.drop(mine)
    expect(await storage.workspaceJoins.leaving()).toEqual([])
    expect(await tenantOf(freelance)).toBe(mine)
    expect((await storage.members.findBySlackId(mine, hers.slackUserId))?.removedAt).toBeUndefined()
    const [record] = await storage.audit.list(mine, { command: 'workspace.leave', limit: 1 })
    expect(record).toMatchObject({ result: 'refused', details: { rule: 'last.admin' } })
    await leave()
  })
})
