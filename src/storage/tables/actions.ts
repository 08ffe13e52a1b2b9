import type { ColumnKit } from '../columns.ts'
import { orm } from '../drizzle.ts'

/** The ledger of orders, what it counts, and who is at work on what. */
export function actionsTables({ table, text, number, primaryKey, index, uniqueIndex }: ColumnKit) {
  return {
    /** Work that one process does at a time. */
    claims: table('claims', {
      name: text('name').primaryKey(),
      owner: text('owner').notNull(),
      until: number('until').notNull(),
    }),
    quotas: table(
      'quotas',
      {
        tenantId: text('tenant_id').notNull(),
        /** A member's id for a day, `*` for the tenant's month. */
        subject: text('subject').notNull(),
        period: text('period').notNull(),
        used: number('used').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.subject, t.period] })],
    ),
    actions: table(
      'actions',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        number: number('number').notNull(),
        eventId: text('event_id').notNull(),
        memberId: text('member_id').notNull(),
        userId: text('user_id').notNull(),
        conversationId: text('conversation_id').notNull(),
        threadTs: text('thread_ts'),
        placeKind: text('place_kind').notNull(),
        messageTs: text('message_ts'),
        command: text('command').notNull(),
        args: text('args').notNull(),
        language: text('language').notNull(),
        environment: text('environment'),
        resource: text('resource'),
        plan: text('plan').notNull(),
        /** Where an order came from that its words alone do not say, as JSON. */
        origin: text('origin'),
        state: text('state').notNull(),
        waitingFor: text('waiting_for'),
        waiting: text('waiting'),
        fence: number('fence').notNull(),
        leaseUntil: number('lease_until'),
        expiresAt: number('expires_at'),
        step: text('step'),
        cancelRequestedBy: text('cancel_requested_by'),
        /** Periods of the quotas that were taken, until they are given back. */
        quotaDay: text('quota_day'),
        quotaMonth: text('quota_month'),
        createdAt: number('created_at').notNull(),
        startedAt: number('started_at'),
        finishedAt: number('finished_at'),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('actions_event').on(t.tenantId, t.eventId),
        uniqueIndex('actions_number').on(t.tenantId, t.number),
        // What is looked for every few seconds: the few that have not ended, not the many that have.
        index('actions_open').on(t.state, t.leaseUntil).where(orm.isNull(t.finishedAt)),
        index('actions_thread').on(t.tenantId, t.conversationId, t.threadTs),
      ],
    ),
  }
}
