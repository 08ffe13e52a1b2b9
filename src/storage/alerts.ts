import { absorbAlert, isFlapping, sooner } from '../domain/absorb-alert.ts'
import { type KeptAlert, type Severity, severities } from '../domain/alert.ts'
import { newNumber } from '../domain/new-number.ts'
import { createAlertEvents, type LoggedEvent } from './alert-events.ts'
import { createStormStates } from './alert-storms.ts'
import { chunks } from './chunks.ts'
import { clean, cleanRow } from './clean.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import type { AlertArrival, AlertFilter, KeptAlerts } from './types/alerts.ts'

/** What is typed of an id must be so long. */
const shortest = 4

const rank = (severity: Severity): string => `${severities.indexOf(severity)}`
const keyOf = (source: string, fingerprint: string) => `${source} ${fingerprint}`
const toKept = (row: { readonly kept: string }): KeptAlert => JSON.parse(row.kept) as KeptAlert

function toRow(kept: KeptAlert) {
  const { tenantId, id, alert, lastAt, mutedUntil, stormId, dueAt, revision } = kept
  const { source, fingerprint, state, service } = alert
  const severity = rank(alert.severity)
  const about = { tenantId, source, fingerprint, id, state, severity, service, lastAt, mutedUntil, stormId, dueAt }
  return cleanRow({ ...about, revision, kept: JSON.stringify(kept) })
}

/** Problems, each in one row that is read, thought over and written under its tenant's lock. */
export function createKeptAlerts(database: Database): KeptAlerts {
  const { alerts, alertEvents } = database.tables
  const { and, asc, count, desc, eq, gt, inArray, isNotNull, like, lt, lte, sql } = orm
  const { log, events, countFired } = createAlertEvents(database)
  const of = (tenantId: string) => eq(alerts.tenantId, tenantId)

  async function save(tx: Tx, all: readonly KeptAlert[]): Promise<void> {
    const target = [alerts.tenantId, alerts.source, alerts.fingerprint]
    const names = [
      'state',
      'severity',
      'service',
      'lastAt',
      'mutedUntil',
      'stormId',
      'dueAt',
      'revision',
      'kept',
    ] as const
    const set = Object.fromEntries(names.map((name) => [name, sql.raw(`excluded."${alerts[name].name}"`)]))
    for (const chunk of chunks(all)) {
      await tx.insert(alerts).values(chunk.map(toRow)).onConflictDoUpdate({ target, set })
    }
  }

  async function known(tx: Tx, tenantId: string, arrivals: readonly AlertArrival[]): Promise<Map<string, KeptAlert>> {
    const fingerprints = [...new Set(arrivals.map(({ alert }) => clean(alert.fingerprint)))]
    const found = new Map<string, KeptAlert>()
    for (const chunk of chunks(fingerprints)) {
      const where = and(of(tenantId), inArray(alerts.fingerprint, chunk))
      for (const row of await tx.select().from(alerts).where(where)) {
        found.set(keyOf(row.source, row.fingerprint), toKept(row))
      }
    }
    return found
  }

  const whereOf = (tenantId: string, { state, mutedAt, stormId, service }: AlertFilter) =>
    and(
      of(tenantId),
      state === undefined ? undefined : eq(alerts.state, state),
      mutedAt === undefined ? undefined : gt(alerts.mutedUntil, mutedAt),
      stormId === undefined ? undefined : eq(alerts.stormId, stormId),
      service === undefined ? undefined : eq(alerts.service, service),
    )

  const find = async (tx: Tx, tenantId: string, id: string): Promise<KeptAlert | null> => {
    if (!/^\d+$/.test(id) || id.length < shortest) return null
    const where = and(of(tenantId), like(alerts.id, `${id}%`))
    const rows = await tx.select({ kept: alerts.kept }).from(alerts).where(where).limit(2)
    return rows.length === 1 && rows[0] ? toKept(rows[0]) : null
  }

  return {
    receive: (tenantId, arrivals, now) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const rows = await known(tx, tenantId, arrivals)
        const changed = new Map<string, KeptAlert>()
        const turns: LoggedEvent[] = []
        for (const { alert, digest } of arrivals) {
          const fingerprint = clean(alert.fingerprint)
          const key = keyOf(alert.source, fingerprint)
          const before = rows.get(key) ?? null
          const id = newNumber()
          const after = absorbAlert(before, tenantId, { ...alert, fingerprint }, digest, id, now)
          if (after === before) continue
          rows.set(key, after)
          changed.set(key, after)
          const isTurn = before?.alert.state !== after.alert.state
          const what = after.alert.state === 'firing' ? 'fired' : 'resolved'
          if (isTurn && !isFlapping(after, now)) turns.push({ alertId: after.id, at: now, what, by: null })
        }
        await save(tx, [...changed.values()])
        await log(tx, tenantId, turns)
      }),
    async ofFingerprint(tenantId, source, fingerprint) {
      const one = and(of(tenantId), eq(alerts.source, source), eq(alerts.fingerprint, clean(fingerprint)))
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select({ kept: alerts.kept }).from(alerts).where(one),
      )
      return row ? toKept(row) : null
    },
    async firingOf(tenantId, source) {
      const going = and(of(tenantId), eq(alerts.source, source), eq(alerts.state, 'firing'))
      const rows = await database.read(tenantId, async (tx) =>
        tx.select({ kept: alerts.kept }).from(alerts).where(going),
      )
      return rows.map(toKept)
    },
    async dueTenants(now) {
      const due = and(isNotNull(alerts.dueAt), lte(alerts.dueAt, now))
      const rows = await database.read(null, async (tx) =>
        tx.select({ tenantId: alerts.tenantId }).from(alerts).where(due).groupBy(alerts.tenantId),
      )
      return rows.map(({ tenantId }) => tenantId)
    },
    async due(tenantId, now, limit) {
      const where = and(of(tenantId), isNotNull(alerts.dueAt), lte(alerts.dueAt, now))
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select({ kept: alerts.kept })
          .from(alerts)
          .where(where)
          .orderBy(asc(alerts.severity), asc(alerts.lastAt), asc(alerts.id))
          .limit(limit),
      )
      return rows.map(toKept)
    },
    told: (tenantId, tellings) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const saved: KeptAlert[] = []
        for (const chunk of chunks(tellings)) {
          const ids = chunk.map(({ kept }) => kept.id)
          const rows = await tx
            .select({ kept: alerts.kept })
            .from(alerts)
            .where(and(of(tenantId), inArray(alerts.id, ids)))
          const current = new Map(rows.map((row) => toKept(row)).map((each) => [each.id, each]))
          for (const { kept, change, dueAt } of chunk) {
            const now = current.get(kept.id)
            if (!now) continue
            const isNew = now.revision !== kept.revision
            saved.push({ ...now, ...change, dueAt: isNew ? sooner(now.dueAt, dueAt) : dueAt })
          }
        }
        await save(tx, saved)
      }),
    find: (tenantId, id) => database.read(tenantId, (tx) => find(tx, tenantId, id)),
    change: (tenantId, id, change, event) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const before = await find(tx, tenantId, id)
        if (!before) return null
        const after = { ...before, ...change, dueAt: event.at, revision: before.revision + 1 }
        await save(tx, [after])
        await log(tx, tenantId, [{ ...event, alertId: before.id }])
        return after
      }),
    async list(tenantId, filter, limit, offset = 0) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select({ kept: alerts.kept })
          .from(alerts)
          .where(whereOf(tenantId, filter))
          .orderBy(asc(alerts.severity), desc(alerts.lastAt), asc(alerts.id))
          .limit(limit)
          .offset(offset),
      )
      return rows.map(toKept)
    },
    async count(tenantId, filter) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select({ n: count() }).from(alerts).where(whereOf(tenantId, filter)),
      )
      return row?.n ?? 0
    },
    events,
    countFired,
    ...createStormStates(database),
    async forget(tenantId, before) {
      await database.write(tenantId, async (tx) => {
        await tx.delete(alerts).where(and(of(tenantId), eq(alerts.state, 'resolved'), lt(alerts.lastAt, before)))
        await tx.delete(alertEvents).where(and(eq(alertEvents.tenantId, tenantId), lt(alertEvents.at, before)))
      })
    },
  }
}
