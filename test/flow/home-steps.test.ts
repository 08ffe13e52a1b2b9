import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { tabs } from '../../src/channels/slack/home-tabs/index.ts'
import type { Tab } from '../../src/channels/slack/home-tabs/tab.ts'
import { createStepCounter, type Steps } from '../helpers/count-steps.ts'
import { eachSandbox } from '../helpers/each-sandbox.ts'
import { homeOf } from '../helpers/home.ts'
import { people } from '../helpers/sandbox.ts'
import { tenantIn } from '../helpers/tenant.ts'

const { alice, bob } = people
/** Round trips that a section of Home may take, one after the other. */
const mostSteps = 2

eachSandbox('what App Home asks of the database', (sandbox) => {
  const home = homeOf(sandbox)
  const counter = createStepCounter()
  const seen = new Map<string, { readonly steps: Steps; readonly read: Promise<unknown> }[]>()
  const { storage, tenantId } = tenantIn(sandbox)
  const counting = (tab: Tab) => {
    const { read } = tab
    vi.spyOn(tab, 'read').mockImplementation((context) => {
      const steps: Steps = { waves: [], statements: [] }
      const reading = counter.run(steps, () => read(context))
      seen.set(tab.name, [...(seen.get(tab.name) ?? []), { steps, read: reading }])
      return reading
    })
  }
  const check = async (name: string) => {
    const all = seen.get(name) ?? []
    // It may be read once more just now, and find what was read before.
    await Promise.all(all.map(({ read }) => read))
    const last = all.findLast(({ steps }) => steps.statements.length > 0)
    const { waves, statements } = last?.steps ?? { waves: [], statements: [] }
    expect(statements.length, name).toBeGreaterThan(0)
    if (storage().dialect === 'postgres') expect(waves.length, name).toBeGreaterThan(0)
    expect(waves.length, `${name}: ${waves.map((wave) => wave.join(' | ')).join('\nthen ')}`).toBeLessThanOrEqual(
      mostSteps,
    )
    return statements.length
  }

  beforeAll(() => {
    counter.start()
    for (const tab of tabs) counting(tab)
  })
  afterAll(() => {
    counter.stop()
    vi.restoreAllMocks()
  })

  it('takes no more than two steps a section, whoever opens it and whatever is chosen', async () => {
    for (const { name } of tabs) {
      await home.tab(alice, name)
      await check(name)
    }
    for (const name of ['home', 'audit', 'permissions']) {
      await home.tab(bob, name)
      await check(name)
    }
    await home.tab(alice, 'audit')
    const [found] = await home.suggest(alice, 'set.person', 'carol')
    await home.use(alice, 'set.person', { type: 'external_select', selected_option: found })
    await home.see(alice, /"person\\":/)
    await check('audit')
  }, 30_000)

  it('asks as much of a log of many pages as of a short one', async () => {
    const tenant = await tenantId()
    await home.tab(alice, 'audit')
    const before = await check('audit')
    const about = { command: 'logs', environment: 'staging', resource: 'user-api', result: 'done' } as const
    const at = Date.now()
    const entry = { at, actor: bob, actionId: null, actionNumber: null, details: {}, ...about }
    for (let n = 0; n < 40; n += 1) await storage().audit.append(tenant, entry)
    const { text } = await home.tab(alice, 'audit')
    expect(text).toContain('Bob Dupont')
    expect(await check('audit')).toBe(before)
  }, 30_000)
})
