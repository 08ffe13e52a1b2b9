import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Plan, plans } from '../../src/domain/plans.ts'
import { monthKey } from '../../src/permissions/index.ts'
import { lookAtPlans } from '../../src/request/billing/look-at-plans.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { newAction, quota } from '../helpers/actions.ts'
import { contentOf, people, settled, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

let sandbox: TestSandbox
let tenantId: string
beforeEach(async () => {
  sandbox = await startTestSandbox()
  tenantId = (await sandbox.nox.storage.installations.tenantOf(societeX)) ?? ''
})
afterEach(() => sandbox.stop())

/** The tenant has another plan from now on, and NOX looks at its plans. */
async function onPlan(plan: Plan): Promise<void> {
  Object.assign(sandbox.nox.services, { planOf: () => plan })
  await lookAtPlans(sandbox.nox.services)
}
const inDirects = (fits: RegExp) =>
  sandbox.slack.waitForMessage((message) => message.channel.startsWith('D') && fits.test(contentOf(message)), 8_000)
const form = (name: string) => ({ url: 'https://x.example', token: 'x', name })

describe('a plan that is smaller than what is in use', () => {
  it('keeps everything, pauses the least used, tells the admins once, and gives all back with a larger one', async () => {
    const { storage, services } = sandbox.nox
    await onPlan({ ...plans.enterprise })
    const before = await storage.members.list(tenantId)
    expect(before.filter(({ pausedAt }) => pausedAt !== undefined)).toEqual([])
    const heard = sandbox.say(people.bob, '@NOX status user-api en staging')
    await sandbox.answer(heard.ts, settled)

    await onPlan({ ...plans.starter, people: 2 })
    const notice = await inDirects(/Starter/)
    expect(contentOf(notice)).toMatch(/Rien n’a été supprimé/)
    const after = await storage.members.list(tenantId)
    expect(after).toHaveLength(before.length)
    const active = after.filter(({ role, pausedAt }) => role !== 'guest' && pausedAt === undefined)
    expect(active.map(({ slackUserId }) => slackUserId).toSorted()).toEqual([people.alice, people.bob].toSorted())

    const paused = sandbox.say(people.carol, '@NOX logs web en staging')
    const { text } = await sandbox.answer(paused.ts, /place|plan/i)
    expect(text).not.toMatch(/erreur/)
    for (const order of ['usage', 'historique', 'aide']) {
      const said = sandbox.say(people.carol, `@NOX ${order}`)
      expect(contentOf(await sandbox.answer(said.ts, /./))).not.toMatch(/plus de place/)
    }
    const cluster = sandbox.say(people.bob, '@NOX status user-api en staging')
    expect(contentOf(await sandbox.answer(cluster.ts, /Kubernetes/))).toMatch(/plan ne comprend plus/)

    const refused = await sandbox.nox.channel.vendors.check(
      tenantId,
      people.alice,
      { vendor: 'github', mode: 'connect', version: 0 },
      form('x'),
    )
    expect(refused.ok).toBe(false)
    const [why] = refused.ok ? [] : Object.values(refused.errors)
    expect(why && plainPhrase(why, 'en')).toBe(
      'The Starter plan has no room for GitHub. Included from Professional: tab Billing.',
    )
    const rules = await storage.audit.list(tenantId, { limit: 50 })
    expect(rules.some(({ details }) => details.rule === 'plan.integrations')).toBe(true)
    expect(rules.find(({ command }) => command === 'plan.change')).toMatchObject({ actor: 'nox', resource: 'Starter' })

    await onPlan(plans.professional)
    await inDirects(/Professional/)
    expect((await storage.members.list(tenantId)).filter(({ pausedAt }) => pausedAt !== undefined)).toEqual([])
    const { knowledge } = await services.knowledge.snapshot(tenantId)
    expect([knowledge.clusters.length > 0, knowledge.integrations.length > 1, knowledge.paused]).toEqual([
      true,
      true,
      [],
    ])
  })

  it('refuses an invitation that it has no place for, and says what to do', async () => {
    await onPlan({ ...plans.starter, people: 6 })
    const { invitations } = sandbox.nox.channel.governance
    const asked = { people: ['U0NEW1', 'U0NEW2', 'U0NEW3', 'U0NEW4', 'U0NEW5'], role: 'member' }
    const saved = await invitations.invite(tenantId, people.alice, asked, async () => true)
    expect(saved.kind).toBe('wrong')
    const say = saved.kind === 'wrong' ? saved.errors.people : undefined
    expect(say && plainPhrase(say, 'en')).toMatch(/has 6\splaces, and \d\sare taken/)
  })
})

describe('the actions of a month', () => {
  it('are warned of at 80 and 100 percent, once each, and then refused with what to do', async () => {
    const { storage, services } = sandbox.nox
    await onPlan({ ...plans.professional, actionsPerMonth: 10 })
    const month = monthKey(services.now(), 'Europe/Paris')
    const use = async (n: number) => {
      for (let at = 0; at < n; at += 1) {
        await storage.ledger.accept(newAction({ tenantId, quota: { ...quota(100), month, monthLimit: 10 } }))
      }
    }
    await use(8)
    await lookAtPlans(services)
    await lookAtPlans(services)
    await inDirects(/plus de 80 % des actions/)
    await use(2)
    await lookAtPlans(services)
    await inDirects(/plus d’actions ce mois-ci/)
    const said = sandbox.say(people.bob, '@NOX status user-api en staging')
    const answer = await sandbox.answer(said.ts, /actions du mois/)
    expect(contentOf(answer)).toMatch(/plan plus large/)
    const usage = sandbox.say(people.bob, '@NOX usage')
    expect(contentOf(await sandbox.answer(usage.ts, /10/))).toMatch(/10 (sur|actions)/)
    const directs = sandbox.slack.messages((await inDirects(/80 %/)).channel).map(contentOf)
    expect(directs.filter((each) => /80 % des actions/.test(each))).toHaveLength(1)
  })
})
