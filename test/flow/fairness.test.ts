import { beforeAll, expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { createTap, type Tap } from '../helpers/pour.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const devops = { team: societeX as string, user: people.alice as string, channel: 'C0DEVOPS', nox: 'U0NOXSOCX' }
const clients = { team: 'T0FREELEA', user: 'U0LEA', channel: 'C0CLIENTS', nox: 'U0NOXLEA' }
const many = 300
eachSandbox('a tenant with much to do', (sandbox) => {
  /** Threads in which orders are given; the events of themselves are not sent. */
  const threads = ({ team, user, channel }: typeof devops, count: number) =>
    Array.from({ length: count }, () => sandbox().slack.say(team, user, channel, 'écoute').ts)

  /** Orders at once, each a signed request of its own; gives their threads. */
  function send(from: typeof devops, text: string, count: number) {
    const { team, user, channel, nox } = from
    const all = threads(from, count)
    const taken = all.map((ts) =>
      sandbox().slack.emit(team, { type: 'app_mention', user, text: `<@${nox}> ${text}`, ts, channel }),
    )
    return { threads: all, taken: Promise.all(taken) }
  }

  /** Those of these threads that NOX has answered. */
  const answered = (of: readonly string[], fits: RegExp) => {
    const these = new Set(of)
    return sandbox()
      .slack.messages(devops.channel)
      .filter(
        ({ threadTs, ts, blocks }) => threadTs !== ts && these.has(threadTs ?? '') && fits.test(JSON.stringify(blocks)),
      )
  }

  beforeAll(async () => {
    const { storage, services } = sandbox().nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const alice = (await storage.members.list(tenantId)).find(({ slackUserId }) => slackUserId === people.alice)
    const edition = alice && (await storage.members.edition(tenantId, alice.id))
    if (!edition) throw new Error('no alice')
    const about = { command: 'member.edit', environment: null, resource: null, result: 'changed', details: {} } as const
    const audit = { at: Date.now(), actor: 'nox', actionId: null, actionNumber: null, ...about }
    await storage.members.change({ ...edition.value, maxActionsPerDay: 10_000 }, edition.version, audit)
    services.knowledge.drop(tenantId)
  })

  it('does not hold up the first mention of another at the door: it is taken and answered before most of a flood', {
    timeout: 60_000,
  }, async () => {
    const flood = 1_500
    const [tap, otherTap] = [1, 2].map(() => createTap(sandbox().url, 'sandbox-signing-secret')) as [Tap, Tap]
    const mine = threads(devops, flood)
    const [other = ''] = threads(clients, 1)
    const mention = (through: Tap, { team, user, channel, nox }: typeof devops, ts: string) =>
      through.mention(team, { user, channel, ts, text: `<@${nox}> whoami` })
    await otherTap.open()
    let taken = 0
    const poured = Promise.all(
      mine.map(async (ts) => {
        expect(await mention(tap, devops, ts)).toBe(200)
        taken += 1
      }),
    )
    await expect.poll(() => taken, { timeout: 20_000, interval: 1 }).toBeGreaterThan(0)
    const before = { taken, answered: answered(mine, /Alice/).length }
    const told = sandbox().answer(other, /Léa/, 50_000)
    expect(await mention(otherTap, clients, other)).toBe(200)
    const after = { taken, answered: 0 }
    await told
    after.answered = answered(mine, /Alice/).length
    // A round or two of what one workspace has under way at once, and what this process was told late.
    expect(after.taken - before.taken).toBeLessThan(flood / 2)
    // All but some 30 of it, where tenants have no turns; 2 to 333 alone, up to 784 beside other tests, whose load this process
    // shares.
    expect(after.answered - before.answered).toBeLessThan(flood * 0.8)
    await poured
    await expect.poll(() => answered(mine, /Alice/).length, { timeout: 50_000, interval: 200 }).toBe(flood)
    for (const each of [tap, otherTap]) each.close()
  })

  it('does not hold up the one order of another', { timeout: 60_000 }, async () => {
    // A cluster that takes its time: what waits for it does so in turns.
    const slow = sandbox().clusters.get(`${societeX} dev-1`)
    if (!slow) throw new Error('no dev-1')
    slow.faults.push({ kind: 'slow' })
    const flood = send(devops, 'pods de user-api en staging', many)
    const one = send(clients, 'pods de site-y en production', 1)
    await sandbox().answer(one.threads[0] ?? '', /Running/, 50_000)
    expect(answered(flood.threads, /Running/).length).toBeLessThan(many / 2)
    slow.faults.splice(0)
    // Whoever was acknowledged late was sent again: each is answered all the same, once.
    await Promise.all([flood.taken, one.taken])
    await expect.poll(() => answered(flood.threads, /Running/).length, { timeout: 50_000, interval: 200 }).toBe(many)
  })
})
