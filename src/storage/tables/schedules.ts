import type { ColumnKit } from '../columns.ts'
import { orm } from '../drizzle.ts'

/** Orders that are given again and again, and each time that was taken up. */
export function schedulesTables({ table, text, number, primaryKey, index, uniqueIndex }: ColumnKit) {
  return {
    schedules: table(
      'schedules',
      {
        tenantId: text('tenant_id').notNull(),
        /** The id of the order that made it. */
        id: text('id').notNull(),
        /** The number of that order, by which people name it. */
        number: number('number').notNull(),
        ownerId: text('owner_id').notNull(),
        command: text('command').notNull(),
        args: text('args').notNull(),
        language: text('language').notNull(),
        cron: text('cron').notNull(),
        timeZone: text('time_zone').notNull(),
        conversationId: text('conversation_id').notNull(),
        threadTs: text('thread_ts'),
        placeKind: text('place_kind').notNull(),
        state: text('state').notNull(),
        /** `null` unless it is active. */
        nextDueAt: number('next_due_at'),
        lastRunAt: number('last_run_at'),
        createdAt: number('created_at').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.tenantId, t.id] }),
        uniqueIndex('schedules_number').on(t.tenantId, t.number),
        index('schedules_due').on(t.nextDueAt).where(orm.isNotNull(t.nextDueAt)),
      ],
    ),
    /** Each due time that was taken up: its key keeps a second run from it. */
    scheduleRuns: table(
      'schedule_runs',
      {
        tenantId: text('tenant_id').notNull(),
        scheduleId: text('schedule_id').notNull(),
        dueAt: number('due_at').notNull(),
        /** `null` = it was missed, and told. */
        actionId: text('action_id'),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.scheduleId, t.dueAt] })],
    ),
  }
}
