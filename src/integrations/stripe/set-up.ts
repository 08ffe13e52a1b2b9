import type Stripe from 'stripe'
import { type Plan, plansOnSale } from '../../domain/plans.ts'
import type { SetupReport } from './access.ts'
import { call, createClient } from './client.ts'
import { followedEvents, lookupKey, meterName, productId } from './names.ts'

/** What is for sale at Stripe; run again, it makes what is missing and leaves the rest as it is. */
export function setUp(
  access: { readonly secretKey: string; readonly apiUrl: string },
  webhookUrl: string,
): Promise<SetupReport> {
  const stripe = createClient(access)
  const made: string[] = []
  const kept: string[] = []
  const note = (isMade: boolean, what: string) => (isMade ? made : kept).push(what)

  async function product(plan: Plan): Promise<string> {
    const id = productId(plan.id)
    const { data } = await stripe.products.list({ ids: [id], limit: 1 })
    note(!data[0], `product ${id}`)
    return (
      data[0]?.id ?? (await stripe.products.create({ id, name: `NOX ${plan.name}`, metadata: { plan: plan.id } })).id
    )
  }

  async function price(plan: Plan): Promise<{ product: string; price: string }> {
    const inProduct = await product(plan)
    const key = lookupKey(plan.id)
    const { minor = 0, currency = 'eur' } = plan.price ?? {}
    const { data } = await stripe.prices.list({ lookup_keys: [key], active: true, limit: 1 })
    const known = data[0]
    const fits = known?.unit_amount === minor && known.currency === currency
    note(!fits, `price ${key}`)
    if (known && fits) return { product: inProduct, price: known.id }
    // A price never changes: a new one takes over the key, and subscriptions keep the old one until they change.
    const fresh = await stripe.prices.create({
      product: inProduct,
      currency,
      unit_amount: minor,
      recurring: { interval: 'month' },
      lookup_key: key,
      transfer_lookup_key: true,
    })
    return { product: inProduct, price: fresh.id }
  }

  async function meter(): Promise<void> {
    const { data } = await stripe.billing.meters.list({ status: 'active', limit: 100 })
    const known = data.some((each) => each.event_name === meterName)
    note(!known, `meter ${meterName}`)
    if (known) return
    await stripe.billing.meters.create({
      display_name: 'NOX actions',
      event_name: meterName,
      default_aggregation: { formula: 'sum' },
      customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
      value_settings: { event_payload_key: 'value' },
    })
  }

  async function portal(products: readonly { product: string; price: string }[]): Promise<void> {
    const features: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
      customer_update: { enabled: true, allowed_updates: ['name', 'address', 'tax_id', 'email'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'always_invoice',
        products: products.map((each) => ({ product: each.product, prices: [each.price] })),
      },
    }
    const { data } = await stripe.billingPortal.configurations.list({ is_default: true, limit: 1 })
    note(!data[0], 'portal configuration')
    if (data[0]) await stripe.billingPortal.configurations.update(data[0].id, { features })
    else await stripe.billingPortal.configurations.create({ features, metadata: { nox: 'portal' } })
  }

  async function endpoint(): Promise<string | null> {
    const { data } = await stripe.webhookEndpoints.list({ limit: 100 })
    const known = data.find((each) => each.url === webhookUrl && each.status === 'enabled')
    const lacks =
      known && followedEvents.some((type) => ![type, '*'].some((each) => known.enabled_events.includes(each)))
    note(!known || lacks === true, `${lacks ? 'events of ' : ''}webhook endpoint ${webhookUrl}`)
    if (known && lacks) await stripe.webhookEndpoints.update(known.id, { enabled_events: [...followedEvents] })
    if (known) return null
    const made = await stripe.webhookEndpoints.create({ url: webhookUrl, enabled_events: [...followedEvents] })
    return made.secret ?? null
  }

  return call('the setup', async () => {
    const prices = []
    for (const plan of [...plansOnSale('company'), ...plansOnSale('individual')]) prices.push(await price(plan))
    await meter()
    await portal(prices)
    return { made, kept, webhookSecret: await endpoint() }
  })
}
