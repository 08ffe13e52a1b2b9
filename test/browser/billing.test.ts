import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dayMs } from '../../src/domain/plans.ts'
import { monthKey } from '../../src/permissions/index.ts'
import { lookAtPlans } from '../../src/request/billing/look-at-plans.ts'
import { newAction, quota } from '../helpers/actions.ts'
import { contentOf, people, settled, societeX } from '../helpers/sandbox.ts'
import { sandboxPage } from '../helpers/sandbox-page.ts'

describe('plans and payments in a real browser', { retry: 1 }, () => {
  const nox = sandboxPage()

  const storage = () => nox.sandbox.nox.storage
  const tenantOf = async (team: string) => (await storage().installations.tenantOf(team)) ?? ''
  const directs = (fits: RegExp) =>
    nox.sandbox.slack.waitForMessage((each) => each.channel.startsWith('D') && fits.test(contentOf(each)), 15_000)

  /** The company pays nothing any more, at NOX and at Stripe. */
  async function onStarter(): Promise<string> {
    const tenantId = await tenantOf(societeX)
    const row = await storage().billing.find(tenantId)
    for (const each of nox.sandbox.stripe.world.subscriptions.values()) {
      if (each.customer === row?.customerId) nox.sandbox.stripe.lifecycle.cancel(each, false)
    }
    await nox.sandbox.stripe.deliverer.settled()
    await storage().tenants.update(tenantId, { plan: 'starter', planUntil: null, settledPlan: 'starter' })
    nox.sandbox.nox.services.knowledge.drop(tenantId)
    return tenantId
  }

  /** Opens NOX's Home at the Billing tab, as whom the page opens for. */
  async function openBilling(address = `${societeX}/${people.alice}/C0DEVOPS`): Promise<void> {
    await nox.page.goto('about:blank')
    await nox.page.goto(`${nox.local}/#${address}`)
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await nox.page.getByRole('button', { name: /^(▸ )?Facturation$/ }).click()
    await nox.page.getByRole('button', { name: '▸ Facturation' }).waitFor()
  }

  /** Waits until NOX's Home says so. */
  const sees = (fits: RegExp) =>
    expect.poll(() => nox.page.locator('main').innerText(), { timeout: 15_000 }).toMatch(fits)

  /** Follows the link of the open modal into Stripe, in a tab of its own. */
  async function atStripe(act: (stripe: Page) => Promise<void>): Promise<void> {
    const [stripe] = await Promise.all([
      nox.page.context().waitForEvent('page'),
      nox.page.getByRole('link', { name: 'Continuer chez Stripe' }).click(),
    ])
    await stripe.waitForLoadState()
    await act(stripe)
    await stripe.getByText(/revenir dans Slack/).waitFor()
    await stripe.close()
    await nox.sandbox.stripe.deliverer.settled()
    await nox.page.keyboard.press('Escape')
  }

  async function pick(field: Locator, name: string): Promise<void> {
    await field.click()
    await nox.page.getByRole('option', { name, exact: true }).click()
  }

  async function choosePlan(name: string): Promise<void> {
    await nox.page.getByRole('button', { name: 'Changer de plan' }).click()
    const dialog = nox.page.getByRole('dialog')
    await pick(dialog.getByLabel('Plan', { exact: true }), name)
    await nox.look(`plans-${name}`)
    await dialog.getByRole('button', { name: 'Continuer' }).click()
  }

  it('hits the quota, upgrades at Stripe’s checkout, and goes on', { timeout: 60_000 }, async () => {
    const tenantId = await onStarter()
    const month = monthKey(Date.now(), 'Europe/Paris')
    const claim = { ...quota(10_000), month, monthLimit: 1_000 }
    await Promise.all(
      Array.from({ length: 1_000 }, () =>
        storage().ledger.accept(newAction({ tenantId, quota: claim, leaseMs: dayMs })),
      ),
    )
    const refused = nox.sandbox.say(people.bob, '@NOX mes tickets')
    expect(contentOf(await nox.sandbox.answer(refused.ts, /actions du mois/))).toMatch(/plan plus large/)
    await lookAtPlans(nox.sandbox.nox.services)
    await directs(/plus d’actions ce mois-ci/)

    await openBilling()
    await sees(/1\s000\ssur\s1\s000/)
    await nox.look('starter')
    await choosePlan('Professional')
    await atStripe(async (stripe) => {
      await nox.look('checkout', stripe)
      await stripe.getByLabel(/TVA/).fill('FR00123456789')
      await stripe.getByRole('button', { name: /Payer/ }).click()
    })
    await directs(/Professional/)
    const again = nox.sandbox.say(people.bob, '@NOX status user-api en staging')
    expect(contentOf(await nox.sandbox.answer(again.ts, settled))).not.toMatch(/actions du mois/)
    await openBilling()
    await sees(/Professional · 49,00/)
    await nox.page
      .getByRole('link', { name: /NOX-\d+/ })
      .first()
      .waitFor()
    await nox.look('professional')
  })

  it('fails to pay, keeps everything for the time of grace, and goes on with another card', {
    timeout: 60_000,
  }, async () => {
    const tenantId = await tenantOf(societeX)
    const row = await storage().billing.find(tenantId)
    const customer = nox.sandbox.stripe.world.customers.get(row?.customerId ?? '')
    if (customer) customer.card = 'declined'
    nox.sandbox.stripe.advance(31)
    await nox.sandbox.stripe.deliverer.settled()
    await directs(/paiement de la facture a échoué/)
    const tenant = await storage().tenants.find(tenantId)
    expect(tenant).toMatchObject({ plan: 'professional', planUntil: expect.any(Number) })
    await openBilling()
    await sees(/facture est impayée/)
    await nox.look('grace')
    await nox.page.getByRole('button', { name: 'Carte bancaire' }).click()
    await atStripe(async (stripe) => {
      await nox.look('portal-card', stripe)
      await stripe.getByRole('button', { name: /Enregistrer la carte/ }).click()
    })
    await directs(/facture est payée/)
    expect(await storage().tenants.find(tenantId)).toMatchObject({ plan: 'professional', planUntil: null })
  })

  it('goes down to the free plan, keeps everything, and lets the admin choose who stays', {
    timeout: 60_000,
  }, async () => {
    const tenantId = await tenantOf(societeX)
    await openBilling()
    await choosePlan('Starter')
    await nox.page.getByText('Plan choisi').waitFor()
    await nox.look('downgrade')
    await atStripe(async (stripe) => {
      await nox.look('portal-cancel', stripe)
      await stripe.getByRole('button', { name: /Résilier/ }).click()
    })
    nox.sandbox.stripe.advance(32)
    await nox.sandbox.stripe.deliverer.settled()
    await directs(/maintenant Starter/)
    await openBilling()
    await sees(/accès sont en pause/)
    await nox.look('paused')
    const active = async () =>
      (await storage().members.list(tenantId))
        .filter(({ role, pausedAt }) => role !== 'guest' && pausedAt === undefined)
        .map(({ name }) => name)
    const before = await active()
    expect(before).toHaveLength(6)
    const out = before.find((name) => name !== 'Alice Martin') ?? ''
    await nox.page.getByRole('button', { name: 'Choisir les actifs' }).click()
    const dialog = nox.page.getByRole('dialog')
    await nox.look('choose')
    await dialog.getByRole('button', { name: new RegExp(`${out}`) }).click()
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await active()).toSorted()).toEqual(before.filter((name) => name !== out).toSorted())
  })

  it('signs a freelance up, from no workspace to Solo, in under two minutes', { timeout: 120_000 }, async () => {
    await nox.page.goto(nox.local)
    await nox.page.getByRole('button', { name: 'Installer NOX dans un nouvel espace' }).click()
    await nox.page.getByLabel('Nom de l’espace').fill('Studio Sam')
    await nox.page.getByRole('button', { name: 'Créer' }).click()
    await nox.page.getByText('NOX n’est pas installé dans Studio Sam.').waitFor()
    const address = new URL(nox.page.url()).hash.slice(1)
    const link = await nox.page.getByRole('main').getByRole('link', { name: 'Installer NOX' }).getAttribute('href')
    await nox.page.goto(String(link))
    await nox.page.getByRole('link').first().click()
    await nox.page.getByRole('button', { name: 'Autoriser' }).click()
    await nox.page.getByText('Studio Sam').waitFor()
    await nox.page.goto(`${nox.local}/#${address}`)
    await nox.page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await nox.look('sign-up')
    await pick(nox.page.getByLabel('Pour qui'), 'Moi, en freelance')
    await nox.page.getByRole('button', { name: 'Commencer' }).click()
    await nox.page.getByRole('button', { name: 'Commencer' }).waitFor({ state: 'detached' })
    await openBilling(address)
    await sees(/Solo · 19,00.*Essai jusqu’au/s)
    await nox.look('freelance-trial')
    await choosePlan('Solo')
    await atStripe(async (stripe) => stripe.getByRole('button', { name: /Payer/ }).click())
    await openBilling(address)
    await sees(/Solo · 19,00(?!.*Essai)/s)
    await nox.look('freelance')
    const tenantId = await tenantOf(address.split('/')[0] ?? '')
    expect(await storage().tenants.find(tenantId)).toMatchObject({ kind: 'individual', plan: 'solo', planUntil: null })
    expect(nox.complaints).toEqual([])
  })
})
