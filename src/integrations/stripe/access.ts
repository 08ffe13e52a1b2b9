export interface StripeAccess {
  readonly secretKey: string
  readonly webhookSecret: string
  /** `https://api.stripe.com`, or a local double's. */
  readonly apiUrl: string
}

/** What was made by a setup, and what was there already. */
export interface SetupReport {
  readonly made: readonly string[]
  readonly kept: readonly string[]
  /** Of the webhook endpoint that was made: shown once, by Stripe too. */
  readonly webhookSecret: string | null
}
