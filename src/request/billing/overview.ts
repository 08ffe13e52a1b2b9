import { usageOf } from '../../actions/context-parts.ts'
import type { Services } from '../../actions/services.ts'
import type { Invoice, NextInvoice } from '../../capabilities/payments.ts'
import type { Member } from '../../domain/member.ts'
import { isTrying, type Plan, takesPlace } from '../../domain/plans.ts'
import { isOngoing, type Subscription } from '../../domain/subscription.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { billersOf, mayBill } from './may-bill.ts'
import { hasLook, mayLook } from './may-look.ts'
import { connectedOf } from './places.ts'
import { clustersPauseOn } from './trial-end.ts'

/** Used and granted; `limit` null = unlimited. */
export interface Share {
  readonly used: number
  readonly limit: number | null
}

/** What the Billing tab shows one person. */
export interface BillingOverview {
  readonly tenant: Tenant
  readonly plan: Plan
  /** False = the plan comes from the configuration, and nothing is paid here. */
  readonly isSold: boolean
  readonly mayBill: boolean
  /** An admin of a plan that has white-label chooses NOX's name and icon. */
  readonly mayLook: boolean
  readonly trialUntil: number | null
  /** The plan after the trial, where it pauses the clusters that are connected. */
  readonly clustersPauseOn: string | null
  readonly subscription: Subscription | null
  readonly mine: Share
  readonly actions: Share & { readonly forecast: number }
  readonly people: Share
  readonly integrations: Share
  /** People, vendors and clusters that the plan has no place for. */
  readonly paused: number
  /** Who may change the plan, by name. */
  readonly billers: readonly string[]
  /** `null` = the provider did not answer, or was not asked. */
  readonly invoices: readonly Invoice[] | null
  readonly next: NextInvoice | null
}

const shownInvoices = 5

/** Asks the payment provider only where this person may change the plan; a silent one leaves the rest as it is. */
export async function readOverview(services: Services, tenant: Tenant, member: Member): Promise<BillingOverview> {
  const { storage, billing: payments, log } = services
  const plan = services.planOf(tenant)
  const [row, usage, members, connected, vendors, clusters, billers] = await Promise.all([
    storage.billing.find(tenant.id),
    usageOf(services, tenant, member),
    storage.members.list(tenant.id),
    connectedOf(services, tenant.id),
    storage.integrations.list(tenant.id),
    storage.catalogue.clusters(tenant.id),
    billersOf(services, tenant.id),
  ])
  const isPaused = ({ pausedAt }: { readonly pausedAt?: number }) => pausedAt !== undefined
  const manages = mayBill(member)
  const subscription = row && isOngoing(row.subscription) ? row.subscription : null
  const asked = manages && payments && row ? { payments, row } : null
  const invoices = await asked?.payments
    .invoices(asked.row.customerId, shownInvoices)
    .catch((error: unknown) => void log.warn({ err: error, tenant: tenant.id }, 'invoices could not be read'))
  // Nothing more comes where it was cancelled: asking would be an error.
  const hasNext = asked && subscription && subscription.cancelAt === null && subscription.state !== 'paused'
  const next = hasNext
    ? await asked.payments
        .nextInvoice(asked.row.customerId, subscription.id)
        .catch(
          (error: unknown) => void log.warn({ err: error, tenant: tenant.id }, 'the next invoice could not be read'),
        )
    : null
  return {
    tenant,
    plan,
    isSold: payments !== undefined,
    mayBill: manages,
    mayLook: mayLook(member) && hasLook(plan),
    trialUntil: isTrying(tenant, services.now()) ? (tenant.planUntil ?? null) : null,
    clustersPauseOn: clusters.length > 0 ? clustersPauseOn(tenant) : null,
    subscription,
    mine: usage.day,
    actions: usage.month,
    people: { used: members.filter((each) => takesPlace(plan, each)).length, limit: plan.people },
    integrations: { used: connected.length, limit: plan.integrations.most },
    paused: [...members, ...vendors, ...clusters].filter(isPaused).length,
    billers: billers.map(({ name }) => name),
    invoices: invoices ?? null,
    next: next ?? null,
  }
}
