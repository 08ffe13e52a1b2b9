import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { people, societeX } from '../helpers/sandbox.ts'

const devops = { team: societeX as string, user: people.alice as string, channel: 'C0DEVOPS' }
const clients = { team: 'T0FREELEA', user: 'U0LEA', channel: 'C0CLIENTS' }
const many = 300

eachSandbox('a tenant with much to do', (sandbox) => {
  /** Orders at once, each a signed request of its own; gives their threads. */
  function send({ team, user, channel }: typeof devops, text: string, count: number) {
    const { slack } = sandbox()
    const threads = Array.from({ length: count }, () => slack.say(team, user, channel, 'écoute').ts)
    const taken = threads.map((ts) => slack.emit(team, { type: 'app_mention', user, text, ts, channel }))
    return { threads, taken: Promise.all(taken) }
  }

  it('does not hold up the one order of another', { timeout: 60_000 }, async () => {
    const { storage, services } = sandbox().nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    const alice = (await storage.members.list(tenantId)).find(({ slackUserId }) => slackUserId === people.alice)
    const edition = alice && (await storage.members.edition(tenantId, alice.id))
    if (!edition) throw new Error('no alice')
    const about = { command: 'member.edit', environment: null, resource: null, result: 'changed', details: {} } as const
    const audit = { at: Date.now(), actor: 'nox', actionId: null, actionNumber: null, ...about }
    await storage.members.change({ ...edition.value, maxActionsPerDay: 10_000 }, edition.version, audit)
    services.knowledge.drop(tenantId)

    // A cluster that takes its time: what waits for it does so in turns.
    const slow = sandbox().clusters.get(`${societeX} dev-1`)
    if (!slow) throw new Error('no dev-1')
    slow.faults.push({ kind: 'slow' })
    const flood = send(devops, '<@U0NOXSOCX> pods de user-api en staging', many)
    const answered = () =>
      sandbox()
        .slack.messages(devops.channel)
        .filter((each) => flood.threads.includes(each.threadTs ?? '') && /Running/.test(JSON.stringify(each.blocks)))
    const one = send(clients, '<@U0NOXLEA> pods de site-y en production', 1)
    await sandbox().answer(one.threads[0] ?? '', /Running/, 50_000)
    expect(answered().length).toBeLessThan(many / 2)
    slow.faults.splice(0)
    // Whoever was acknowledged late was sent again: each is answered all the same, once.
    await Promise.all([flood.taken, one.taken])
    await expect.poll(() => answered().length, { timeout: 50_000, interval: 200 }).toBe(many)
  })
})
