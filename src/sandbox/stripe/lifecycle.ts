import { presentInvoice, presentSession, presentSubscription } from './present.ts'
import { type Customer, type Invoice, newId, type Price, type Session, type Subscription, type World } from './world.ts'

const day = 86_400
/** After so long without payment Stripe gives up, as an account's settings say (s). */
const givesUpAfter = 21 * day
/** Days after the first failure on which a card is tried again. */
const triesAgain = [3, 5, 7]

/** What happens to subscriptions, and the events that tell of it. */
export interface Lifecycle {
  /** A checkout that was paid. */
  subscribe(session: Session, price: Price): Subscription
  changePrice(subscription: Subscription, price: Price): void
  cancel(subscription: Subscription, atPeriodEnd: boolean): void
  keep(subscription: Subscription): void
  pause(subscription: Subscription): void
  resume(subscription: Subscription): void
  /** Another card: what is unpaid is paid with it at once. */
  setCard(customer: Customer, card: 'accepted' | 'declined'): void
  /** All that became due by now. */
  catchUp(): void
}

/** The same day of the next month, or its last (s). */
export function nextMonth(at: number): number {
  const from = new Date(at * 1000)
  const next = new Date(from)
  next.setUTCDate(1)
  next.setUTCMonth(from.getUTCMonth() + 1)
  const last = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate()
  next.setUTCDate(Math.min(from.getUTCDate(), last))
  return Math.floor(next.getTime() / 1000)
}

/** @param now seconds · @param emit an event with the object as it is at this moment */
export function createLifecycle(
  world: World,
  now: () => number,
  emit: (type: string, object: Record<string, unknown>) => void,
): Lifecycle {
  const tell = (what: 'created' | 'updated' | 'deleted' | 'paused' | 'resumed', subscription: Subscription) =>
    emit(`customer.subscription.${what}`, presentSubscription(world, subscription))
  const priceOf = (subscription: Subscription) => world.prices.get(subscription.price)
  let numbers = 0

  function invoice(subscription: Subscription, total: number, at: number, description: string): Invoice {
    numbers += 1
    const made: Invoice = {
      id: newId('in'),
      created: at,
      number: `NOX-${String(numbers).padStart(4, '0')}`,
      customer: subscription.customer,
      subscription: subscription.id,
      total,
      currency: priceOf(subscription)?.currency ?? 'eur',
      description,
      status: 'open',
      attempts: 0,
    }
    world.invoices.set(made.id, made)
    subscription.latestInvoice = made.id
    return made
  }

  const withTenant = (made: Invoice, subscription: Subscription) => ({
    ...presentInvoice('', made),
    parent: {
      type: 'subscription_details',
      subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
      quote_details: null,
    },
  })

  /** Tries the card; gives whether it was paid. */
  function collect(made: Invoice, subscription: Subscription): boolean {
    made.attempts += 1
    const isPaid = made.total === 0 || world.customers.get(made.customer)?.card === 'accepted'
    if (isPaid) made.status = 'paid'
    emit(isPaid ? 'invoice.paid' : 'invoice.payment_failed', withTenant(made, subscription))
    return isPaid
  }

  function renew(subscription: Subscription): void {
    const at = subscription.periodEnd
    subscription.periodStart = at
    subscription.periodEnd = nextMonth(at)
    if (subscription.status === 'unpaid') return
    const made = invoice(subscription, priceOf(subscription)?.amount ?? 0, at, 'NOX')
    const isPaid = collect(made, subscription)
    if (!isPaid) subscription.status = 'past_due'
    else if (subscription.status === 'trialing') subscription.status = 'active'
    tell('updated', subscription)
  }

  function end(subscription: Subscription): void {
    subscription.status = 'canceled'
    subscription.endedAt = now()
    tell('deleted', subscription)
  }

  /** An unpaid invoice: the card is tried again, then Stripe gives up. */
  function dun(subscription: Subscription): void {
    const made = world.invoices.get(subscription.latestInvoice ?? '')
    if (made?.status !== 'open') return
    const since = now() - made.created
    const due = triesAgain.filter((days) => since >= days * day).length + 1
    while (made.attempts < due) {
      if (!collect(made, subscription)) continue
      subscription.status = 'active'
      tell('updated', subscription)
      return
    }
    if (since < givesUpAfter) return
    subscription.status = 'unpaid'
    tell('updated', subscription)
  }

  return {
    subscribe(session, price) {
      const at = now()
      const subscription: Subscription = {
        id: newId('sub'),
        created: at,
        customer: session.customer,
        metadata: session.subscriptionMetadata,
        itemId: newId('si'),
        price: price.id,
        status: 'active',
        periodStart: at,
        periodEnd: nextMonth(at),
        trialEnd: null,
        cancelAtPeriodEnd: false,
        canceledAt: null,
        endedAt: null,
        latestInvoice: null,
      }
      world.subscriptions.set(subscription.id, subscription)
      const made = invoice(subscription, price.amount, at, 'NOX')
      tell('created', subscription)
      collect(made, subscription)
      session.status = 'complete'
      emit('checkout.session.completed', presentSession('', session))
      return subscription
    },
    changePrice(subscription, price) {
      const before = priceOf(subscription)
      subscription.price = price.id
      const left = Math.max(0, subscription.periodEnd - now()) / (subscription.periodEnd - subscription.periodStart)
      const total = Math.max(0, Math.round((price.amount - (before?.amount ?? 0)) * left))
      const made = invoice(subscription, total, now(), 'NOX')
      if (!collect(made, subscription)) subscription.status = 'past_due'
      tell('updated', subscription)
    },
    cancel(subscription, atPeriodEnd) {
      subscription.canceledAt = now()
      if (!atPeriodEnd) return end(subscription)
      subscription.cancelAtPeriodEnd = true
      tell('updated', subscription)
    },
    keep(subscription) {
      subscription.cancelAtPeriodEnd = false
      subscription.canceledAt = null
      tell('updated', subscription)
    },
    pause(subscription) {
      subscription.status = 'paused'
      tell('paused', subscription)
    },
    resume(subscription) {
      subscription.status = 'active'
      tell('resumed', subscription)
    },
    setCard(customer, card) {
      customer.card = card
      if (card === 'declined') return
      for (const subscription of world.subscriptions.values()) {
        const made = world.invoices.get(subscription.latestInvoice ?? '')
        const isOwing = subscription.status === 'past_due' || subscription.status === 'unpaid'
        if (subscription.customer !== customer.id || !isOwing || made?.status !== 'open') continue
        if (!collect(made, subscription)) continue
        subscription.status = 'active'
        tell('updated', subscription)
      }
    },
    catchUp() {
      for (const subscription of world.subscriptions.values()) {
        while (subscription.status !== 'canceled' && subscription.periodEnd <= now()) {
          if (subscription.cancelAtPeriodEnd) end(subscription)
          else if (subscription.status === 'paused') {
            subscription.periodStart = subscription.periodEnd
            subscription.periodEnd = nextMonth(subscription.periodEnd)
          } else renew(subscription)
        }
        if (subscription.status === 'past_due') dun(subscription)
      }
    },
  }
}
