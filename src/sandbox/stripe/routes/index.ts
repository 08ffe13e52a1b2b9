import { catalogue } from './catalogue.ts'
import { customers } from './customers.ts'
import { meters } from './meters.ts'
import type { StripeRoute } from './route.ts'
import { sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { subscriptions } from './subscriptions.ts'

/** The operations of Stripe's API that NOX calls. */
export const routes: readonly StripeRoute[] = [
  ...customers,
  ...sessions,
  ...subscriptions,
  ...catalogue,
  ...meters,
  ...settings,
]
