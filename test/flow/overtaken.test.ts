import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people

describe('two orders on one Deployment', () => {
  let sandbox: TestSandbox
  let slow: TestSandbox

  // One is as slow as a real cluster: the second order comes while the pods of the first still start.
  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20)
    slow = await startTestSandbox(undefined, 1)
  })
  afterAll(() => Promise.all([sandbox.stop(), slow.stop()]))

  /** The first line of what an order came to. */
  const end = async (ts: string, where = sandbox) => {
    const ended = /^(Déployé|Réplicas ajustés|Rollback effectué|Remplacé|Échec|Rien à faire|Issue inconnue)/
    return contentOf(await where.answer(ts, ended)).split('\n')[0] ?? ''
  }
  /** The newest order of the tenant. */
  const newest = async () => {
    const { installations, ledger } = sandbox.nox.storage
    const [order] = await ledger.list((await installations.tenantOf(societeX)) ?? '', { limit: 1 })
    if (!order) throw new Error('no order')
    return order
  }
  /** GitHub answers the next status of a deployment only once this is called. */
  function holdGithub(): { readonly isHeld: () => boolean; release(): void } {
    let release = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const fault = { kind: 'slow', method: 'POST', path: /\/statuses$/, until, times: 1 } as const
    sandbox.github.faults.push({ ...fault })
    return { isHeld: () => sandbox.github.faults.length === 0, release: () => release() }
  }

  it.each([
    ['@NOX déploie user-api v2.4.0 en staging', 'user-api', 'v2.4.0'],
    ['@NOX rollback billing v2.3.0 en staging', 'billing', 'v2.3.0'],
  ])('is overtaken while GitHub is still told how it went: %s', async (order, service, version) => {
    const github = holdGithub()
    const first = sandbox.say(bob, order)
    await expect.poll(github.isHeld, { timeout: 20_000 }).toBe(true)
    const second = sandbox.say(carol, `@NOX déploie ${service} v2.4.1 en staging`)
    expect(await end(second.ts)).toMatch(/^Déployé : .*→ v2\.4\.1/)
    const { number } = await newest()
    github.release()
    expect(await end(first.ts)).toMatch(
      new RegExp(`^Remplacé : .*${service}.*${version}.* est passé à v2\\.4\\.1 entre-temps \\(#${number}, Carol`),
    )
    const [record] = sandbox.github.exchanges.filter(({ request }) => request.path.endsWith('/statuses')).slice(-1)
    expect(record?.request.body).toMatchObject({ state: 'inactive' })
  })

  it('says of a number of replicas that another order has changed since, not that it stands', async () => {
    const checkout = () => {
      const all = slow.clusters.get(`${societeX} dev-1`)?.objects('Deployment', 'staging') ?? []
      return all.find(({ metadata }) => metadata.name === 'checkout')
    }
    const first = slow.say(alice, '@NOX scale checkout à 5 en staging')
    await expect.poll(() => checkout()?.spec.replicas, { timeout: 20_000 }).toBe(5)
    const second = slow.say(carol, '@NOX scale checkout à 4 en staging')
    expect(await end(second.ts, slow)).toMatch(/^Réplicas ajustés/)
    expect(await end(first.ts, slow)).toMatch(
      /^Remplacé : .*5 réplicas.* est passé à 4 réplicas entre-temps \(#\d+, Carol/,
    )
  })

  describe('by a workflow of its repository', () => {
    const repository = () => {
      const found = sandbox.github.world.repositories.find(({ name }) => name === 'checkout')
      if (!found) throw new Error('no repository')
      return found
    }
    const runs = () => repository().runs.filter(({ event }) => event === 'workflow_dispatch')
    /** Orders a deployment whose run takes so long (simulated seconds), and waits until it is there. */
    const deploy = async (user: string, version: string, seconds: number) => {
      Object.assign(repository().workflows[0] ?? {}, { seconds })
      const before = runs().length
      const { ts } = sandbox.say(user, `@NOX déploie checkout ${version} en staging`)
      await expect.poll(() => runs().length, { timeout: 20_000 }).toBe(before + 1)
      return { ts, run: runs().at(-1) ?? {} }
    }
    const forever = 99_999

    beforeAll(async () => {
      const { storage, services } = sandbox.nox
      const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
      const [service] = (await storage.catalogue.services(tenantId)).filter(({ name }) => name === 'checkout')
      if (!service) throw new Error('no checkout')
      await storage.catalogue.saveService({ ...service, workflow: 'deploy.yml' })
      services.knowledge.drop(tenantId)
    })

    it('is told as replaced, and by which order, where a later run was done first and stands', async () => {
      const first = await deploy(bob, 'v2.3.1', forever)
      const second = await deploy(carol, 'v2.4.1', 5)
      expect(await end(second.ts)).toMatch(/^Déployé : .*checkout/)
      const { number } = await newest()
      // It succeeds, and had done its part before the other did.
      Object.assign(first.run, { seconds: 0 })
      expect(await end(first.ts)).toMatch(
        new RegExp(`^Remplacé : .*checkout v2\\.3\\.1.* est passé à v2\\.4\\.1 entre-temps \\(#${number}, Carol`),
      )
      const { storage } = sandbox.nox
      const tenantId = (await storage.installations.tenantOf(societeX)) ?? ''
      const record = async () => (await storage.audit.list(tenantId, { command: 'deploy', limit: 1 }))[0]
      await expect.poll(record).toMatchObject({ result: 'cancelled', details: { replacedBy: 'v2.4.1', order: number } })
    })

    it('is told as deployed where it came after the later order, which it names', async () => {
      const first = await deploy(bob, 'v2.3.1', 100)
      const second = await deploy(carol, 'v2.4.0', 5)
      expect(await end(second.ts)).toMatch(/^Déployé : .*checkout/)
      const { number } = await newest()
      await end(first.ts)
      const answer = contentOf(await sandbox.answer(first.ts, /^Déployé/))
      expect(answer).toMatch(new RegExp(`#${number} \\(Carol.*\\) demandait v2\\.4\\.0 plus tard`))
    })

    it('is told as replaced where GitHub stopped its run for the later one', async () => {
      const first = await deploy(bob, 'v2.3.1', forever)
      const second = await deploy(carol, 'v2.4.1', forever)
      const { number } = await newest()
      Object.assign(first.run, { cancelledAt: Date.now() })
      expect(await end(first.ts)).toMatch(
        new RegExp(`^Remplacé : .* est passé à v2\\.4\\.1 entre-temps \\(#${number}, Carol`),
      )
      Object.assign(second.run, { seconds: 0 })
      expect(await end(second.ts)).toMatch(/^Déployé/)
    })

    it('is told as failed where its run was stopped for nobody', async () => {
      const only = await deploy(bob, 'v2.3.1', forever)
      Object.assign(only.run, { cancelledAt: Date.now() })
      expect(await end(only.ts)).toMatch(/^Échec/)
    })
  })
})
