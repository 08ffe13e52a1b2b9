import { dayMs, graceDays } from '../../../domain/plans.ts'
import { billingBlocks } from '../views/billing.ts'
import type { Tab } from './tab.ts'

/** Plan, usage and invoices. Guests of a company have no part in it. */
export const billingTab: Tab = {
  name: 'billing',
  mayOpen: (member) => member.role !== 'guest',
  async read({ channel, tenantId, userId, draw }) {
    const seen = await channel.billing.overview(tenantId, userId)
    const { subscription, tenant } = seen
    const since = subscription?.pastDueSince ?? null
    const isPaid = subscription !== null && ['active', 'trialing'].includes(subscription.state)
    const data = {
      ...seen,
      isIndividual: tenant.kind === 'individual',
      state: subscription === null ? ('none' as const) : isPaid ? ('active' as const) : ('unpaid' as const),
      graceUntil: since === null ? null : since + graceDays * dayMs,
      cancelAt: subscription?.cancelAt ?? null,
      ...(seen.mayLook ? { look: tenant.look ?? null } : {}),
    }
    return billingBlocks(data, draw)
  },
}
