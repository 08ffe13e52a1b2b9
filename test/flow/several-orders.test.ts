import { expect, it } from 'vitest'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people

eachSandbox('several orders in one message', (sandbox) => {
  const ledger = async () => {
    const { storage } = sandbox().nox
    const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
    return { tenantId, ...storage.ledger, audit: storage.audit }
  }
  /** The orders of a message, in their order. */
  const ordersOf = async (ts: string) => {
    const { tenantId, inThread } = await ledger()
    return [...(await inThread(tenantId, 'C0DEVOPS', ts, 20))].sort((one, other) => one.number - other.number)
  }
  const answer = (ts: string, fits: RegExp, ms?: number) =>
    sandbox()
      .answer(ts, fits, ms)
      .catch(() => {
        throw new Error(`no ${fits} in ${sandbox().thread(ts).map(contentOf).join(' | ')}`)
      })
  const statesOf = async (ts: string) => (await ordersOf(ts)).map(({ command, state }) => `${command} ${state}`)
  const settled = (ts: string, states: readonly string[]) =>
    expect.poll(() => statesOf(ts), { timeout: 20_000 }).toEqual(states)

  it.each([
    [
      'fr',
      '@NOX déploie web v2.4.1 en staging puis affiche les logs\nstatus web en staging',
      [
        /Déployé :\*.*`web` en staging.*ordre 1 sur 3/s,
        /(Logs\* de|Aucune ligne de) `web` en staging.*ordre 2 sur 3/s,
        /`web` en staging.*ordre 3 sur 3/s,
      ],
    ],
    [
      'en',
      '@NOX please deploy billing v2.4.1 to staging; show the logs, then status billing in staging',
      [
        /Deployed:\* `billing` to staging.*order 1 of 3/s,
        /(Logs\* of|No line from) `billing` in staging.*order 2 of 3/s,
        /`billing` in staging.*order 3 of 3/s,
      ],
    ],
  ])('run one after the other, and each takes up the one before it (%s)', async (_, text, answers) => {
    const { ts } = sandbox().say(bob, text)
    for (const fits of answers) await answer(ts, fits, 15_000)
    await settled(ts, ['deploy done', 'logs done', 'status done'])
    const [deploy, logs, status] = await ordersOf(ts)
    expect(logs?.startedAt ?? 0).toBeGreaterThanOrEqual(deploy?.finishedAt ?? Number.POSITIVE_INFINITY)
    expect(status?.startedAt ?? 0).toBeGreaterThanOrEqual(logs?.finishedAt ?? Number.POSITIVE_INFINITY)
    expect(logs?.args).toMatchObject({ environment: 'staging' })
  })

  it.each([
    [
      'fr',
      '@NOX logs web en staging\ndéploie web v2.4.1 en production\nstatus web\nlogs web en staging',
      /2 ordres non lancés.* après #\d+ \(refusée\).*état.*logs/s,
    ],
    [
      'en',
      '@NOX show logs of web in staging\ndeploy web v2.4.1 to production\nstatus web\nshow logs of web in staging',
      /2 orders not run.* after #\d+ \(refused\).*status.*logs/s,
    ],
  ])('stop at a refusal, and say which were not run (%s)', async (_, text, told) => {
    const { ts } = sandbox().say(bob, text)
    const message = await answer(ts, told)
    await settled(ts, ['logs done', 'deploy refused', 'status cancelled', 'logs cancelled'])
    const orders = await ordersOf(ts)
    for (const { number } of orders.slice(2)) expect(contentOf(message)).toContain(`#${number}`)
    const { audit, tenantId } = await ledger()
    const records = (await audit.list(tenantId, { limit: 10 })).filter(({ actionNumber }) =>
      orders.slice(2).some(({ number }) => number === actionNumber),
    )
    expect(records.map(({ details }) => details.rule)).toEqual(['sequence', 'sequence'])
    expect((await audit.verify(tenantId)).ok).toBe(true)
  })

  it('stop at a failure', async () => {
    const { ts } = sandbox().say(bob, '@NOX déploie web v9.9.9 en staging puis logs web en staging')
    await answer(ts, /1 ordre non lancé.*\(échouée\)|1 order not run/s, 20_000)
    await settled(ts, ['deploy failed', 'logs cancelled'])
  })

  it('are held back by an order that must be confirmed, until it is', async () => {
    const { ts } = sandbox().say(bob, '@NOX deplooy web v2.4.0 en staging puis logs web en staging')
    const message = await answer(ts, /À confirmer|Please confirm/)
    await settled(ts, ['deploy waiting', 'logs queued'])
    await sandbox().press(
      bob,
      message,
      contentOf(message).includes('Déployer en staging') ? 'Déployer en staging' : 'Deploy to staging',
    )
    await settled(ts, ['deploy done', 'logs done'])
  })

  it('are held back by an approval, and go when it is denied', async () => {
    const { slack } = sandbox()
    const { ts } = sandbox().say(bob, '@NOX déploie web v2.4.0 en production puis status web')
    const refused = await answer(ts, /⛔/)
    await settled(ts, ['deploy refused', 'status cancelled'])
    expect(contentOf(refused)).toContain('Demander une validation')
    const asked = sandbox().say(bob, '@NOX deplooy billing v2.4.0 en staging\nstatus billing')
    const question = await answer(asked.ts, /À confirmer|Please confirm/)
    await sandbox().press(bob, question, contentOf(question).includes('Annuler') ? 'Annuler' : 'Cancel')
    await settled(asked.ts, ['deploy cancelled', 'status cancelled'])
    await answer(asked.ts, /1 ordre non lancé.*\(annulée\)|1 order not run.*\(cancelled\)/s)
    expect(slack).toBeDefined()
  })

  it('can be cancelled while they wait, with all that follow', async () => {
    const { ts } = sandbox().say(bob, '@NOX deplooy web v2.4.1 en staging\nlogs web en staging\nstatus web')
    await answer(ts, /À confirmer|Please confirm/)
    await settled(ts, ['deploy waiting', 'logs queued', 'status queued'])
    const [, logs] = await ordersOf(ts)
    const stop = sandbox().say(bob, `@NOX annule ${logs?.number}`)
    await answer(stop.ts, /Annulation de|Cancell/)
    await settled(ts, ['deploy waiting', 'logs cancelled', 'status cancelled'])
  })

  it('begin once, however often the message arrives', async () => {
    const { nox } = sandbox()
    const { tenantId } = await ledger()
    const { ts } = sandbox().slack.say(societeX, alice, '#devops', 'pour NOX')
    const place = { channel: 'slack', conversationId: 'C0DEVOPS', threadTs: ts, kind: 'channel' } as const
    const text = '<@U0NOXSOCX> redémarre web en staging puis redémarre billing en staging puis status web'
    const input = { kind: 'text', text, botUserId: 'U0NOXSOCX' } as const
    const request = { tenantId, userId: carol, eventId: `several ${ts}`, place, receivedAt: Date.now(), input }
    const patches = (service: string) =>
      sandbox()
        .clusters.get(`${societeX} dev-1`)
        ?.requests.filter(({ method, path }) => method === 'PATCH' && path.includes(`/deployments/${service}`)) ?? []
    const before = { web: patches('web').length, billing: patches('billing').length }
    await Promise.all([1, 2, 3].map(() => nox.road.handle(request)))
    await settled(ts, ['restart done', 'restart done', 'status done'])
    await nox.road.handle(request)
    await nox.actions.recovery.look()
    expect(await ordersOf(ts)).toHaveLength(3)
    for (const service of ['web', 'billing'] as const) expect(patches(service).length - before[service]).toBe(1)
  })

  it.each([
    ['no part of a quotation', '@NOX logs web en staging contenant "a; b puis c"', ['logs done']],
    ['no part of a negation', '@NOX ne déploie pas web en staging puis redémarre web', ['unknown refused']],
    ['no part of a supposition', '@NOX si ça plante puis redémarre web en staging', ['unknown refused']],
  ])('are %s', async (_, text, states) => {
    const { ts } = sandbox().say(bob, text)
    await settled(ts, states)
  })

  it('are ten at most', async () => {
    const { ts } = sandbox().say(bob, `@NOX ${Array.from({ length: 11 }, () => 'status web').join('\n')}`)
    await answer(ts, /plus de 10 ordres|more than 10 orders/)
    await settled(ts, ['unknown refused'])
  })
})
