import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookScope } from '../../src/domain/look.ts'
import { dayMs, plans } from '../../src/domain/plans.ts'
import { lookAtPlans } from '../../src/request/billing/look-at-plans.ts'
import { phrase } from '../../src/texts/phrase.ts'
import { plainPhrase } from '../../src/texts/render.ts'
import { homeOf, readable } from '../helpers/home.ts'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'
import { submit } from '../helpers/stripe.ts'

const { alice, bob, carol } = people

describe('the Billing tab', () => {
  let sandbox: TestSandbox
  let tenantId: string
  beforeAll(async () => {
    sandbox = await startTestSandbox()
    tenantId = (await sandbox.nox.storage.installations.tenantOf(societeX)) ?? ''
  })
  afterAll(() => sandbox?.stop())
  const home = homeOf(() => sandbox)

  /** The link in the modal that is open, once it is there. */
  async function linkIn(user: string): Promise<{ url: string; text: string }> {
    const view = await sandbox.slack.waitForView(user, ({ json }) => /link\.billing/.test(readable(json)))
    const url = /"url":"([^"]+)"/.exec(readable(view.json))?.[1] ?? ''
    return { url, text: readable(view.json) }
  }
  const close = async (user: string) => {
    for (const { id } of [...sandbox.slack.views(user)].reverse()) await home.close(user, id)
  }
  const subscription = async () => (await sandbox.nox.storage.billing.find(tenantId))?.subscription

  it('keeps the link where Slack carries out the answer to the form after it', async () => {
    await home.tab(alice, 'billing', /Professional/)
    const form = await home.form(alice, 'billing.change')
    sandbox.slack.faults.add({ kind: 'slow', method: 'view_submission', times: 1, ms: 300 })
    await home.submit(alice, form.id, { plan: 'starter' }, ['plan'])
    expect((await linkIn(alice)).text).toMatch(/Plan choisi : \*Starter\*/)
    await close(alice)
    const quote = await sandbox.nox.channel.billing.link(tenantId, alice, 'en', { kind: 'buy', plan: 'enterprise' })
    expect('key' in quote && plainPhrase(quote, 'en')).toBe('Enterprise is on quote: write to bonjour@nox.example.')
  })

  it('ends by a link at the end of what is paid; then the admin chooses who and what stays active', async () => {
    const { nox, slack, stripe } = sandbox
    await home.tab(alice, 'billing', /billing\.cancel/)
    await home.form(alice, 'billing.cancel')
    const { url } = await linkIn(alice)
    expect((await submit(url, { action: 'cancel' })).status).toBe(303)
    await stripe.deliverer.settled()
    expect(await subscription()).toMatchObject({ state: 'active', cancelAt: expect.any(Number) })
    await close(alice)
    const ending = await home.tab(alice, 'billing', /Résilié/)
    expect(ending.text).toMatch(/reste actif jusqu’au/)
    expect(ending.text).not.toMatch(/billing\.cancel|Prochaine facture/)

    stripe.advance(32)
    await stripe.deliverer.settled()
    const told = await slack.waitForMessage(
      (each) => each.channel === slack.directMessages(societeX, alice) && /maintenant Starter/.test(contentOf(each)),
    )
    expect(contentOf(told)).toMatch(/Rien n’a été supprimé.*accès sont en pause/)
    const members = () => nox.storage.members.list(tenantId)
    const active = async () => (await members()).filter(({ pausedAt }) => pausedAt === undefined)
    const staff = (await members()).filter(({ role }) => role !== 'guest').map(({ slackUserId }) => slackUserId)
    expect([staff.length, (await active()).filter(({ role }) => role !== 'guest').length]).toEqual([7, 6])

    // Bob sees his own share and whom to ask; a form that he forges changes nothing.
    const bobs = await home.tab(bob, 'billing', /Starter/)
    expect(bobs.text).toMatch(/Vos actions du jour.*Pour changer de plan : Alice/)
    expect(bobs.text).not.toMatch(/billing\.(choose|change)/)
    const before = await members()
    expect((await home.forge(bob, 'billing.choose', '', { people: [bob] })).text).toMatch(/admin|Alice/)
    expect(await members()).toEqual(before)

    await home.tab(alice, 'billing', /billing\.choose/)
    const form = await home.form(alice, 'billing.choose')
    expect(form.text).toMatch(/places : 6/)
    const send = (users: readonly string[], integrations: readonly string[]) =>
      slack.submitView(societeX, alice, form.id, {
        people: { people: { selected_users: [...users] } },
        integrations: {
          integrations: { selected_options: integrations.map((value) => ({ text: { text: value }, value })) },
        },
      })
    expect((await send(staff, [])).errors?.people).toMatch(/6\splaces\s; vous en avez choisi 7/)
    expect((await send([bob, carol], [])).errors?.people).toMatch(/Gardez-vous/)
    expect((await send([alice, bob], ['jira', 'github'])).errors?.integrations).toMatch(/pas de place pour\s: GitHub/)
    expect(await send([alice, carol], ['jira'])).not.toHaveProperty('errors')
    const chosen = (await active()).filter(({ role }) => role !== 'guest').map(({ slackUserId }) => slackUserId)
    expect(chosen.toSorted()).toEqual([alice, carol].toSorted())
    const vendors = (await nox.storage.integrations.list(tenantId)).filter(({ pausedAt }) => pausedAt === undefined)
    expect(vendors.map(({ vendor }) => vendor)).toEqual(['jira'])
    const [record] = await nox.storage.audit.list(tenantId, { command: 'billing.choose', result: 'changed', limit: 1 })
    expect(record).toMatchObject({
      actor: alice,
      details: { people: 'Alice Martin, Carol Nguyen', integrations: 'jira' },
    })
    const { ts } = sandbox.say(bob, '@NOX mes tickets')
    expect(contentOf(await sandbox.answer(ts, /place/))).toMatch(/un admin peut vous en rendre une/)
  })

  it('lets nobody pay twice while a webhook is late', async () => {
    const { nox, stripe } = sandbox
    const link = async (plan: string) => {
      const found = await nox.channel.billing.link(tenantId, alice, 'fr', { kind: 'buy', plan })
      if ('key' in found) throw new Error(plainPhrase(found, 'fr'))
      return found.url
    }
    const [first, second] = [await link('professional'), await link('professional')]
    expect((await submit(first, { action: 'pay', card: '4242' })).status).toBe(410)
    stripe.deliverer.pause()
    expect((await submit(second, { action: 'pay', card: '4242' })).status).toBe(303)
    expect(await link('professional')).toMatch(/\/sandbox\/stripe\/portal\//)
    stripe.deliverer.goOn()
    expect(await subscription()).toMatchObject({ state: 'active', plan: 'professional' })
    expect(await nox.storage.tenants.find(tenantId)).toMatchObject({ plan: 'professional', planUntil: null })
    const paid = [...stripe.world.subscriptions.values()].filter(({ status }) => status === 'active')
    const row = await nox.storage.billing.find(tenantId)
    expect(paid.filter(({ customer }) => customer === row?.customerId)).toHaveLength(1)
  })

  it('tells three days before a trial ends, clusters included, and ends it gently', async () => {
    const { nox, slack } = sandbox
    const { storage, services } = nox
    const at = (days: number) => ({ plan: 'trial', planUntil: services.now() + days * dayMs })
    const look = async (change: { plan: string; planUntil: number }) => {
      await storage.tenants.update(tenantId, change)
      services.knowledge.drop(tenantId)
      await lookAtPlans(services)
    }
    const heard = () => slack.messages(slack.directMessages(societeX, alice)).map(contentOf)
    await look(at(3.1))
    expect(heard().filter((each) => /se termine bientôt/.test(each))).toEqual([])
    const ending = at(2.9)
    for (let again = 0; again < 2; again += 1) await look(ending)
    // The sandbox's own looks may have been faster.
    await slack.waitForMessage((each) => /essai de Professional se termine bientôt/.test(contentOf(each)))
    const told = heard().filter((each) => /essai de Professional se termine bientôt/.test(each))
    expect(told).toEqual([
      expect.stringMatching(/rien n’est facturé.*Kubernetes fait partie de l’essai : avec Starter/s),
    ])
    const trying = await home.tab(alice, 'billing', /Essai jusqu’au/)
    expect(trying.text).toContain('ses clusters seront en pause, et gardés')

    const before = (await storage.members.list(tenantId)).length
    const clusters = (await storage.catalogue.clusters(tenantId)).length
    await look(at(-0.001))
    await slack.waitForMessage((each) => /essai est terminé : plan Starter/.test(contentOf(each)))
    expect(heard().filter((each) => /essai est terminé : plan Starter/.test(each))).toHaveLength(1)
    expect((await storage.members.list(tenantId)).length).toBe(before)
    const kept = await storage.catalogue.clusters(tenantId)
    expect([kept.length, kept.every(({ pausedAt }) => pausedAt !== undefined)]).toEqual([clusters, true])
  })

  it('takes webhooks by HTTP: a forged one is refused, and one that fails comes again', async () => {
    const hook = `${sandbox.url.replace('localhost', '127.0.0.1')}/webhooks/stripe`
    const post = async (body: string, headers: Record<string, string> = {}) =>
      (await fetch(hook, { method: 'POST', body, headers })).status
    expect((await fetch(hook)).status).toBe(405)
    expect(await post('{}')).toBe(400)
    expect(await post('{}', { 'stripe-signature': 't=1,v1=00' })).toBe(400)
    expect(await post('x'.repeat(1_100_000))).toBe(413)

    const { billing } = sandbox.nox.services
    if (!billing) throw new Error('NOX is not sold')
    const whole = billing.subscription
    let failures = 0
    Object.assign(billing, {
      subscription: (customerId: string) => {
        failures += 1
        return failures === 1 ? Promise.reject(new Error('Stripe is silent')) : whole(customerId)
      },
    })
    const freelance = (await sandbox.nox.storage.installations.tenantOf('T0FREELEA')) ?? ''
    const row = await sandbox.nox.storage.billing.find(freelance)
    const { deliverer, lifecycle, world } = sandbox.stripe
    const hers = [...world.subscriptions.values()].find(({ customer }) => customer === row?.customerId)
    if (!hers) throw new Error('no subscription')
    lifecycle.cancel(hers, true)
    await deliverer.settled()
    Object.assign(billing, { subscription: whole })
    expect(deliverer.deliveries.at(-1)).toMatchObject({ attempts: 2, status: 200 })
    expect((await sandbox.nox.storage.billing.find(freelance))?.subscription?.cancelAt).toBeGreaterThan(0)
  })

  it('says that billing is off where there are no keys of Stripe', async () => {
    const { services } = sandbox.nox
    const { billing, planOf } = services
    Object.assign(services, { billing: undefined, planOf: () => plans.enterprise })
    try {
      const off = await home.tab(alice, 'billing', /facturation est désactivée ici/)
      expect(off.text).toMatch(/\*Enterprise\*.*sans limite/)
      expect(off.text).not.toMatch(/billing\.(change|card|overview|cancel)|€/)
      const link = await sandbox.nox.channel.billing.link(tenantId, alice, 'fr', { kind: 'card' })
      expect('key' in link && plainPhrase(link, 'fr')).toMatch(/désactivée ici/)
    } finally {
      Object.assign(services, { billing, planOf })
    }
  })

  it('lets NOX post under another name where the plan has it, and under nobody’s', async () => {
    const { nox, slack } = sandbox
    const [lea, team] = ['U0LEA', 'T0FREELEA']
    const hers = homeOf(() => sandbox, team)
    const freelance = (await nox.storage.installations.tenantOf(team)) ?? ''
    const take = async (plan: string) => {
      await nox.storage.tenants.update(freelance, { plan, planUntil: null, settledPlan: plan })
      nox.services.knowledge.drop(freelance)
    }
    const answer = async (text: string) => {
      const { ts } = sandbox.say(lea, text, { team, channel: '#clients' })
      return slack.apiMessage(await sandbox.answer(ts, /./))
    }
    const asks = async (user: string, form: Record<string, string>) => {
      const errors = await (await nox.channel.look()).save(freelance, user, form)
      return errors && plainPhrase(Object.values(errors)[0] ?? phrase('form.gone'), 'fr')
    }
    expect((await hers.tab(lea, 'billing', /Pro/)).text).not.toContain('look.open')
    expect(await asks(lea, { name: 'Ops Léa' })).toMatch(/plan Pro ne comprend pas/)

    await take('freelance-enterprise')
    expect((await hers.tab(lea, 'billing', /Freelance Enterprise/)).text).toContain('sous son propre nom')
    const notice = await hers.form(lea, 'look.open')
    expect(notice.text).toMatch(/Slack doit d’abord autoriser/)
    const page = new URL(/"url":"([^"]+)"/.exec(notice.text)?.[1] ?? '')
    expect((await slack.install(team, lea, { page: page.pathname + page.search })).status).toBe(200)
    await hers.close(lea, notice.id)
    const form = await hers.form(lea, 'look.open')
    const send = (name: string, icon = '') => hers.submit(lea, form.id, { name, icon })
    for (const [name, why] of [
      ['Slackbot', /pour Slack/],
      ['YANN', /pour Yann/],
      ['Moreau Léa', /pour Léa Moreau/],
      ['<!here>', /lettres/],
    ] as const) {
      expect((await send(name)).errors?.name).toMatch(why)
    }
    expect((await send('Studio', 'http://x.example/a.png')).errors?.icon).toMatch(/https/)
    expect(await send('Studio Ops', ':rocket:')).not.toHaveProperty('errors')
    await hers.see(lea, /Studio Ops/)
    const look = { username: 'Studio Ops', icons: { emoji: ':rocket:' } }
    expect(await answer('@NOX usage')).toMatchObject(look)
    expect(await asks('U0YANN', { name: 'Boss' })).toMatch(/admin|Léa/)

    // A plan without it: NOX's own name, and nothing is forgotten.
    await take('pro')
    expect(await answer('@NOX usage')).not.toHaveProperty('username')
    await take('freelance-enterprise')
    expect(await answer('@NOX usage')).toMatchObject(look)
    // Slack took the permission back: the words come all the same.
    const scopes = slack.installation(team)?.scopes as string[]
    scopes.splice(scopes.indexOf(lookScope), 1)
    expect(await answer('@NOX usage')).not.toHaveProperty('username')
    const records = await nox.storage.audit.list(freelance, { command: 'look', limit: 10 })
    expect(records.map(({ result }) => result)).toEqual(['refused', 'changed', 'refused'])
  })
})
