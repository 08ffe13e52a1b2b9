import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { askSilent } from '../../src/request/watch/silence-duty.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf, pick, plainSpaces, readable } from '../helpers/home.ts'
import { contentOf, people, societeX } from '../helpers/sandbox.ts'
import { selfSigned } from '../helpers/self-signed.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob, carol } = people
const freelance = 'T0FREELEA'

eachSandbox('how a cluster does, in App Home', (sandbox) => {
  const { slack, storage, tenantId, directTo } = tenantIn(sandbox)
  const home = homeOf(sandbox)
  const double = (name = 'dev-1') => {
    const found = sandbox().clusters.get(`${societeX} ${name}`)
    if (!found) throw new Error(name)
    return found
  }
  const stored = async (name = 'dev-1') =>
    (await storage().catalogue.clusters(await tenantId())).find((each) => each.name === name)
  const become = (failing: string | undefined, name = 'dev-1') =>
    expect.poll(async () => (await stored(name))?.failingFor, { timeout: 8_000 }).toBe(failing)
  const records = async () =>
    (await storage().audit.list(await tenantId(), { command: 'cluster.health', limit: 50 })).map(
      ({ result, resource, actor }) => `${actor} ${resource} ${result}`,
    )
  const ask = async (fits: RegExp, text = '@NOX status user-api en staging') => {
    const { ts } = sandbox().say(bob, text)
    return contentOf(await sandbox().answer(ts, fits))
  }
  const failed = /Échec|ne répond pas|ne reconnaît plus|certificat/
  /** The line of a cluster, as a person reads it. */
  const line = async (user: string, name = 'dev-1') => {
    const { json } = await home.tab(user, 'integrations', new RegExp(`\\*${name}\\*`))
    const block = json.blocks.find((each) => readable(each).includes(`*${name}*`))
    return plainSpaces((block as { text?: { text?: string } } | undefined)?.text?.text ?? '')
  }
  const test = async (name: string) => {
    await home.tab(alice, 'integrations')
    await home.use(alice, `admin.cluster.${(await stored(name))?.id}`, pick('test'))
    const view = await slack().waitForView(alice, (each) => /est connecté|ne va pas bien/.test(readable(each.json)))
    await home.close(alice, view.id)
    return readable(view.json)
  }
  it('says in both languages since when it does not answer, and that it works again', async () => {
    await slack().speak(carol, 'en-GB')
    expect(await line(carol)).toMatch(/^\*dev-1\* · .* · Connected, checked: /)
    await ask(/v\d/)
    expect(await records()).toEqual([])
    double().cutOff(true)
    await ask(failed)
    await become('silent')
    const since = (await stored())?.failingSince
    expect(since).toBeGreaterThan((await stored())?.checkedAt ?? Number.POSITIVE_INFINITY)
    expect(await line(alice)).toMatch(/^⚠️ \*dev-1\* · .* · Ne répond plus : /)
    expect(await line(carol)).toMatch(/^⚠️ \*dev-1\* · .* · Not answering: /)
    expect(await line(alice, 'prod-1')).toMatch(/^\*prod-1\*/)
    // However much is asked of it: one beginning, one record.
    await ask(failed)
    expect((await stored())?.failingSince).toBe(since)
    expect(await records()).toEqual(['nox dev-1 failed'])
    double().cutOff(false)
    await ask(/v\d/)
    await become(undefined)
    expect(await line(alice)).toMatch(/^\*dev-1\* · .* · Connecté, vérifié/)
    expect(await records()).toEqual(['nox dev-1 done', 'nox dev-1 failed'])
    // Of the health nothing else changed.
    expect(await stored()).toMatchObject({ name: 'dev-1', environments: ['development', 'staging'] })
  })

  it('is noted as answering again without an order, whichever replica noted its silence', async () => {
    const { services } = sandbox().nox
    const { catalogue } = storage()
    const signal = new AbortController().signal
    const { id = '' } = (await stored()) ?? {}
    const ended = (await records()).filter((each) => each === 'nox dev-1 done').length
    // As another replica notes it, which is gone since.
    await catalogue.noteCluster(await tenantId(), id, (stands) => ({
      ...stands,
      failingSince: 1,
      failingFor: 'silent',
    }))
    expect(await catalogue.silentClusters()).toEqual([{ tenantId: await tenantId(), id }])
    double().cutOff(true)
    await askSilent(services, signal)
    expect((await stored())?.failingFor).toBe('silent')
    double().cutOff(false)
    await askSilent(services, signal)
    await become(undefined)
    expect(await catalogue.silentClusters()).toEqual([])
    await expect.poll(async () => (await records()).filter((each) => each === 'nox dev-1 done').length).toBe(ended + 1)
  })

  it('does not write with each request of a cluster that comes and goes', async () => {
    const before = await records()
    for (let times = 0; times < 3; times += 1) {
      double().cutOff(true)
      await ask(failed)
      double().cutOff(false)
      await ask(/v\d/)
    }
    expect(await records()).toEqual(before)
    expect((await stored())?.failingSince).toBeUndefined()
  })

  it('says that its access is refused, tells an admin once, and what the press of a button tells', async () => {
    const letter = /Le cluster prod-1 ne reconnaît plus l’accès de NOX/
    double('prod-1').faults.push({ kind: 'status', status: 401 })
    await ask(failed, '@NOX status user-api en production')
    await become('credentials', 'prod-1')
    expect(await line(alice, 'prod-1')).toMatch(
      /^⚠️ \*prod-1\* · .* · Accès refusé : .*Modifiez-le avec un nouvel accès/,
    )
    expect(await line(carol, 'prod-1')).toMatch(/^⚠️ \*prod-1\* · .* · Access refused: .*Edit it with a new access/)
    expect(contentOf(await directTo(alice, letter))).toMatch(/sous \*Clusters\*/)
    expect(await test('prod-1')).toMatch(/ne va pas bien.*ne reconnaît plus l’accès/)
    await become('credentials', 'prod-1')
    double('prod-1').faults.splice(0)
    expect(await test('prod-1')).toMatch(/`prod-1` est connecté, Kubernetes v/)
    await become(undefined, 'prod-1')
    expect(await line(alice, 'prod-1')).toMatch(/^\*prod-1\* · .* · Connecté, vérifié/)
    const told = slack()
      .messages(slack().directMessages(societeX, alice))
      .filter((each) => letter.test(contentOf(each)))
    expect(told).toHaveLength(1)
    const tests = await storage().audit.list(await tenantId(), { command: 'cluster.test', limit: 5 })
    expect(tests.map(({ actor, result }) => [actor, result])).toEqual([
      [alice, 'done'],
      [alice, 'failed'],
    ])
  })

  it('notes a test that fails at once, and is not moved by what the account may not do', async () => {
    double('prod-1').cutOff(true)
    expect(await test('prod-1')).toMatch(/ne va pas bien.*ne répond pas/)
    await become('silent', 'prod-1')
    double('prod-1').cutOff(false)
    await test('prod-1')
    await become(undefined, 'prod-1')
    for (const [status, told] of [
      [403, /interdit cette action au compte de NOX/],
      [404, /ne connaît pas/],
      [429, /limite les demandes de NOX/],
      [500, /a répondu par une erreur de son côté \(500\)/],
    ] as const) {
      double('prod-1').faults.push({ kind: 'status', status, times: 2 })
      await ask(told, '@NOX status user-api en production')
      double('prod-1').faults.splice(0)
    }
    await test('prod-1')
    expect((await stored('prod-1'))?.failingSince).toBeUndefined()
    expect((await records()).filter((each) => each === 'nox prod-1 failed')).toHaveLength(1)
  })

  it('says that its certificate is not known', async () => {
    const server = createServer(selfSigned('somebody else'), (_, response) => response.end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const cluster = await stored('prod-1')
    const access = await storage().catalogue.clusterAccess(await tenantId(), cluster?.id ?? '')
    if (!cluster || !access) throw new Error('no cluster')
    const save = async (to: typeof access) => {
      await storage().catalogue.saveCluster({ ...cluster, checkedAt: 1 }, to)
      sandbox().nox.services.knowledge.drop(await tenantId())
    }
    await save({ server: address, token: 'sandbox-secret' })
    const shown = await ask(/certificat/, '@NOX status user-api en production')
    expect(shown).not.toContain('sandbox-secret')
    await become('certificate', 'prod-1')
    expect(await line(alice, 'prod-1')).toMatch(/· Certificat non reconnu : .*Modifiez-le avec son autorité/)
    expect(await line(carol, 'prod-1')).toMatch(/· Certificate not trusted: .*Edit it with its authority/)
    await save(access)
    await new Promise((resolve) => server.close(resolve))
    expect(await line(alice, 'prod-1')).toMatch(/^\*prod-1\* · .* · Connecté, vérifié/)
  })

  it('is not moved by what is tried in a form, nor by the cluster of another tenant', async () => {
    const cluster = await stored('prod-1')
    const { administration } = sandbox().nox.channel
    const where = `${sandbox().url.replace('localhost', '127.0.0.1')}/sandbox/clusters/${societeX}/prod-1`
    if (!cluster) throw new Error('no cluster')
    const before = await records()
    const wrong = { cluster, access: { server: where, token: 'none-of-this-cluster' } }
    await expect(administration.connectCluster(alice, wrong)).rejects.toThrow()
    await test('prod-1')
    expect((await stored('prod-1'))?.failingSince).toBeUndefined()
    expect(await records()).toEqual(before)
    const others = await storage().catalogue.clusters(await tenantId(freelance))
    expect(others.filter(({ failingSince }) => failingSince !== undefined)).toEqual([])
    const foreign = others[0]?.id ?? ''
    await expect(administration.testCluster(await tenantId(), alice, foreign)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(administration.testCluster(await tenantId(), bob, cluster.id)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('is told by the watch too, which nobody asks', async () => {
    const cluster = await stored()
    if (!cluster) throw new Error('no cluster')
    await storage().catalogue.saveCluster({ ...cluster, watchChannel: 'C0INCIDENTS' })
    sandbox().nox.services.knowledge.drop(await tenantId())
    const watches = () => double().requests.filter(({ path }) => path.includes('watch=true')).length
    await expect.poll(watches, { timeout: 40_000 }).toBeGreaterThan(0)
    expect(await line(alice)).toMatch(/^\*dev-1\* · .* · Connecté et surveillé, vérifié/)
    double().faults.push({ kind: 'status', status: 401 })
    double().endWatches()
    await become('credentials')
    expect(await line(alice)).toMatch(/^⚠️ \*dev-1\* · .* · Accès refusé : /)
    double().faults.splice(0)
    await become(undefined)
    expect(await line(alice)).toMatch(/^\*dev-1\* · .* · Connecté et surveillé, vérifié/)
  })
})
