import type { StripeConfig } from '../../config.ts'
import { NoxError } from '../../errors.ts'
import { lookAtStripe } from '../../integrations/stripe/index.ts'
import { type Check, failed, ok, warning } from './check.ts'

const setUp = 'Run npm run nox -- billing setup: it makes what is missing and leaves the rest.'

/** Does Stripe take the key, is there all that NOX sells, and does Stripe tell NOX of payments? Nothing is changed. */
export async function checkPayments(stripe: StripeConfig, publicUrl: string): Promise<readonly Check[]> {
  const { host } = new URL(stripe.apiUrl)
  try {
    const { missing, endpoint } = await lookAtStripe(stripe, `${publicUrl}/webhooks/stripe`)
    const checks: Check[] = [
      missing.length === 0
        ? ok('payments', `${host} takes the key, and has everything that NOX sells.`)
        : failed('payments', `${host} takes the key, but lacks ${missing.join(', ')}.`, setUp),
    ]
    if (endpoint === 'none') {
      const sentence = `${host} does not tell NOX of payments: no endpoint leads to ${publicUrl}/webhooks/stripe.`
      checks.push(failed('payments', sentence, setUp))
    } else if (endpoint !== 'whole') {
      checks.push(warning('payments', `${host} does not tell NOX of ${endpoint.lacks.join(', ')}.`, setUp))
    }
    return checks
  } catch (error) {
    if (!(error instanceof NoxError)) throw error
    const remedy = 'Look at STRIPE_SECRET_KEY (Developers, API keys), and whether this machine reaches Stripe.'
    return [failed('payments', `${host} can't be asked: ${error.message}.`, remedy)]
  }
}
