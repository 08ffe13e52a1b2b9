import { plansOnSale } from '../../domain/plans.ts'
import type { StripeAccess } from './access.ts'
import { call, createClient } from './client.ts'
import { followedEvents, lookupKey, meterName } from './names.ts'

/** What a look at Stripe found. */
export interface StripeLook {
  /** What NOX needs and is not there: `price nox_pro`, `meter …`. */
  readonly missing: readonly string[]
  /** Whether Stripe tells NOX of everything that it follows. */
  readonly endpoint: 'whole' | 'none' | { readonly lacks: readonly string[] }
}

/** Looks whether a setup was made here, and is whole. @throws NoxError where Stripe does not answer, or refuses the key */
export function lookAt(access: Pick<StripeAccess, 'secretKey' | 'apiUrl'>, webhookUrl: string): Promise<StripeLook> {
  const stripe = createClient(access)
  return call('the look', async () => {
    const wanted = [...plansOnSale('company'), ...plansOnSale('individual')].map((plan) => lookupKey(plan.id))
    const missing: string[] = []
    for (const key of wanted) {
      const { data } = await stripe.prices.list({ lookup_keys: [key], active: true, limit: 1 })
      if (!data[0]) missing.push(`price ${key}`)
    }
    const { data: meters } = await stripe.billing.meters.list({ status: 'active', limit: 100 })
    if (!meters.some((each) => each.event_name === meterName)) missing.push(`meter ${meterName}`)
    const { data: endpoints } = await stripe.webhookEndpoints.list({ limit: 100 })
    const own = endpoints.find((each) => each.url === webhookUrl && each.status === 'enabled')
    if (!own) return { missing, endpoint: 'none' }
    const lacks = followedEvents.filter((type) => ![type, '*'].some((each) => own.enabled_events.includes(each)))
    return { missing, endpoint: lacks.length === 0 ? 'whole' : { lacks } }
  })
}
