import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NoxError } from '../../src/errors.ts'
import { openStripe, setUpStripe } from '../../src/integrations/stripe/index.ts'
import type { Exchange } from '../../src/sandbox/http-double.ts'
import { signEvent } from '../../src/sandbox/stripe/index.ts'
import { presentEvent } from '../../src/sandbox/stripe/present.ts'
import { hasContract, readContract, reportCoverage } from '../helpers/contract.ts'
import { type RunningStripe, startStripe, stripeKeys, submit } from '../helpers/stripe.ts'

let stripe: RunningStripe
let offset = 0
const now = () => Date.now() + offset
beforeEach(async () => {
  offset = 0
  stripe = await startStripe(now)
  stripe.double.deliverer.hold()
})
afterEach(() => stripe.close())

const returnUrl = 'https://nox.example/billing/return'
const local = (url: string) => url.replace(/^http:\/\/[^/]+/, stripe.apiUrl)

/** A customer who bought a plan on Stripe's page. */
async function bought(plan: 'solo' | 'pro' | 'professional' = 'pro', tenantId = 'T1') {
  const { payments } = stripe
  const customerId = await payments.createCustomer({ tenantId, name: 'Léa', language: 'fr' })
  const url = await payments.checkoutLink({ customerId, tenantId, plan, language: 'fr', returnUrl })
  const page = await (await fetch(local(url))).text()
  expect(page).toContain('par mois')
  const declined = await submit(local(url), { action: 'pay', name: 'Léa', card: '4000 0000 0000 0002' })
  expect([declined.status, await declined.text()]).toEqual([200, expect.stringContaining('refusée')])
  const fields = { action: 'pay', name: 'Léa SARL', taxId: 'FR00123456789', card: '4242 4242 4242 4242' }
  const paid = await submit(local(url), fields)
  expect([paid.status, paid.headers.get('location')]).toEqual([303, returnUrl])
  const subscription = await payments.subscription(customerId)
  if (!subscription) throw new Error('no subscription')
  return { customerId, subscription }
}

describe('Stripe', () => {
  it('sells a plan on its own page, with the VAT id and the name of the company passed through', async () => {
    const { customerId, subscription } = await bought()
    expect(subscription).toMatchObject({ state: 'active', plan: 'pro', cancelAt: null, trialEnd: null })
    expect(stripe.double.world.customers.get(customerId)).toMatchObject({ name: 'Léa SARL', taxId: 'FR00123456789' })
    const [invoice] = await stripe.payments.invoices(customerId, 5)
    expect(invoice).toMatchObject({ state: 'paid', total: { minor: 4_900, currency: 'eur' }, number: 'NOX-0001' })
    expect(await (await fetch(local(invoice?.url ?? ''))).text()).toContain('paid')
    expect(await stripe.payments.nextInvoice(customerId, subscription.id)).toMatchObject({ total: { minor: 4_900 } })
    expect(await stripe.payments.createCustomer({ tenantId: 'T1', name: 'Léa', language: 'fr' })).toBe(customerId)
  })

  it('changes and ends subscriptions in its portal; an unpaid one is paid with another card', async () => {
    const { customerId, subscription } = await bought('solo')
    const visit = async (kind: 'change' | 'cancel' | 'card', fields: Record<string, string>) => {
      const how =
        kind === 'change'
          ? ({ kind, subscriptionId: subscription.id, plan: 'pro' } as const)
          : kind === 'cancel'
            ? ({ kind, subscriptionId: subscription.id } as const)
            : ({ kind } as const)
      const url = await stripe.payments.portalLink({ customerId, language: 'fr', returnUrl, visit: how })
      expect((await fetch(local(url))).status).toBe(200)
      expect((await submit(local(url), { action: kind, ...fields })).status).toBe(303)
      return stripe.payments.subscription(customerId)
    }
    expect(await visit('change', {})).toMatchObject({ plan: 'pro', state: 'active' })
    await visit('card', { card: '4000 0000 0000 0002' })
    stripe.double.advance(32)
    expect(await stripe.payments.subscription(customerId)).toMatchObject({ state: 'past_due' })
    expect(await visit('card', { card: '4242 4242 4242 4242' })).toMatchObject({ state: 'active' })
    expect(await visit('cancel', {})).toMatchObject({ state: 'active', cancelAt: expect.any(Number) })
    stripe.double.advance(32)
    expect(await stripe.payments.subscription(customerId)).toMatchObject({ state: 'canceled' })
    await stripe.payments.portalLink({ customerId, language: 'en', returnUrl, visit: { kind: 'overview' } })
  })

  it('counts usage once for each identifier', async () => {
    const { customerId } = await bought()
    const at = now()
    for (const identifier of ['a', 'b', 'a']) {
      await stripe.payments.reportUsage({ customerId, units: 5, identifier, at })
    }
    expect(await stripe.payments.meteredUsage(customerId, at - 3_600_000, at + 3_600_000)).toBe(10)
    expect(await stripe.payments.meteredUsage(customerId, at - 7_200_000, at - 3_600_000)).toBe(0)
  })

  it('signs its events; a forged, changed or old one is none', async () => {
    const { customerId } = await bought()
    const event = stripe.double.world.events.find(({ type }) => type === 'customer.subscription.created')
    if (!event) throw new Error('no event')
    const body = JSON.stringify(presentEvent(event))
    const at = Math.floor(now() / 1000)
    const read = (signature: string, text = body) => stripe.payments.readEvent(text, signature)
    const good = signEvent(body, stripeKeys.webhookSecret, at)
    expect(await read(good)).toMatchObject({ id: event.id, customerId, tenantId: 'T1' })
    expect(await read(signEvent(body, 'whsec_other', at))).toBeNull()
    expect(await read(good, body.replace('active', 'canceled'))).toBeNull()
    expect(await read(signEvent(body, stripeKeys.webhookSecret, at - 600))).toBeNull()
    expect(await read('')).toBeNull()
    expect(await stripe.payments.readEvent(body, undefined)).toBeNull()
    const listed = []
    for await (const each of stripe.payments.events(now() - 86_400_000)) listed.push(each.type)
    expect(listed).toEqual(['customer.subscription.created', 'invoice.paid', 'checkout.session.completed'])
  })

  it('is prepared by a setup that can run again', async () => {
    const empty = await startStripe(now, false)
    try {
      const access = { ...stripeKeys, apiUrl: empty.apiUrl }
      const first = await setUpStripe(access, 'https://nox.example/webhooks/stripe')
      expect(first.made).toHaveLength(11)
      expect(first.webhookSecret).toMatch(/^whsec_/)
      const again = await setUpStripe(access, 'https://nox.example/webhooks/stripe')
      expect([again.made, again.kept.length, again.webhookSecret]).toEqual([[], 11, null])
      expect([...empty.double.world.prices.values()].map(({ lookupKey, amount }) => [lookupKey, amount])).toEqual([
        ['nox_professional_monthly', 4_900],
        ['nox_solo_monthly', 1_900],
        ['nox_pro_monthly', 4_900],
        ['nox_freelance-enterprise_monthly', 9_900],
      ])
      hold(empty.double.exchanges)
    } finally {
      await empty.close()
    }
  })

  it('has one open checkout of a customer, and none beside one that was paid', async () => {
    const { payments } = stripe
    const customerId = await payments.createCustomer({ tenantId: 'T1', name: 'Léa', language: 'fr' })
    const about = { customerId, tenantId: 'T1', language: 'fr', returnUrl } as const
    const [solo, pro] = [
      local(await payments.checkoutLink({ ...about, plan: 'solo' })),
      local(await payments.checkoutLink({ ...about, plan: 'pro' })),
    ]
    const card = { action: 'pay', name: 'Léa', card: '4242 4242 4242 4242' }
    expect((await submit(solo, card)).status).toBe(410)
    expect((await submit(pro, card)).status).toBe(303)
    expect((await submit(pro, card)).status).toBe(410)
    expect(stripe.double.world.subscriptions.size).toBe(1)
  })

  it('knows who pays the old price after a change of prices', async () => {
    const { customerId, subscription } = await bought('solo')
    const price = [...stripe.double.world.prices.values()].find(({ lookupKey }) => lookupKey === 'nox_solo_monthly')
    Object.assign(price ?? {}, { amount: 1_500 })
    const webhook = 'https://nox.example/webhooks/stripe'
    const { made } = await setUpStripe({ ...stripeKeys, apiUrl: stripe.apiUrl }, webhook)
    expect(made).toEqual(['price nox_solo_monthly', `webhook endpoint ${webhook}`])
    expect(price?.lookupKey).toBeNull()
    expect(await stripe.payments.subscription(customerId)).toMatchObject({ plan: 'solo', state: 'active' })
    const visit = { kind: 'change', subscriptionId: subscription.id, plan: 'pro' } as const
    const url = await stripe.payments.portalLink({ customerId, language: 'fr', returnUrl, visit })
    expect((await submit(local(url), { action: 'change' })).status).toBe(303)
    expect(await stripe.payments.subscription(customerId)).toMatchObject({ plan: 'pro' })
  })

  it('has its webhook endpoint follow what NOX follows', async () => {
    const webhook = 'https://nox.example/webhooks/stripe'
    const access = { ...stripeKeys, apiUrl: stripe.apiUrl }
    await setUpStripe(access, webhook)
    const endpoint = [...stripe.double.world.endpoints.values()].find(({ url }) => url === webhook)
    const followed = endpoint?.events ?? []
    Object.assign(endpoint ?? {}, { events: ['invoice.paid'] })
    const again = await setUpStripe(access, webhook)
    expect([again.made, again.webhookSecret]).toEqual([[`events of webhook endpoint ${webhook}`], null])
    expect([...stripe.double.world.endpoints.values()].find(({ url }) => url === webhook)?.events).toEqual(followed)
  })

  it('says what went wrong without the key', async () => {
    const { payments } = stripe
    const wrong = await openStripe({ ...stripeKeys, secretKey: 'sk_test_wrong', apiUrl: stripe.apiUrl })
    const error = await wrong.subscription('cus_1').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NoxError)
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toContain('sk_test_wrong')
    await expect(payments.subscription('cus_none')).rejects.toMatchObject({ code: 'vendor-failed' })
    stripe.double.faults.push({ kind: 'status', status: 500, times: 1 })
    await expect(bought('pro', 'T2')).resolves.toBeDefined()
  })

  afterEach(() => hold(stripe.double.exchanges))
})

const contract = hasContract('stripe.json') ? readContract('stripe.json') : null
if (contract) afterEach(() => reportCoverage('Stripe', contract))
else console.info('Stripe: no stripe.json beside the project, exchanges are not held to it')

/** Of calls that stripe.json does not describe (the SDK's types do), and of refusals, nothing is said. */
const undescribed =
  /^(GET \/v1\/(checkout\/sessions|subscriptions|products|events|webhook_endpoints|billing_portal\/configurations|billing\/.*)|POST \/v1\/(billing\/meters|webhook_endpoints\/.+|billing_portal\/configurations\/.+))$/

/** Holds all exchanges to Stripe's description. */
function hold(exchanges: readonly Exchange[]): void {
  if (!contract) return
  const checked = exchanges.filter(
    ({ request, answer }) => answer.status === 200 && !undescribed.test(`${request.method} ${request.path}`),
  )
  const problems = checked.flatMap(({ request, ...rest }) => {
    const query = new URLSearchParams([...request.query].map(([key, value]) => [key.replace(/\[.*$/, ''), value]))
    return contract.problems({ ...rest, request: { ...request, query } })
  })
  expect(problems).toEqual([])
}
