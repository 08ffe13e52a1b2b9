import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { createDuties } from '../../src/duties/create-duties.ts'
import { watchDuty } from '../../src/request/watch/watch-duty.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { lazyAlerts } from '../../src/start/lazy-alerts.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { channels, homeOf } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const incidents = 'C0INCIDENTS'
const { alice } = people

eachSandbox('the watch of clusters', (sandbox) => {
  const { slack, storage, tenantId } = tenantIn(sandbox)
  const cluster = (name: string) => {
    const found = sandbox().clusters.get(`${societeX} ${name}`)
    if (!found) throw new Error(name)
    return found
  }
  const told = (fits: RegExp, ms = 15_000) =>
    slack().waitForMessage((each) => each.channel === incidents && fits.test(contentOf(each)), ms)
  const all = (fits: RegExp): Message[] =>
    slack()
      .messages(incidents)
      .filter((each) => fits.test(contentOf(each)))
  const home = homeOf(sandbox)

  async function watch(channel: string, name = `w-${randomBytes(3).toString('hex')}`) {
    await home.tab(alice, 'integrations', /"admin.add.cluster"/)
    const { id } = await home.form(alice, 'admin.add.cluster')
    const server = `${sandbox().url.replace('localhost', '127.0.0.1')}/sandbox/clusters/${societeX}/dev-1`
    const fields = {
      name,
      environments: ['staging'],
      server,
      token: 'sandbox-dev-1',
      namespaces: 'staging',
      watch: channels(channel),
    }
    const { errors } = await home.submit(alice, id, fields)
    if (errors) return { name, errors, view: undefined }
    const view = await slack().waitForView(
      alice,
      (each) => /est connecté|ne peut pas écrire/.test(JSON.stringify(each.json)),
      8_000,
    )
    await slack().closeView(societeX, alice, view.id)
    return { name, errors, view: JSON.stringify(view.json) }
  }

  it('tells what is wrong in the channel that an admin chose, once, and that it is over', async () => {
    const { name } = await watch(incidents)
    await told(new RegExp(`NOX surveille ${name}`))
    // What was wrong already is told too.
    await told(new RegExp(`CrashLoopBackOff staging/search \\(${name}\\)`))
    cluster('dev-1').crash('user-api', 'staging')
    const crash = await told(new RegExp(`🟠 CrashLoopBackOff staging/user-api \\(${name}\\)`))
    expect(contentOf(crash)).toMatch(/user-api.{0,3} s’arrête au démarrage/)
    cluster('dev-1').heal('user-api')
    await told(new RegExp(`✅ Résolue : CrashLoopBackOff staging/user-api \\(${name}\\)`))
    // The same message, updated in place.
    expect(all(new RegExp(`CrashLoopBackOff staging/user-api \\(${name}\\)`)).map(({ ts }) => ts)).toEqual([crash.ts])
    cluster('dev-1').crash('user-api', 'staging')
    await told(new RegExp(`🟠 CrashLoopBackOff staging/user-api \\(${name}\\)`))
    expect(all(new RegExp(`CrashLoopBackOff staging/user-api \\(${name}\\)`)).map(({ ts }) => ts)).toEqual([crash.ts])
    cluster('dev-1').heal('user-api')
    await storage().catalogue.removeCluster(
      await tenantId(),
      (await storage().catalogue.clusters(await tenantId())).find((each) => each.name === name)?.id ?? '',
    )
    // Nobody wants to know any more: what is open is closed.
    await told(new RegExp(`✅ Résolue : CrashLoopBackOff staging/search \\(${name}\\)`))
    await vi.waitFor(async () => expect(all(new RegExp(`🟠[^]*\\(${name}\\)`))).toEqual([]), 10_000)
  })

  it('is kept by one replica, and by the next when that one stops, without a message more', async () => {
    const { services } = sandbox().nox
    const replicas = ['second', 'third'].map((owner) => {
      const duties = createDuties({ claims: services.storage.claims, owner, log: services.log })
      duties.begin(watchDuty(services, lazyAlerts(services).intake, duties.own, 200))
      return duties
    })
    const { name } = await watch(incidents)
    const search = await told(new RegExp(`CrashLoopBackOff staging/search \\(${name}\\)`))
    const id = (await storage().catalogue.clusters(await tenantId())).find((each) => each.name === name)?.id ?? ''
    const open = async () =>
      (await storage().alerts.firingOf(await tenantId(), 'kubernetes')).filter(
        ({ alert }) => alert.labels.cluster === name,
      )
    await vi.waitFor(async () => expect(await open()).toHaveLength(1), 10_000)
    // Whoever of the three had it: it goes on.
    for (const each of replicas) await each.stop()
    cluster('dev-1').crash('user-api', 'staging')
    await told(new RegExp(`🟠 CrashLoopBackOff staging/user-api \\(${name}\\)`), 40_000)
    expect(all(new RegExp(`CrashLoopBackOff staging/search \\(${name}\\)`)).map(({ ts }) => ts)).toEqual([search.ts])
    expect(all(new RegExp(`CrashLoopBackOff staging/user-api \\(${name}\\)`))).toHaveLength(1)
    cluster('dev-1').heal('user-api')
    await storage().catalogue.removeCluster(await tenantId(), id)
    await vi.waitFor(async () => expect(await open()).toEqual([]), 15_000)
  }, 90_000)

  it('refuses a channel that is none, and one that takes no message, and stores nothing', async () => {
    expect((await watch(slack().directMessages(societeX, alice))).errors).toHaveProperty('watch')
    const { name, view } = await watch('C0RANDOM')
    expect(view).toContain('ne peut pas écrire dans le canal')
    const clusters = await storage().catalogue.clusters(await tenantId())
    expect(clusters.some((each) => each.name === name)).toBe(false)
  })
})
