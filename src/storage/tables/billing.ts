import type { ColumnKit } from '../columns.ts'

/** What a tenant pays for, and what of it was told to whom. */
export function billingTables({ table, text, number, primaryKey }: ColumnKit) {
  return {
    /** What a tenant pays for, as Stripe told it last. */
    subscriptions: table('subscriptions', {
      tenantId: text('tenant_id').primaryKey(),
      customerId: text('customer_id').notNull(),
      /** JSON; `null` = none yet. */
      subscription: text('subscription'),
      /** Rises with each change. */
      version: number('version').notNull(),
    }),
    /** Events of Stripe that were taken: each counts once. */
    billingEvents: table(
      'billing_events',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        type: text('type').notNull(),
        createdAt: number('created_at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    /** What admins were told once: `actions.80 2026-11`, `alert mailto: 2026-11-24`. */
    notices: table(
      'notices',
      { tenantId: text('tenant_id').notNull(), key: text('key').notNull(), toldAt: number('told_at').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.key] })],
    ),
    /** Units of a month that the meter was told. */
    metered: table(
      'metered',
      {
        tenantId: text('tenant_id').notNull(),
        period: text('period').notNull(),
        reported: number('reported').notNull(),
        /** What is being told: the same again after a crash. */
        pending: number('pending').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.period] })],
    ),
  }
}
