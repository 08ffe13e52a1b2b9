import { expect, it } from 'vitest'
import type { Services } from '../../src/actions/services.ts'
import type { TenantSnapshot } from '../../src/actions/tenant-knowledge.ts'
import type { AlertPosts } from '../../src/request/alerts/post-alert.ts'
import { createStorms, type LastShown } from '../../src/request/alerts/storms.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const destinations = [{ kind: 'channel', id: 'C1' }] as const

eachDatabase('a storm', (open) => {
  it('looks again at what came behind its message when that may be redrawn, in one pass for all of it', async () => {
    const { storage } = await open()
    await createTenant(storage, 'T1')
    const { alerts } = storage
    let now = 1_000_000
    const alert = (fingerprint: string) =>
      ({
        source: 'grafana',
        fingerprint,
        title: 'Slow',
        summary: '',
        severity: 'warning',
        service: null,
        environment: null,
        labels: {},
        links: [],
        state: 'firing',
        at: now,
      }) as const
    const redrawn: number[] = []
    const posts = {
      async showAll(all) {
        redrawn.push(now)
        return all.map((post) => ({ ...post, ts: '1.1' }))
      },
    } satisfies Pick<AlertPosts, 'showAll'>
    const shown: LastShown = new Map()
    const services = { storage, now: () => now, log: console } as unknown as Services

    /** A pass of the teller, over what is due now. */
    async function pass(): Promise<void> {
      const storms = createStorms(services, posts as unknown as AlertPosts, 'T1', shown)
      const due = await alerts.due('T1', now, 100)
      const touched = await storms.touch(due.filter(({ stormId }) => stormId !== null))
      for (const kept of due.filter(({ stormId }) => stormId === null)) await storms.join(kept, destinations)
      await alerts.told('T1', [...touched, ...storms.joined()])
      await storms.show({} as TenantSnapshot)
    }
    const dueLater = async () => (await alerts.due('T1', now + 60_000, 100)).map(({ dueAt }) => dueAt)

    await alerts.receive('T1', [{ alert: alert('f1'), digest: '1' }], now)
    await pass()
    expect(redrawn).toEqual([1_000_000])
    for (const [n, at] of [1_001_000, 1_002_500, 1_004_000].entries()) {
      now = at
      await alerts.receive('T1', [{ alert: alert(`g${n}`), digest: `g${n}` }], now)
      await pass()
    }
    expect(new Set(await dueLater())).toEqual(new Set([1_005_000]))
    now = 1_005_000
    await pass()
    expect(redrawn).toEqual([1_000_000, 1_005_000])
    expect(await dueLater()).toEqual([])
  })
})
