import { entryOf } from './action-row.ts'
import { appendAudit } from './audit.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import { giveBackQuota } from './quota.ts'

/**
 * Ends what is open in a workspace that is gone, in the unit that takes it away; the tenant's lock is held. What may have
 * had an effect ends as `unknown`, all else as `cancelled`, with its quota given back. Whoever runs one has lost it.
 * @param isThere whether a conversation is of the workspace
 */
export async function endOpenOrders(
  database: Database,
  tx: Tx,
  tenantId: string,
  isThere: (conversationId: string) => boolean,
  now: number,
): Promise<void> {
  const { actions } = database.tables
  const { and, asc, eq, inArray, isNull } = orm
  const isOpen = and(
    eq(actions.tenantId, tenantId),
    isNull(actions.finishedAt),
    inArray(actions.state, ['waiting', 'queued', 'running']),
  )
  const rows = await tx.select().from(actions).where(isOpen).orderBy(asc(actions.number))
  for (const { id, conversationId } of rows) {
    if (!isThere(conversationId)) continue
    const one = and(isOpen, eq(actions.id, id))
    // Its row is held from here on: no step of it can begin any more.
    const [row] = await tx.update(actions).set({ finishedAt: now, leaseUntil: null }).where(one).returning()
    if (!row) continue
    const state = row.state === 'running' && row.step !== null ? 'unknown' : 'cancelled'
    const givesBack = state === 'cancelled' && row.quotaDay !== null && row.quotaMonth !== null
    await tx
      .update(actions)
      .set({ state, waitingFor: null, ...(givesBack ? { quotaDay: null, quotaMonth: null } : {}) })
      .where(and(eq(actions.tenantId, tenantId), eq(actions.id, id)))
    const details = { rule: 'workspace.gone', ...(row.step === null ? {} : { step: row.step }) }
    await appendAudit(database, tx, tenantId, { ...entryOf(row, state, now, details), actor: 'nox' })
    if (givesBack) await giveBackQuota(database, tx, tenantId, row.memberId, row.quotaDay ?? '', row.quotaMonth ?? '')
  }
}
