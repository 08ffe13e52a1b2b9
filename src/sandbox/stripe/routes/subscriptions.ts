import { noSuch, Refusal } from '../answers.ts'
import { listAt, textAt } from '../form.ts'
import { nextMonth } from '../lifecycle.ts'
import { listOf, presentInvoice, presentSubscription } from '../present.ts'
import { newId } from '../world.ts'
import { customerOf, limitOf, route, type StripeRoute } from './route.ts'

/** What is paid for, and the invoices. */
export const subscriptions: readonly StripeRoute[] = [
  route('GET', '/v1/subscriptions', ['customer', 'status', 'limit', 'starting_after'], (world, { params }) => {
    const all = textAt(params, 'status') === 'all'
    const expands = listAt(params, 'expand').includes('data.latest_invoice')
    const { id } = customerOf(world, params)
    const found = [...world.subscriptions.values()]
      .filter(({ customer }) => customer === id)
      .filter(({ status }) => all || !['canceled', 'incomplete_expired'].includes(status))
      .reverse()
      .slice(0, limitOf(params))
    return listOf(
      '/v1/subscriptions',
      found.map((each) => presentSubscription(world, each, expands)),
    )
  }),
  route('GET', '/v1/subscriptions/{id}', [], (world, { ids: [id = ''] }) => {
    const found = world.subscriptions.get(id)
    if (!found) throw noSuch('subscription', id)
    return presentSubscription(world, found)
  }),
  route('GET', '/v1/invoices', ['customer', 'limit', 'status', 'starting_after'], (world, { params, origin }) => {
    const { id } = customerOf(world, params)
    const found = [...world.invoices.values()].filter(({ customer }) => customer === id)
    return listOf(
      '/v1/invoices',
      found
        .reverse()
        .slice(0, limitOf(params))
        .map((each) => presentInvoice(origin, each)),
    )
  }),
  route('POST', '/v1/invoices/create_preview', ['customer', 'subscription'], (world, { params, origin }) => {
    const id = textAt(params, 'subscription') ?? ''
    const subscription = world.subscriptions.get(id)
    if (!subscription) throw noSuch('subscription', id)
    const price = world.prices.get(subscription.price)
    if (subscription.status === 'canceled' || subscription.cancelAtPeriodEnd) {
      throw new Refusal(404, 'No upcoming invoices for customer', { code: 'invoice_upcoming_none' })
    }
    const preview = presentInvoice(origin, {
      id: newId('upcoming_in'),
      created: subscription.periodEnd,
      number: '',
      customer: subscription.customer,
      subscription: id,
      total: price?.amount ?? 0,
      currency: price?.currency ?? 'eur',
      description: '',
      status: 'open',
      attempts: 0,
    })
    const dates = { period_end: subscription.periodEnd, next_payment_attempt: subscription.periodEnd + 3_600 }
    return { ...preview, ...dates, number: null, status: 'draft', hosted_invoice_url: null, period_start: nextMonth(0) }
  }),
]
