import type { StripeDouble } from './double.ts'
import { newId } from './world.ts'

/** What is for sale, by lookup key, in cents. */
const shelf = [
  ['professional', 'NOX Professional', 4_900],
  ['solo', 'NOX Solo', 1_900],
  ['pro', 'NOX Pro', 4_900],
  ['freelance-enterprise', 'NOX Freelance Enterprise', 9_900],
] as const

/** Fills the simulated Stripe as `nox billing setup` fills a real one. @param noxUrl where its webhooks go */
export function plantShop({ world, now }: StripeDouble, noxUrl: string, secret: string): void {
  const created = now()
  for (const [plan, name, amount] of shelf) {
    const product = `nox_${plan}`
    world.products.set(product, { id: product, created, name, metadata: { plan } })
    const price = { id: newId('price'), created, product, amount, currency: 'eur', lookupKey: `nox_${plan}_monthly` }
    world.prices.set(price.id, { ...price, active: true })
  }
  const meter = newId('mtr')
  world.meters.set(meter, { id: meter, created, eventName: 'nox_actions', displayName: 'NOX actions' })
  const portal = newId('bpc')
  world.configurations.set(portal, { id: portal, created, features: {} })
  const endpoint = newId('we')
  world.endpoints.set(endpoint, { id: endpoint, created, url: `${noxUrl}/webhooks/stripe`, secret, events: ['*'] })
}
