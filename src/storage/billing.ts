import type { Subscription } from '../domain/subscription.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { everybody } from './quota.ts'
import type { Billing } from './types/billing.ts'

/** What an event changes is one unit with the event itself: told again, it changes nothing. */
export function createBilling(database: Database): Billing {
  const { subscriptions, billingEvents, notices, metered, tenants, quotas, actions } = database.tables
  const { and, count, eq, inArray, isNull, max } = orm
  const one = (tenantId: string, id: string) => and(eq(billingEvents.tenantId, tenantId), eq(billingEvents.id, id))

  return {
    async find(tenantId) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select().from(subscriptions).where(eq(subscriptions.tenantId, tenantId)),
      )
      if (!row) return null
      const { customerId, subscription, version } = row
      return { customerId, version, subscription: subscription ? (JSON.parse(subscription) as Subscription) : null }
    },
    async customers() {
      const { tenantId, customerId } = subscriptions
      return database.read(null, async (tx) => tx.select({ tenantId, customerId }).from(subscriptions))
    },
    save: (tenantId, { customerId, subscription, version }, { event, tenant, audit }) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const [known] = await tx.select().from(subscriptions).where(eq(subscriptions.tenantId, tenantId))
        if ((known?.version ?? 0) !== version) return 'stale'
        if (event) {
          const [seen] = await tx.select().from(billingEvents).where(one(tenantId, event.id))
          if (seen) return 'duplicate'
          await tx.insert(billingEvents).values(cleanRow({ tenantId, ...event }))
        }
        const set = { customerId, subscription: subscription && JSON.stringify(subscription), version: version + 1 }
        await tx
          .insert(subscriptions)
          .values({ tenantId, ...set })
          .onConflictDoUpdate({ target: subscriptions.tenantId, set })
        if (tenant) await tx.update(tenants).set(tenant).where(eq(tenants.id, tenantId))
        if (audit) await appendAudit(database, tx, tenantId, audit)
        return 'saved'
      }),
    async hasEvent(tenantId, id) {
      const rows = await database.read(tenantId, async (tx) => tx.select().from(billingEvents).where(one(tenantId, id)))
      return rows.length > 0
    },
    settle: (tenantId, from, to, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const before = from === null ? isNull(tenants.settledPlan) : eq(tenants.settledPlan, from)
        const where = and(eq(tenants.id, tenantId), before)
        const changed = await tx.update(tenants).set({ settledPlan: to }).where(where).returning({ id: tenants.id })
        if (changed.length > 0 && audit) await appendAudit(database, tx, tenantId, audit)
        return changed.length > 0
      }),
    async tellOnce(tenantId, key, toldAt) {
      const told = await database.write(tenantId, async (tx) =>
        tx
          .insert(notices)
          .values({ tenantId, key, toldAt })
          .onConflictDoNothing({ target: [notices.tenantId, notices.key] })
          .returning({ key: notices.key }),
      )
      return told.length > 0
    },
    async untell(tenantId, key) {
      const where = and(eq(notices.tenantId, tenantId), eq(notices.key, key))
      await database.write(tenantId, async (tx) => tx.delete(notices).where(where))
    },
    async monthsUsed(periods) {
      const where = and(eq(quotas.subject, everybody), inArray(quotas.period, [...periods]))
      const { tenantId, period, used } = quotas
      return database.read(null, async (tx) => tx.select({ tenantId, period, used }).from(quotas).where(where))
    },
    async countedInMonth(tenantId, period) {
      const where = and(eq(actions.tenantId, tenantId), eq(actions.quotaMonth, period))
      const rows = await database.read(tenantId, async (tx) =>
        tx.select({ state: actions.state, n: count() }).from(actions).where(where).groupBy(actions.state),
      )
      const sum = (fits: (state: string) => boolean) =>
        rows.filter(({ state }) => fits(state)).reduce((total, { n }) => total + n, 0)
      const isEnded = (state: string) => endStates.includes(state)
      return { ended: sum(isEnded), open: sum((state) => !isEnded(state)) }
    },
    async lastActive(tenantId) {
      const { memberId, createdAt } = actions
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select({ memberId, at: max(createdAt) })
          .from(actions)
          .where(eq(actions.tenantId, tenantId))
          .groupBy(memberId),
      )
      return new Map(rows.map((row) => [row.memberId, Number(row.at ?? 0)]))
    },
    async metered(tenantId, period) {
      const where = and(eq(metered.tenantId, tenantId), eq(metered.period, period))
      const [row] = await database.read(tenantId, async (tx) => tx.select().from(metered).where(where))
      return { reported: row?.reported ?? 0, pending: row?.pending ?? 0 }
    },
    setMetered: (tenantId, period, from, to) =>
      database.write(tenantId, async (tx) => {
        const same = and(eq(metered.reported, from.reported), eq(metered.pending, from.pending))
        const rows = await tx
          .insert(metered)
          .values({ tenantId, period, ...to })
          .onConflictDoUpdate({
            target: [metered.tenantId, metered.period],
            set: to,
            ...(same ? { setWhere: same } : {}),
          })
          .returning({ period: metered.period })
        return rows.length > 0
      }),
  }
}

/** States in which an action keeps the unit that it took. */
const endStates: readonly string[] = ['done', 'refused', 'failed', 'cancelled', 'expired', 'unknown']
