import type { ColumnKit } from '../columns.ts'
import { orm } from '../drizzle.ts'

/** Incidents and their timelines. */
export function incidentsTables({ table, text, number, primaryKey, index, uniqueIndex }: ColumnKit) {
  return {
    incidents: table(
      'incidents',
      {
        tenantId: text('tenant_id').notNull(),
        /** The id of the order that declared it. */
        id: text('id').notNull(),
        number: number('number').notNull(),
        state: text('state').notNull(),
        openedAt: number('opened_at').notNull(),
        /** `null` once it is resolved. */
        nextUpdateAt: number('next_update_at'),
        incident: text('incident').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('incidents_number').on(t.tenantId, t.number),
        index('incidents_due').on(t.nextUpdateAt).where(orm.isNotNull(t.nextUpdateAt)),
      ],
    ),
    incidentEvents: table(
      'incident_events',
      {
        tenantId: text('tenant_id').notNull(),
        incidentId: text('incident_id').notNull(),
        id: text('id').notNull(),
        at: number('at').notNull(),
        event: text('event').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.incidentId, t.id] })],
    ),
    /** What is to be told of incidents to another messenger than Slack, until it was. */
    announcements: table(
      'announcements',
      {
        tenantId: text('tenant_id').notNull(),
        /** The id of the order that it tells of. */
        id: text('id').notNull(),
        dueAt: number('due_at').notNull(),
        /** Its channel and its words, as JSON. */
        pending: text('pending').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('announcements_due').on(t.dueAt)],
    ),
  }
}
