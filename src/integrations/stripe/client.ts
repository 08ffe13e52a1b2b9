import Stripe from 'stripe'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'

/** Stripe's SDK, at Stripe or at a double. Calls that were not answered are tried twice more, with the same key. */
export function createClient({ secretKey, apiUrl }: { readonly secretKey: string; readonly apiUrl: string }): Stripe {
  const url = new URL(apiUrl)
  const protocol = url.protocol === 'http:' ? 'http' : 'https'
  return new Stripe(secretKey, {
    host: url.hostname,
    port: url.port === '' ? (protocol === 'http' ? 80 : 443) : Number(url.port),
    protocol,
    timeout: 10_000,
    maxNetworkRetries: 2,
    telemetry: false,
  })
}

/** A call to Stripe whose failure is told in NOX's words. @throws NoxError `vendor-failed` | `unreachable` */
export async function call<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const isSilent = error instanceof Stripe.errors.StripeConnectionError
    // Stripe's own message may quote the key: type, code and request id tell enough.
    const facts = [error.type, error.code, error.requestId].filter(Boolean).join(' ')
    throw new NoxError(isSilent ? 'unreachable' : 'vendor-failed', `Stripe: ${what} failed (${facts})`, {
      forPerson: phrase(isSilent ? 'billing.stripe.silent' : 'billing.stripe.refused'),
    })
  }
}
