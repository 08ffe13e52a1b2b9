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
    github.release()
    expect(await end(first.ts)).toMatch(
      new RegExp(`^Remplacé : .*${service}.*${version}.* est passé à v2\\.4\\.1 entre-temps`),
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
    expect(await end(first.ts, slow)).toMatch(/^Remplacé : .*5 réplicas.* est passé à 4 réplicas entre-temps/)
  })
})
