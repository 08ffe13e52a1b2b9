import type { Services } from '../../actions/services.ts'
import type { PaymentEvent, Payments } from '../../capabilities/payments.ts'
import { dayMs, graceDays, plans } from '../../domain/plans.ts'
import { phrase } from '../../texts/phrase.ts'
import { settlePlan } from './settle-plan.ts'
import { type Synced, syncSubscription } from './sync-subscription.ts'
import { tellBilling } from './tell-billing.ts'

/** Takes a webhook of the provider; gives the HTTP status. What fails is answered with 500, so that it comes again. */
export async function receivePaymentEvent(
  services: Services,
  payments: Payments,
  body: string,
  signature: string | undefined,
): Promise<number> {
  const event = await payments.readEvent(body, signature)
  if (!event) {
    services.log.warn('a webhook of the payment provider without a valid signature was refused')
    return 400
  }
  await takeEvent(services, payments, event)
  return 200
}

/** The tenant that an event is about; `null` = none of this installation. */
export async function tenantOf(storage: Services['storage'], event: PaymentEvent): Promise<string | null> {
  const { customerId } = event
  if (customerId === null) return null
  const rows = await storage.billing.customers()
  // What the event itself says of the tenant may be of another installation with the same Stripe account.
  return rows.find((row) => row.customerId === customerId)?.tenantId ?? null
}

async function takeEvent(services: Services, payments: Payments, event: PaymentEvent): Promise<void> {
  const tenantId = await tenantOf(services.storage, event)
  if (tenantId === null) return services.log.info({ event: event.id }, 'an event of a customer who is not known here')
  const synced = await syncSubscription(services.storage, payments, tenantId, services.now, event)
  if (synced.kind === 'saved') await followSync(services, tenantId, synced)
}

/** What follows a change: the plan is settled, and admins hear of it. */
export async function followSync(services: Services, tenantId: string, { before, now }: Synced): Promise<void> {
  services.knowledge.drop(tenantId)
  await settlePlan(services, tenantId)
  if (!now) return
  const plan = plans[now.plan].name
  const since = now.pastDueSince
  if (now.state === 'past_due' && since !== null) {
    const date = { kind: 'time', at: since + graceDays * dayMs, as: 'date' } as const
    const lines = [phrase('billing.pastDue.next', { plan, date })]
    await tellBilling(services, tenantId, `past_due ${since}`, phrase('billing.pastDue'), lines)
  }
  if (before?.state === 'past_due' && now.state === 'active') {
    const lines = [phrase('billing.paid.next', { plan })]
    await tellBilling(services, tenantId, `paid ${before.pastDueSince}`, phrase('billing.paid'), lines)
  }
}

/**
 * Takes every event that the provider still has and that was not taken yet; needs no Slack: a running NOX tells people
 * at its next look. Gives how many were taken, and how many were known.
 */
export async function replayEvents(
  storage: Services['storage'],
  payments: Payments,
  since: number,
  now: () => number,
): Promise<{ readonly taken: number; readonly known: number; readonly foreign: number }> {
  const counts = { taken: 0, known: 0, foreign: 0 }
  for await (const event of payments.events(since)) {
    const tenantId = await tenantOf(storage, event)
    if (tenantId === null) counts.foreign += 1
    else {
      const { kind } = await syncSubscription(storage, payments, tenantId, now, event)
      if (kind === 'saved') counts.taken += 1
      else counts.known += 1
    }
  }
  return counts
}
