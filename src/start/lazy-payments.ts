import type { Payments } from '../capabilities/payments.ts'
import type { StripeConfig } from '../config.ts'

/** Stripe, whose SDK is loaded when someone first pays, or looks at what they pay. */
export function lazyPayments(access: StripeConfig, now: () => number): Payments {
  let opened: Promise<Payments> | undefined
  const open = () => {
    opened ??= import('../integrations/stripe/index.ts').then(({ openStripe }) => openStripe(access, now))
    return opened
  }
  return {
    createCustomer: async (about) => (await open()).createCustomer(about),
    checkoutLink: async (about) => (await open()).checkoutLink(about),
    portalLink: async (about) => (await open()).portalLink(about),
    subscription: async (customerId) => (await open()).subscription(customerId),
    invoices: async (...about) => (await open()).invoices(...about),
    nextInvoice: async (...about) => (await open()).nextInvoice(...about),
    reportUsage: async (usage) => (await open()).reportUsage(usage),
    meteredUsage: async (...about) => (await open()).meteredUsage(...about),
    readEvent: async (...about) => (await open()).readEvent(...about),
    async *events(since) {
      yield* (await open()).events(since)
    },
  }
}
