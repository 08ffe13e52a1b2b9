import { missing, noSuch, Refusal } from '../answers.ts'
import { listAt, objectAt, textAt, textsOf } from '../form.ts'
import { listOf, presentSession } from '../present.ts'
import { newId, type Session, type World } from '../world.ts'
import {
  asObject,
  customerOf,
  limitOf,
  needAddress,
  priceOf,
  route,
  type StripeCall,
  type StripeRoute,
} from './route.ts'

function session(world: World, call: StripeCall, kind: Session['kind'], more: Partial<Session>): Session {
  const made: Session = {
    id: newId(kind === 'checkout' ? 'cs_test' : 'bps'),
    kind,
    created: call.now,
    customer: customerOf(world, call.params).id,
    returnUrl: '',
    metadata: textsOf(objectAt(call.params, 'metadata')),
    subscriptionMetadata: {},
    reference: null,
    locale: textAt(call.params, 'locale') ?? 'auto',
    price: null,
    flow: 'overview',
    collectsTaxId: false,
    // A checkout is open for a day; the way into the portal is good for five minutes.
    expiresAt: call.now + (kind === 'checkout' ? 86_400 : 300),
    status: 'open',
    ...more,
  }
  world.sessions.set(made.id, made)
  return made
}

const checkoutKeys = [
  'mode',
  'customer',
  'client_reference_id',
  'line_items',
  'locale',
  'success_url',
  'cancel_url',
  'billing_address_collection',
  'tax_id_collection',
  'customer_update',
  'metadata',
  'subscription_data',
]

/** A checkout that nobody paid ends by itself. */
const statusOf = ({ status, expiresAt }: Session, now: number): Session['status'] =>
  status === 'open' && expiresAt <= now ? 'expired' : status

/** The ways to Stripe’s pages: checkout and portal. */
export const sessions: readonly StripeRoute[] = [
  route('POST', '/v1/checkout/sessions', checkoutKeys, (world, call) => {
    const { params } = call
    if (textAt(params, 'mode') !== 'subscription') throw missing('mode')
    const items = listAt(params, 'line_items').map(asObject)
    if (items.length === 0) throw missing('line_items')
    const price = priceOf(world, textAt(items[0] ?? {}, 'price'))
    const collects = textAt(objectAt(params, 'tax_id_collection'), 'enabled') === 'true'
    const update = objectAt(params, 'customer_update')
    if (collects && textAt(update, 'name') !== 'auto') {
      throw new Refusal(400, 'Tax ID collection requires updating business name on the customer.', {
        param: 'customer_update',
      })
    }
    return presentSession(
      call.origin,
      session(world, call, 'checkout', {
        returnUrl: needAddress(params, 'success_url'),
        reference: textAt(params, 'client_reference_id') ?? null,
        subscriptionMetadata: textsOf(objectAt(objectAt(params, 'subscription_data'), 'metadata')),
        price: price.id,
        collectsTaxId: collects,
      }),
    )
  }),
  route('GET', '/v1/checkout/sessions', ['customer', 'status', 'limit'], (world, call) => {
    const customer = customerOf(world, call.params).id
    const status = textAt(call.params, 'status')
    const found = [...world.sessions.values()]
      .filter((each) => each.kind === 'checkout' && each.customer === customer)
      .filter((each) => status === undefined || statusOf(each, call.now) === status)
    const page = found.reverse().slice(0, limitOf(call.params))
    return listOf(
      '/v1/checkout/sessions',
      page.map((each) => presentSession(call.origin, each)),
    )
  }),
  route('POST', '/v1/checkout/sessions/{id}/expire', [], (world, call) => {
    const found = world.sessions.get(call.ids[0] ?? '')
    if (found?.kind !== 'checkout') throw noSuch('checkout.session', call.ids[0] ?? '')
    if (statusOf(found, call.now) !== 'open') {
      throw new Refusal(400, `Only Checkout Sessions with a status in ["open"] can be expired.`, { param: 'session' })
    }
    found.status = 'expired'
    return presentSession(call.origin, found)
  }),
  route(
    'POST',
    '/v1/billing_portal/sessions',
    ['customer', 'return_url', 'locale', 'flow_data', 'configuration'],
    (world, call) => {
      if (world.configurations.size === 0) {
        throw new Refusal(
          400,
          'No configuration provided and your test mode default configuration has not been created.',
        )
      }
      const flow = objectAt(call.params, 'flow_data')
      const type = textAt(flow, 'type')
      const change = objectAt(flow, 'subscription_update_confirm')
      const cancel = objectAt(flow, 'subscription_cancel')
      const subscription = textAt(change, 'subscription') ?? textAt(cancel, 'subscription')
      if (subscription && world.subscriptions.get(subscription)?.customer !== textAt(call.params, 'customer')) {
        throw noSuch('subscription', subscription)
      }
      const [item] = listAt(change, 'items').map(asObject)
      const flows = {
        payment_method_update: 'card',
        subscription_cancel: 'cancel',
        subscription_update_confirm: 'change',
      } as const
      const known = type === undefined ? 'overview' : flows[type as keyof typeof flows]
      if (!known) throw new Refusal(400, `Invalid flow_data[type]: ${type}`, { param: 'flow_data[type]' })
      return presentSession(
        call.origin,
        session(world, call, 'portal', {
          returnUrl: needAddress(call.params, 'return_url'),
          flow: known,
          price: known === 'change' ? priceOf(world, textAt(item ?? {}, 'price')).id : null,
        }),
      )
    },
  ),
]
