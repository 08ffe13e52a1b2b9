import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs } from '../../src/domain/plans.ts'
import { monthKey } from '../../src/permissions/index.ts'
import { lookAtPlans } from '../../src/request/billing/plan-duty.ts'
import { newAction, quota } from '../helpers/actions.ts'
import { complaintsOf, openBrowser } from '../helpers/browser.ts'
import { contentOf, people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

describe('plans and payments in a real browser', () => {
  let sandbox: TestSandbox
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    sandbox = await startTestSandbox(undefined, 20)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 1_000 }, locale: 'fr-FR' })
    page.setDefaultTimeout(15_000)
    complaints = complaintsOf(page)
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })

  const storage = () => sandbox.nox.storage
  const tenantOf = async (team: string) => (await storage().installations.tenantOf(team)) ?? ''
  const local = () => sandbox.url.replace('localhost', '127.0.0.1')
  const look = async (name: string, of: Page = page) => {
    const folder = process.env.NOX_SCREENSHOTS
    if (folder) await of.screenshot({ path: `${folder}/${name}.png` })
  }
  const directs = (fits: RegExp) =>
    sandbox.slack.waitForMessage((each) => each.channel.startsWith('D') && fits.test(contentOf(each)), 15_000)

  /** The company pays nothing any more, at NOX and at Stripe. */
  async function onStarter(): Promise<string> {
    const tenantId = await tenantOf(societeX)
    const row = await storage().billing.find(tenantId)
    for (const each of sandbox.stripe.world.subscriptions.values()) {
      if (each.customer === row?.customerId) sandbox.stripe.lifecycle.cancel(each, false)
    }
    await sandbox.stripe.deliverer.settled()
    await storage().tenants.update(tenantId, { plan: 'starter', planUntil: null, settledPlan: 'starter' })
    sandbox.nox.services.knowledge.drop(tenantId)
    return tenantId
  }

  /** Opens NOX's Home at the Billing tab, as whom the page opens for. */
  async function openBilling(address = `${societeX}/${people.alice}/C0DEVOPS`): Promise<void> {
    await page.goto('about:blank')
    await page.goto(`${local()}/#${address}`)
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await page.getByRole('button', { name: /^(▸ )?Facturation$/ }).click()
    await page.getByRole('button', { name: '▸ Facturation' }).waitFor()
  }

  /** Waits until NOX's Home says so. */
  const sees = (fits: RegExp) => expect.poll(() => page.locator('main').innerText(), { timeout: 15_000 }).toMatch(fits)

  /** Follows the link of the open modal into Stripe, in a tab of its own. */
  async function atStripe(act: (stripe: Page) => Promise<void>): Promise<void> {
    const [stripe] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Continuer chez Stripe' }).click(),
    ])
    await stripe.waitForLoadState()
    await act(stripe)
    await stripe.getByText(/revenir dans Slack/).waitFor()
    await stripe.close()
    await sandbox.stripe.deliverer.settled()
    await page.keyboard.press('Escape')
  }

  async function pick(field: Locator, name: string): Promise<void> {
    await field.click()
    await page.getByRole('option', { name, exact: true }).click()
  }

  async function choosePlan(name: string): Promise<void> {
    await page.getByRole('button', { name: 'Changer de plan' }).click()
    const dialog = page.getByRole('dialog')
    await pick(dialog.getByLabel('Plan', { exact: true }), name)
    await look(`plans-${name}`)
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
    const refused = sandbox.say(people.bob, '@NOX mes tickets')
    expect(contentOf(await sandbox.answer(refused.ts, /actions du mois/))).toMatch(/plan plus large/)
    await lookAtPlans(sandbox.nox.services)
    await directs(/plus d’actions ce mois-ci/)

    await openBilling()
    await sees(/1\s000\ssur\s1\s000/)
    await look('starter')
    await choosePlan('Professional')
    await atStripe(async (stripe) => {
      await look('checkout', stripe)
      await stripe.getByLabel(/TVA/).fill('FR00123456789')
      await stripe.getByRole('button', { name: /Payer/ }).click()
    })
    await directs(/Professional/)
    const again = sandbox.say(people.bob, '@NOX status user-api en staging')
    expect(contentOf(await sandbox.answer(again.ts, /user-api/))).not.toMatch(/actions du mois/)
    await openBilling()
    await sees(/Professional · 49,00/)
    await page
      .getByRole('link', { name: /NOX-\d+/ })
      .first()
      .waitFor()
    await look('professional')
  })

  it('fails to pay, keeps everything for the time of grace, and goes on with another card', {
    timeout: 60_000,
  }, async () => {
    const tenantId = await tenantOf(societeX)
    const row = await storage().billing.find(tenantId)
    const customer = sandbox.stripe.world.customers.get(row?.customerId ?? '')
    if (customer) customer.card = 'declined'
    sandbox.stripe.advance(31)
    await sandbox.stripe.deliverer.settled()
    await directs(/paiement de la facture a échoué/)
    const tenant = await storage().tenants.find(tenantId)
    expect(tenant).toMatchObject({ plan: 'professional', planUntil: expect.any(Number) })
    await openBilling()
    await sees(/facture est impayée/)
    await look('grace')
    await page.getByRole('button', { name: 'Carte bancaire' }).click()
    await atStripe(async (stripe) => {
      await look('portal-card', stripe)
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
    await page.getByText('Plan choisi').waitFor()
    await look('downgrade')
    await atStripe(async (stripe) => {
      await look('portal-cancel', stripe)
      await stripe.getByRole('button', { name: /Résilier/ }).click()
    })
    sandbox.stripe.advance(32)
    await sandbox.stripe.deliverer.settled()
    await directs(/maintenant Starter/)
    await openBilling()
    await sees(/accès sont en pause/)
    await look('paused')
    const active = async () =>
      (await storage().members.list(tenantId))
        .filter(({ role, pausedAt }) => role !== 'guest' && pausedAt === undefined)
        .map(({ name }) => name)
    const before = await active()
    expect(before).toHaveLength(6)
    const out = before.find((name) => name !== 'Alice Martin') ?? ''
    await page.getByRole('button', { name: 'Choisir les actifs' }).click()
    const dialog = page.getByRole('dialog')
    await look('choose')
    await dialog.getByRole('button', { name: new RegExp(`${out}`) }).click()
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await active()).toSorted()).toEqual(before.filter((name) => name !== out).toSorted())
  })

  it('signs a freelance up, from no workspace to Solo, in under two minutes', { timeout: 120_000 }, async () => {
    await page.goto(local())
    await page.getByRole('button', { name: 'Installer NOX dans un nouvel espace' }).click()
    await page.getByLabel('Nom de l’espace').fill('Studio Sam')
    await page.getByRole('button', { name: 'Créer' }).click()
    await page.getByText('NOX n’est pas installé dans Studio Sam.').waitFor()
    const address = new URL(page.url()).hash.slice(1)
    const link = await page.getByRole('main').getByRole('link', { name: 'Installer NOX' }).getAttribute('href')
    await page.goto(String(link))
    await page.getByRole('link').first().click()
    await page.getByRole('button', { name: 'Autoriser' }).click()
    await page.getByText('Studio Sam').waitFor()
    await page.goto(`${local()}/#${address}`)
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: 'NOX' }).click()
    await look('sign-up')
    await pick(page.getByLabel('Pour qui'), 'Moi, en freelance')
    await page.getByRole('button', { name: 'Commencer' }).click()
    await openBilling(address)
    await sees(/Solo · 19,00.*Essai jusqu’au/s)
    await look('freelance-trial')
    await choosePlan('Solo')
    await atStripe(async (stripe) => stripe.getByRole('button', { name: /Payer/ }).click())
    await openBilling(address)
    await sees(/Solo · 19,00(?!.*Essai)/s)
    await look('freelance')
    const tenantId = await tenantOf(address.split('/')[0] ?? '')
    expect(await storage().tenants.find(tenantId)).toMatchObject({ kind: 'individual', plan: 'solo', planUntil: null })
    expect(complaints).toEqual([])
  })
})
