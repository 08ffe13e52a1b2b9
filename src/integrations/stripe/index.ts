import type { Payments } from '../../capabilities/payments.ts'
import type { SetupReport, StripeAccess } from './access.ts'

export type { SetupReport, StripeAccess }

/** The way to Stripe; its SDK is loaded with this. */
export async function openStripe(access: StripeAccess, now: () => number = Date.now): Promise<Payments> {
  const { createStripePayments } = await import('./payments.ts')
  return createStripePayments(access, now)
}

/** Makes products, prices, the meter, the portal and the webhook endpoint where they are not there yet. */
export async function setUpStripe(
  access: Pick<StripeAccess, 'secretKey' | 'apiUrl'>,
  webhookUrl: string,
): Promise<SetupReport> {
  const { setUp } = await import('./set-up.ts')
  return setUp(access, webhookUrl)
}
