import type { ColumnKit } from '../columns.ts'
import { orm } from '../drizzle.ts'
import { editionColumns } from './edition-columns.ts'

/** Problems that were told to NOX, and how they are told on. */
export function alertsTables(kit: ColumnKit) {
  const { table, text, number, primaryKey, index, uniqueIndex } = kit
  return {
    /** Problems that were told to NOX, one row for all notifications of each. */
    alerts: table(
      'alerts',
      {
        tenantId: text('tenant_id').notNull(),
        source: text('source').notNull(),
        fingerprint: text('fingerprint').notNull(),
        id: text('id').notNull(),
        state: text('state').notNull(),
        severity: text('severity').notNull(),
        service: text('service'),
        lastAt: number('last_at').notNull(),
        mutedUntil: number('muted_until'),
        stormId: text('storm_id'),
        dueAt: number('due_at'),
        revision: number('revision').notNull(),
        /** The whole of it, as JSON; the columns beside repeat it for queries. */
        kept: text('kept').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.source, t.fingerprint] }),
        uniqueIndex('alerts_id').on(t.tenantId, t.id),
        index('alerts_due').on(t.dueAt).where(orm.isNotNull(t.dueAt)),
        index('alerts_last').on(t.tenantId, t.lastAt),
        index('alerts_storm').on(t.tenantId, t.stormId),
      ],
    ),
    /** What happened to problems, the newest of each kept for a while. */
    alertEvents: table(
      'alert_events',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        alertId: text('alert_id').notNull(),
        at: number('at').notNull(),
        what: text('what').notNull(),
        by: text('by'),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        index('alert_events_alert').on(t.tenantId, t.alertId, t.at),
        index('alert_events_at').on(t.tenantId, t.at),
      ],
    ),
    /** Collective messages of alerts that came too fast, by whom they are for. */
    alertStorms: table(
      'alert_storms',
      {
        tenantId: text('tenant_id').notNull(),
        audience: text('audience').notNull(),
        /** Messages that may still be posted one by one, at that moment. */
        tokens: text('tokens').notNull(),
        storm: text('storm'),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.audience] })],
    ),
    /** Addresses that alerts come in at; the secret of one is kept as its hash alone. */
    alertHooks: table(
      'alert_hooks',
      {
        tenantId: text('tenant_id').notNull(),
        source: text('source').notNull(),
        secretHash: text('secret_hash').notNull(),
        createdBy: text('created_by').notNull(),
        createdAt: number('created_at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.source] })],
    ),
    /** Routes, rotas, quiet hours and subscriptions, edited as one. */
    alertSettings: table('alert_settings', {
      tenantId: text('tenant_id').primaryKey(),
      settings: text('settings').notNull(),
      ...editionColumns(kit),
    }),
  }
}
