import type { Arguments, Language } from '../domain/command-spec.ts'
import type { Place } from '../domain/request.ts'
import type { Schedule, ScheduleState } from '../domain/schedule.ts'
import { appendAudit } from './audit.ts'
import { clampLimit, cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { createActionInsert } from './insert-action.ts'
import type { Tables } from './tables.ts'
import type { Schedules } from './types/schedules.ts'

type Row = Tables['schedules']['$inferSelect']

function toSchedule(row: Row): Schedule {
  const { conversationId, threadTs, placeKind, command, args, ...rest } = row
  return {
    ...rest,
    order: { command, args: JSON.parse(args) as Arguments },
    language: row.language as Language,
    state: row.state as ScheduleState,
    place: { channel: 'slack', conversationId, threadTs, kind: placeKind as Place['kind'] },
  }
}

function toRow({ order, place, ...rest }: Schedule): Row {
  return cleanRow({
    ...rest,
    command: order.command,
    args: JSON.stringify(order.args),
    conversationId: place.conversationId,
    threadTs: place.threadTs,
    placeKind: place.kind,
  })
}

/** A run, the next time and the order that it gives are one unit: of several who start it, one does. */
export function createSchedules(database: Database): Schedules {
  const { schedules, scheduleRuns, tenants } = database.tables
  const { and, asc, desc, eq, inArray, isNotNull, lte, ne } = orm
  const { insert } = createActionInsert(database)
  const mine = (tenantId: string, id: string) => and(eq(schedules.tenantId, tenantId), eq(schedules.id, id))
  const one = async (tenantId: string, where: ReturnType<typeof eq>) => {
    const [row] = await database.read(tenantId, async (tx) =>
      tx
        .select()
        .from(schedules)
        .where(and(eq(schedules.tenantId, tenantId), where)),
    )
    return row ? toSchedule(row) : null
  }

  return {
    async create(schedule) {
      const row = toRow(schedule)
      await database.write(schedule.tenantId, async (tx) =>
        tx
          .insert(schedules)
          .values(row)
          .onConflictDoNothing({ target: [schedules.tenantId, schedules.id] }),
      )
    },
    find: (tenantId, id) => one(tenantId, eq(schedules.id, id)),
    findByNumber: (tenantId, number) => one(tenantId, eq(schedules.number, number)),
    async list(tenantId, { ownerId, states, limit }) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(schedules)
          .where(
            and(
              eq(schedules.tenantId, tenantId),
              inArray(schedules.state, [...states]),
              ownerId === undefined ? undefined : eq(schedules.ownerId, ownerId),
            ),
          )
          .orderBy(asc(schedules.number))
          .limit(clampLimit(limit)),
      )
      return rows.map(toSchedule)
    },
    setState: (tenantId, id, { from, to, nextDueAt, audit }) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const rows = await tx
          .update(schedules)
          .set({ state: to, nextDueAt })
          .where(and(mine(tenantId, id), inArray(schedules.state, [...from])))
          .returning({ id: schedules.id })
        if (rows.length === 0) return false
        if (audit) await appendAudit(database, tx, tenantId, audit)
        return true
      }),
    async setTimes(tenantId, id, times) {
      const active = and(mine(tenantId, id), eq(schedules.state, 'active'))
      await database.write(tenantId, async (tx) => tx.update(schedules).set(times).where(active))
    },
    async listDue(now, limit) {
      const seen = await database.read(null, async (tx) =>
        tx
          .select({ tenantId: schedules.tenantId, id: schedules.id, dueAt: schedules.nextDueAt })
          .from(schedules)
          .where(and(isNotNull(schedules.nextDueAt), lte(schedules.nextDueAt, now)))
          .orderBy(asc(schedules.nextDueAt))
          .limit(clampLimit(limit)),
      )
      return seen.map((each) => ({ ...each, dueAt: each.dueAt ?? now }))
    },
    async listMoved(limit) {
      return database.read(null, async (tx) =>
        tx
          .select({ tenantId: schedules.tenantId, id: schedules.id })
          .from(schedules)
          .innerJoin(tenants, eq(tenants.id, schedules.tenantId))
          .where(and(isNotNull(schedules.nextDueAt), ne(schedules.timeZone, tenants.timeZone)))
          .limit(clampLimit(limit)),
      )
    },
    startRun: (tenantId, id, { from, dueAt, nextDueAt, action, audit }) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const stands = and(mine(tenantId, id), eq(schedules.state, 'active'), eq(schedules.nextDueAt, from))
        const moved = await tx
          .update(schedules)
          .set({ nextDueAt, ...(action ? { lastRunAt: dueAt } : {}) })
          .where(stands)
          .returning({ id: schedules.id })
        if (moved.length === 0) return null
        const taken = await tx
          .insert(scheduleRuns)
          .values({ tenantId, scheduleId: id, dueAt, actionId: action?.id ?? null })
          .onConflictDoNothing({ target: [scheduleRuns.tenantId, scheduleRuns.scheduleId, scheduleRuns.dueAt] })
          .returning({ dueAt: scheduleRuns.dueAt })
        if (taken.length === 0) return null
        if (audit) await appendAudit(database, tx, tenantId, audit)
        return action ? insert(tx, action) : 'missed'
      }),
    async runs(tenantId, id, limit) {
      return database.read(tenantId, async (tx) =>
        tx
          .select({ dueAt: scheduleRuns.dueAt, actionId: scheduleRuns.actionId })
          .from(scheduleRuns)
          .where(and(eq(scheduleRuns.tenantId, tenantId), eq(scheduleRuns.scheduleId, id)))
          .orderBy(desc(scheduleRuns.dueAt))
          .limit(clampLimit(limit)),
      )
    },
  }
}
