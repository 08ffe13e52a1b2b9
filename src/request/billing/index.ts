import type { Services } from '../../actions/services.ts'
import type { PortalVisit } from '../../capabilities/payments.ts'
import type { Language } from '../../domain/command-spec.ts'
import { freePlan, isPlanId, isTrying, type Plan, plans, plansOnSale, takesPlace } from '../../domain/plans.ts'
import { isOngoing, type Subscription } from '../../domain/subscription.ts'
import { NoxError } from '../../errors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Form, type FormErrors, listOf } from '../administration/form.ts'
import { administrationEntry, type Guard } from '../governance/guard.ts'
import { fitting, type InUse, putInUse, wantedOf } from './fit-plan.ts'
import { mayBill } from './may-bill.ts'
import { type BillingOverview, readOverview } from './overview.ts'
import { integrationName } from './plan-refusal.ts'

export { mayBill } from './may-bill.ts'
export type { BillingOverview, Share } from './overview.ts'
export { integrationName } from './plan-refusal.ts'

/** What someone wants to do at the provider. */
export type BillingWish =
  | { readonly kind: 'buy'; readonly plan: string }
  | { readonly kind: 'overview' | 'card' | 'cancel' }

/** A plan beside the one that holds, with what it would change for this tenant. */
export interface Offer {
  readonly plan: Plan
  readonly isCurrent: boolean
  /** People and integrations that it has no place for. */
  readonly over: { readonly people: number; readonly integrations: number }
}

/** What stays in use, and what there is to choose from. */
export interface Choice {
  readonly plan: Plan
  readonly wanted: InUse
  readonly kept: InUse
}

/** Plans and payments, as those see and change them who may manage billing. Each call checks rights anew. */
export interface BillingDesk {
  overview(tenantId: string, userId: string): Promise<BillingOverview>
  /** All plans of the tenant's kind; a sentence where it may not be opened. */
  offers(tenantId: string, userId: string): Promise<readonly Offer[] | Phrase>
  /** A link to a page of the provider; a sentence where there is none. */
  link(tenantId: string, userId: string, language: Language, wish: BillingWish): Promise<{ url: string } | Phrase>
  choice(tenantId: string, userId: string): Promise<Choice | Phrase>
  /** Who and what stays active: `people` by their Slack ids, `integrations` by name. `null` = saved. */
  choose(tenantId: string, userId: string, form: Form): Promise<FormErrors | null>
}

/**
 * @param about.returnUrl where people come back to from the provider's pages
 * @param about.contact the e-mail address to ask for a quote at; `null` = none is known
 */
export function createBillingDesk(
  services: Services,
  guard: Guard,
  { returnUrl, contact }: { readonly returnUrl: string; readonly contact: string | null },
): BillingDesk {
  const { storage, knowledge } = services
  const refusal = (tenantId: string, userId: string, command: string) =>
    guard.refusal(tenantId, userId, command, 'flag.canManageBilling', mayBill)
  const tenantNow = async (tenantId: string) => (await knowledge.snapshot(tenantId)).knowledge.tenant

  async function customerOf(tenantId: string, name: string, language: Language): Promise<string> {
    const row = await storage.billing.find(tenantId)
    if (row) return row.customerId
    const customerId = await payments().createCustomer({ tenantId, name, language })
    await storage.billing.save(tenantId, { customerId, subscription: null, version: 0 }, {})
    // Someone else may have been faster; Stripe gave both the same customer.
    return (await storage.billing.find(tenantId))?.customerId ?? customerId
  }

  function payments() {
    if (services.billing) return services.billing
    throw new NoxError('not-found', 'NOX is not sold here', { forPerson: phrase('billing.off') })
  }

  /** What is paid for; who buys is not let into a second checkout because a webhook is late. */
  async function paidNow(tenantId: string, wish: BillingWish): Promise<Subscription | null> {
    const row = await storage.billing.find(tenantId)
    if (!row || wish.kind !== 'buy' || !services.billing) return row?.subscription ?? null
    const [{ syncSubscription }, { followSync }] = await Promise.all([
      import('./sync-subscription.ts'),
      import('./receive-payment-event.ts'),
    ])
    const synced = await syncSubscription(storage, services.billing, tenantId, services.now)
    if (JSON.stringify(synced.before) !== JSON.stringify(synced.now)) await followSync(services, tenantId, synced)
    return synced.now
  }

  async function linkFor(tenantId: string, language: Language, wish: BillingWish): Promise<{ url: string } | Phrase> {
    const tenant = await tenantNow(tenantId)
    const subscription = await paidNow(tenantId, wish)
    const ongoing = isOngoing(subscription) ? subscription : null
    const wanted = wish.kind === 'buy' && isPlanId(wish.plan) ? plans[wish.plan] : null
    if (wish.kind === 'buy') {
      if (!wanted || wanted.kind !== tenant.kind) return phrase('form.gone')
      if (wanted.price === null) {
        const { name: plan } = wanted
        return contact === null ? phrase('billing.onQuote', { plan }) : phrase('billing.onQuote.at', { plan, contact })
      }
      if (wanted.price.minor > 0 && !ongoing) {
        const customerId = await customerOf(tenantId, tenant.name, language)
        return { url: await payments().checkoutLink({ customerId, tenantId, plan: wanted.id, language, returnUrl }) }
      }
    }
    if (!ongoing && (wish.kind === 'cancel' || wish.kind === 'buy')) return phrase('billing.nothingToCancel')
    const visit = visitOf(wish, wanted, ongoing?.id ?? '')
    const customerId = await customerOf(tenantId, tenant.name, language)
    return { url: await payments().portalLink({ customerId, language, returnUrl, visit }) }
  }

  return {
    async overview(tenantId, userId) {
      const { tenant, member } = await guard.memberNow(tenantId, userId)
      return readOverview(services, tenant, member)
    },
    async offers(tenantId, userId) {
      const refused = await refusal(tenantId, userId, 'billing.plan')
      if (refused) return refused
      const tenant = await tenantNow(tenantId)
      const current = services.planOf(tenant)
      const wanted = await wantedOf(services, tenantId)
      const onQuote = Object.values(plans).filter(({ kind, price }) => kind === tenant.kind && price === null)
      const all = [...new Set([freePlan(tenant.kind), ...plansOnSale(tenant.kind), ...onQuote, current])]
      return all
        .filter(({ id }) => id !== 'none' || current.id === 'none')
        .map((plan) => {
          const kept = fitting(plan, wanted)
          const over = {
            people: wanted.members.length - kept.members.length,
            integrations: wanted.integrations.length - kept.integrations.length,
          }
          // What is only tried can be bought.
          return { plan, isCurrent: plan === current && !isTrying(tenant, services.now()), over }
        })
    },
    async link(tenantId, userId, language, wish) {
      const command = wish.kind === 'buy' ? 'billing.plan' : `billing.${wish.kind}`
      const refused = await refusal(tenantId, userId, command)
      if (refused) return refused
      const resource = wish.kind === 'buy' ? wish.plan : null
      const record = (result: 'done' | 'failed') =>
        storage.audit.append(tenantId, administrationEntry(services.now(), userId, { command, resource, result }))
      try {
        const found = await linkFor(tenantId, language, wish)
        await record('key' in found ? 'failed' : 'done')
        return found
      } catch (error) {
        services.log.warn({ err: error, tenant: tenantId }, 'no link to the payment provider')
        await record('failed')
        return (error instanceof NoxError ? error.forPerson : undefined) ?? phrase('billing.stripe.refused')
      }
    },
    async choice(tenantId, userId) {
      const refused = await refusal(tenantId, userId, 'billing.choose')
      if (refused) return refused
      const plan = services.planOf(await tenantNow(tenantId))
      const wanted = await wantedOf(services, tenantId)
      return { plan, wanted, kept: fitting(plan, wanted) }
    },
    async choose(tenantId, userId, form) {
      const refused = await refusal(tenantId, userId, 'billing.choose')
      if (refused) return { people: refused }
      const plan = services.planOf(await tenantNow(tenantId))
      const wanted = await wantedOf(services, tenantId)
      const ids = listOf(form, 'people')
      const chosen = wanted.members.filter(({ slackUserId }) => ids.includes(slackUserId))
      const active = chosen.map(({ pausedAt: _, ...member }) => member)
      const count = active.filter((member) => takesPlace(plan, member)).length
      if (plan.people !== null && count > plan.people) {
        return { people: phrase('billing.choose.tooMany', { most: plan.people, used: count }) }
      }
      const self = wanted.members.find(({ slackUserId }) => slackUserId === userId)
      if (self && !ids.includes(userId)) return { people: phrase('billing.choose.self') }
      const names = listOf(form, 'integrations')
      const integrations = wanted.integrations.filter((each) => names.includes(each))
      const fits = fitting(plan, { members: [], integrations }).integrations
      if (fits.length < integrations.length) {
        const items = integrations.filter((each) => !fits.includes(each)).map(integrationName)
        return { integrations: phrase('billing.choose.noRoom', { names: { kind: 'list', items }, plan: plan.name }) }
      }
      const guests = plan.guestsCount ? [] : wanted.members.filter(({ role }) => role === 'guest')
      await putInUse(services, tenantId, { members: [...new Set([...chosen, ...guests])], integrations })
      const details = { people: active.map(({ name }) => name).join(', '), integrations: integrations.join(', ') }
      const about = { command: 'billing.choose', resource: plan.name, result: 'changed', details } as const
      await storage.audit.append(tenantId, administrationEntry(services.now(), userId, about))
      return null
    },
  }
}

function visitOf(wish: BillingWish, wanted: Plan | null, subscriptionId: string): PortalVisit {
  if (wish.kind === 'overview' || wish.kind === 'card') return { kind: wish.kind }
  if (wish.kind === 'cancel' || wanted === null || wanted.price?.minor === 0) return { kind: 'cancel', subscriptionId }
  return { kind: 'change', subscriptionId, plan: wanted.id }
}
