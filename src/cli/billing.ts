import { readStripe, readStripeSetup, type StripeConfig } from '../config.ts'
import { NoxError } from '../errors.ts'

const usage = `nox billing setup
nox billing replay [DAYS]   1 to 30 days, as long as Stripe keeps events
nox billing grant WORKSPACE PLAN | trial DAYS`

/** `nox billing setup | replay [DAYS] | grant WORKSPACE PLAN`: the first two need Stripe's keys, none needs Slack. */
export async function runBilling([verb, ...words]: readonly string[]): Promise<number> {
  if (verb === 'grant') return grant(words)
  const [days = '30', ...more] = words
  if (verb === 'setup' && words.length === 0) return setUp()
  if (verb === 'replay' && /^\d{1,2}$/.test(days) && Number(days) >= 1 && Number(days) <= 30 && more.length === 0)
    return replay(Number(days))
  throw new NoxError('bad-input', usage)
}

/** The webhook's secret is known only once its endpoint exists: a setup needs the key alone. */
async function setUp(): Promise<number> {
  const { publicUrl, ...access } = readStripeSetup()
  const { setUpStripe } = await import('../integrations/stripe/index.ts')
  const { made, kept, webhookSecret } = await setUpStripe(access, `${publicUrl}/webhooks/stripe`)
  for (const what of made) process.stdout.write(`made  ${what}\n`)
  for (const what of kept) process.stdout.write(`kept  ${what}\n`)
  if (webhookSecret !== null) {
    process.stdout.write(`\nSTRIPE_WEBHOOK_SECRET=${webhookSecret}\nKeep it now: it is shown once.\n`)
  }
  return 0
}

async function grant([workspace, plan, days, ...more]: readonly string[]): Promise<number> {
  const isTrial = plan === 'trial'
  const isWhole = isTrial ? /^[1-9]\d{0,2}$/.test(days ?? '') : days === undefined
  if (!workspace || !plan || !isWhole || more.length > 0) throw new NoxError('bad-input', usage)
  const [{ openConfiguredStorage }, { grantPlan }] = await Promise.all([
    import('./open.ts'),
    import('../request/billing/grant-plan.ts'),
  ])
  const storage = await openConfiguredStorage()
  try {
    const wish = isTrial ? { trialDays: Number(days) } : { plan }
    const { name, planUntil } = await grantPlan(storage, workspace, wish, Date.now())
    const until = planUntil ? ` until ${new Date(planUntil).toISOString().slice(0, 10)}` : ''
    process.stdout.write(`${name} (${workspace}) has ${plan}${until}.\n`)
    return 0
  } finally {
    await storage.close()
  }
}

async function replay(days: number): Promise<number> {
  const stripe: StripeConfig | undefined = readStripe()
  if (!stripe) throw new NoxError('configuration', 'STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set.')
  const [{ openStripe }, { openConfiguredStorage }, { replayEvents }] = await Promise.all([
    import('../integrations/stripe/index.ts'),
    import('./open.ts'),
    import('../request/billing/receive-payment-event.ts'),
  ])
  const storage = await openConfiguredStorage()
  try {
    const since = Date.now() - days * 86_400_000
    const { taken, known, foreign } = await replayEvents(storage, await openStripe(stripe), since, Date.now)
    process.stdout.write(`${taken} events taken, ${known} known already, ${foreign} of other customers.\n`)
    return 0
  } finally {
    await storage.close()
  }
}
