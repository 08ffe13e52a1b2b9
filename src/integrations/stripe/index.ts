import type { Payments } from '../../capabilities/payments.ts'
import type { SetupReport, StripeAccess } from './access.ts'
import type { StripeLook } from './look.ts'

export type { SetupReport, StripeAccess }

/** The way to Stripe; its SDK is loaded with this. */
export async function openStripe(access: StripeAccess, now: () => number = Date.now): Promise<Payments> {
  const { createStripePayments } = await import('./payments.ts')
  return createStripePayments(access, now)
}

/** Looks whether all of a setup is there; changes nothing. */
export async function lookAtStripe(
  access: Pick<StripeAccess, 'secretKey' | 'apiUrl'>,
  webhookUrl: string,
): Promise<StripeLook> {
  const { lookAt } = await import('./look.ts')
  return lookAt(access, webhookUrl)
}

/** Makes products, prices, the meter, the portal and the webhook endpoint where they are not there yet. */
export async function setUpStripe(
  access: Pick<StripeAccess, 'secretKey' | 'apiUrl'>,
  webhookUrl: string,
): Promise<SetupReport> {
  const { setUp } = await import('./set-up.ts')
  return setUp(access, webhookUrl)
}
