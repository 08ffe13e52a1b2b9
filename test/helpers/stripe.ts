import type { Payments } from '../../src/capabilities/payments.ts'
import { openStripe } from '../../src/integrations/stripe/index.ts'
import { createStripeDouble, plantShop, type StripeDouble } from '../../src/sandbox/stripe/index.ts'

export const stripeKeys = { secretKey: 'sk_test_4242', webhookSecret: 'whsec_4242' }

export interface RunningStripe {
  readonly double: StripeDouble
  readonly payments: Payments
  readonly apiUrl: string
  close(): Promise<void>
}

/** The simulated Stripe behind HTTP, and NOX's way to it. @param now ms */
export async function startStripe(now: () => number = Date.now, isFilled = true): Promise<RunningStripe> {
  const double = createStripeDouble({ secretKey: stripeKeys.secretKey, now })
  if (isFilled) plantShop(double, 'http://127.0.0.1:9', stripeKeys.webhookSecret)
  const apiUrl = (await double.listen()).url
  const payments = await openStripe({ ...stripeKeys, apiUrl }, now)
  return { double, payments, apiUrl, close: () => double.close() }
}

/** Fills in a page of Stripe's, as a person does; gives where it leads. */
export async function submit(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
}
