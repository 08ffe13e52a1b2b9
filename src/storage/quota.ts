import { builtOnce, placeholders } from './built-once.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import type { QuotaClaim, QuotaPeriods, UsedUnits } from './types/quota.ts'

/** Who a month is counted for: the tenant as a whole. */
export const everybody = '*'

/** A limit that nobody reaches, where there is none: the largest integer of Postgres. */
const noLimit = 2_147_483_647

const takeStatement = builtOnce(['used'], (tx, { tables: { quotas } }) =>
  tx
    .insert(quotas)
    .values({ ...placeholders(quotas), used: 1 })
    .onConflictDoUpdate({
      target: [quotas.tenantId, quotas.subject, quotas.period],
      set: { used: orm.sql`${quotas.used} + 1` },
      setWhere: orm.lt(quotas.used, orm.sql.placeholder('limit')),
    })
    .returning({ used: quotas.used })
    .prepare('take_quota'),
)

/** Takes one unit if there is one left: one statement, so that no two takers get the last. */
export async function take(database: Database, tx: Tx, key: Key, limit: number | null): Promise<boolean> {
  if (limit !== null && limit < 1) return false
  const taken = await takeStatement(tx, database).execute({ ...key, limit: limit ?? noLimit })
  return taken.length === 1
}

interface Key {
  readonly tenantId: string
  readonly subject: string
  readonly period: string
}

async function giveBackOne(database: Database, tx: Tx, { tenantId, subject, period }: Key): Promise<void> {
  const { quotas } = database.tables
  const { and, eq, gt, sql } = orm
  await tx
    .update(quotas)
    .set({ used: sql`${quotas.used} - 1` })
    .where(
      and(eq(quotas.tenantId, tenantId), eq(quotas.subject, subject), eq(quotas.period, period), gt(quotas.used, 0)),
    )
}

/** Takes the person's day, then the tenant's month; gives which of them is used up, with nothing taken. */
export async function takeQuota(
  database: Database,
  tx: Tx,
  tenantId: string,
  memberId: string,
  claim: QuotaClaim,
): Promise<'day' | 'month' | null> {
  const day = { tenantId, subject: memberId, period: claim.day }
  if (!(await take(database, tx, day, claim.dayLimit))) return 'day'
  const month = { tenantId, subject: everybody, period: claim.month }
  if (await take(database, tx, month, claim.monthLimit)) return null
  await giveBackOne(database, tx, day)
  return 'month'
}

/** Gives both units back. */
export async function giveBackQuota(
  database: Database,
  tx: Tx,
  tenantId: string,
  memberId: string,
  day: string,
  month: string,
): Promise<void> {
  await giveBackOne(database, tx, { tenantId, subject: memberId, period: day })
  await giveBackOne(database, tx, { tenantId, subject: everybody, period: month })
}

/** Two looks at the primary key: lists of subjects and periods cost SQLite twice as much. */
const usedStatement = builtOnce(['subject', 'period', 'used'], (tx, { tables: { quotas } }) => {
  const { and, eq, sql } = orm
  const one = (subject: ReturnType<typeof sql>, period: string) =>
    tx
      .select({ subject: quotas.subject, period: quotas.period, used: quotas.used })
      .from(quotas)
      .where(
        and(
          eq(quotas.tenantId, sql.placeholder('tenantId')),
          eq(quotas.subject, subject),
          eq(quotas.period, sql.placeholder(period)),
        ),
      )
  return one(sql`${sql.placeholder('memberId')}`, 'day')
    .unionAll(one(sql`${everybody}`, 'month'))
    .prepare('used_quota')
})

/** Units that were used in a day and a month, inside a unit. */
export async function usedUnits(
  database: Database,
  tx: Tx,
  tenantId: string,
  memberId: string,
  { day, month }: QuotaPeriods,
): Promise<UsedUnits> {
  const rows = await usedStatement(tx, database).execute({ tenantId, memberId, day, month })
  const used = (subject: string, period: string) =>
    rows.find((row) => row.subject === subject && row.period === period)?.used ?? 0
  return { day: used(memberId, day), month: used(everybody, month) }
}

/** As `usedUnits`, in a unit of its own. */
export const quotaUsed = (database: Database, tenantId: string, memberId: string, periods: QuotaPeriods) =>
  database.read(tenantId, async (tx) => usedUnits(database, tx, tenantId, memberId, periods))
