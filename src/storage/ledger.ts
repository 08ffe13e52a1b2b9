import type { WaitingDetails } from '../domain/action.ts'
import { type ActionRow, toAction } from './action-row.ts'
import { appendAudit } from './audit.ts'
import { clean } from './clean.ts'
import type { Database, Tx, Unit } from './database.ts'
import { orm } from './drizzle.ts'
import { createHotLedger } from './hot-ledger.ts'
import { createActionInsert } from './insert-action.ts'
import { createLedgerClaims } from './ledger-claims.ts'
import { createLedgerQueries } from './ledger-queries.ts'
import { finishStatement, messageStatement } from './ledger-statements.ts'
import { giveBackQuota } from './quota.ts'
import type { Accepted, Ending, Ledger } from './types/ledger.ts'

/** What the end of an action needs of its row. */
type EndedRow = Pick<ActionRow, 'id' | 'memberId' | 'quotaDay' | 'quotaMonth'>

/** What appends to the audit chain holds the tenant's lock; on Postgres what every order needs is one statement. */
export function createLedger(database: Database): Ledger {
  const { actions } = database.tables
  const { and, eq, inArray, or, sql } = orm
  const mine = (tenantId: string, id: string) => and(eq(actions.tenantId, tenantId), eq(actions.id, id))
  const leaseFor = (ms: number) => sql<number>`${database.moment} + ${ms}`
  const held = (tenantId: string, id: string, fence: number) =>
    and(mine(tenantId, id), eq(actions.fence, fence), eq(actions.state, 'running'))

  const { insert, charge } = createActionInsert(database)

  /** States that someone's word leads out of. */
  const leavable = ['waiting', 'unknown', 'queued']
  const hot = database.pipeline && createHotLedger(database.tables, database.pipeline)

  /** An end of one action: its state, its audit record, its units of quota. */
  async function conclude(tx: Tx, tenantId: string, ended: EndedRow | undefined, ending: Ending): Promise<boolean> {
    if (!ended) return false
    await appendAudit(database, tx, tenantId, ending.audit)
    if (ending.giveBack && ended.quotaDay !== null && ended.quotaMonth !== null) {
      await giveBackQuota(database, tx, tenantId, ended.memberId, ended.quotaDay, ended.quotaMonth)
      await tx.update(actions).set({ quotaDay: null, quotaMonth: null }).where(mine(tenantId, ended.id))
    }
    return true
  }

  /** Whoever appends to the chain takes the tenant's lock first: one order of locks, no deadlock. */
  const alone = <T>(tenantId: string, unit: Unit<T>, onWritten?: (value: T) => void): Promise<T> =>
    database.write(
      tenantId,
      async (tx) => {
        await database.lockTenant(tx, tenantId)
        return unit(tx)
      },
      onWritten,
    )

  /** Changes what a waiting action waits with; `null` = it waits no more. */
  const amend = (tenantId: string, id: string, change: (waiting: WaitingDetails) => WaitingDetails) =>
    alone(tenantId, async (tx) => {
      const waits = and(mine(tenantId, id), eq(actions.state, 'waiting'))
      const [row] = await tx.select().from(actions).where(waits)
      const before = row && toAction(row).waiting
      if (!before) return null
      const waiting = change(before)
      await tx
        .update(actions)
        .set({ waiting: clean(JSON.stringify(waiting)) })
        .where(mine(tenantId, id))
      return waiting
    })

  const endOf = ({ state, now }: Ending) => ({ state, finishedAt: now, leaseUntil: null, waitingFor: null })
  const changed = async (tenantId: string, where: ReturnType<typeof and>, set: Partial<ActionRow>) => {
    const rows = await database.write(tenantId, async (tx) =>
      tx.update(actions).set(set).where(where).returning({ id: actions.id }),
    )
    return rows.length === 1
  }

  return {
    ...createLedgerQueries(database),
    ...createLedgerClaims(database),
    accept: (action, onWritten) => {
      const insertSlowly = () => alone(action.tenantId, (tx) => insert(tx, action), onWritten)
      return hot ? hot.accept(action, insertSlowly, onWritten) : insertSlowly()
    },

    acceptAll(all) {
      const [first] = all
      if (!first || all.some((action) => action.tenantId !== first.tenantId)) {
        throw new TypeError('orders of one message belong to one tenant')
      }
      return alone(first.tenantId, async (tx) => {
        const accepted: Accepted[] = []
        for (const action of all) accepted.push(await insert(tx, action))
        return accepted
      })
    },

    async setMessage(tenantId, id, fence, messageTs) {
      const values = { tenantId, id, fence, messageTs }
      const rows = await database.writeSoon(tenantId, async (tx) => messageStatement(tx, database).execute(values))
      return rows.length === 1
    },
    setStep: (tenantId, id, fence, step) => changed(tenantId, held(tenantId, id, fence), { step: clean(step) }),
    async renew(tenantId, leases, leaseMs) {
      const these = or(...leases.map(({ id, fence }) => and(eq(actions.id, id), eq(actions.fence, fence))))
      const rows = await database.write(tenantId, async (tx) =>
        tx
          .update(actions)
          .set({ leaseUntil: leaseFor(leaseMs) })
          .where(and(eq(actions.tenantId, tenantId), eq(actions.state, 'running'), these))
          .returning({ id: actions.id, cancelRequestedBy: actions.cancelRequestedBy }),
      )
      return new Map(rows.map(({ id, cancelRequestedBy }) => [id, { cancelRequestedBy }]))
    },
    wait: (tenantId, id, fence, { waitingFor, waiting, expiresAt }, audit, settled) =>
      alone(tenantId, async (tx) => {
        const rows = await tx
          .update(actions)
          .set({
            state: 'waiting',
            waitingFor,
            waiting: clean(JSON.stringify(waiting)),
            expiresAt,
            leaseUntil: null,
            ...(settled ? { ...settled, args: clean(JSON.stringify(settled.args)) } : {}),
          })
          .where(held(tenantId, id, fence))
          .returning({ id: actions.id })
        if (rows.length === 0) return false
        if (audit) await appendAudit(database, tx, tenantId, audit)
        return true
      }),
    finish: (tenantId, id, fence, ending) => {
      if (hot) return hot.finish(tenantId, id, fence, ending)
      return database.writeSoon(tenantId, async (tx) => {
        const { state, now, messageTs = null } = ending
        const [row] = await finishStatement(tx, database).execute({ tenantId, id, fence, state, messageTs, now })
        return conclude(tx, tenantId, row, ending)
      })
    },
    release: (tenantId, id, fence) => changed(tenantId, held(tenantId, id, fence), { leaseUntil: 0 }),

    async setWaitingMessage(tenantId, id, messageTs) {
      await changed(tenantId, mine(tenantId, id), { messageTs })
    },
    setWaiting: (tenantId, id, { waitingFor, waiting, expiresAt }, args) =>
      changed(tenantId, and(mine(tenantId, id), eq(actions.state, 'waiting')), {
        waitingFor,
        waiting: clean(JSON.stringify(waiting)),
        expiresAt,
        ...(args ? { args: clean(JSON.stringify(args)) } : {}),
      }),
    async addApproval(tenantId, id, userId, at) {
      const waiting = await amend(tenantId, id, ({ approvals = [], ...rest }) => {
        const known = approvals.some((each) => each.userId === userId)
        return { ...rest, approvals: known ? approvals : [...approvals, { userId, at }] }
      })
      return waiting?.approvals?.map((each) => each.userId) ?? null
    },
    setDirects: (tenantId, id, directs) => amend(tenantId, id, (waiting) => ({ ...waiting, directs })),
    begin: (tenantId, id, begin) =>
      alone(tenantId, async (tx) => {
        const waits = and(mine(tenantId, id), inArray(actions.state, leavable))
        const [row] = await tx
          .update(actions)
          .set({
            state: 'running',
            waitingFor: null,
            fence: sql`${actions.fence} + 1`,
            leaseUntil: leaseFor(begin.leaseMs),
            startedAt: begin.now,
            finishedAt: null,
            plan: clean(JSON.stringify(begin.plan)),
            ...(begin.args ? { args: clean(JSON.stringify(begin.args)) } : {}),
            ...(begin.origin === undefined ? {} : { origin: begin.origin && clean(JSON.stringify(begin.origin)) }),
            ...(begin.environment === undefined ? {} : { environment: begin.environment }),
            ...(begin.resource === undefined ? {} : { resource: begin.resource }),
            ...(begin.quota ? { quotaDay: begin.quota.day, quotaMonth: begin.quota.month } : {}),
          })
          .where(waits)
          .returning()
        if (!row) return null
        if (begin.audit) await appendAudit(database, tx, tenantId, begin.audit)
        const exhausted = begin.quota && (await charge(tx, row, begin.quota, begin.now))
        return exhausted ?? { kind: 'accepted', action: toAction(row) }
      }),
    settle: (tenantId, id, ending) =>
      alone(tenantId, async (tx) => {
        const open = and(mine(tenantId, id), inArray(actions.state, leavable))
        const [row] = await tx.update(actions).set(endOf(ending)).where(open).returning()
        return conclude(tx, tenantId, row, ending)
      }),
    requestCancel: (tenantId, id, userId) =>
      changed(tenantId, and(mine(tenantId, id), eq(actions.state, 'running')), { cancelRequestedBy: userId }),
  }
}
