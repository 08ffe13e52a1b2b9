import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import { everybody } from './quota.ts'
import type { CarriedQuota } from './types/workspace-joins.ts'

/** Units that a workspace had used before it joined, less what its people had used of the tenant before. */
const broughtBy = (workspaceId: string) => `workspace ${workspaceId}`

/** Of the tenant that a unit has entered. */
export function createQuotaCarrier(database: Database) {
  const { quotas } = database.tables
  const { and, eq, inArray, like } = orm

  async function used(tx: Tx, tenantId: string, subject: string, period: string): Promise<number> {
    const where = and(eq(quotas.tenantId, tenantId), eq(quotas.subject, subject), eq(quotas.period, period))
    const [row] = await tx.select({ used: quotas.used }).from(quotas).where(where)
    return Number(row?.used ?? 0)
  }

  async function usedBy(tx: Tx, tenantId: string, { month, memberIds }: CarriedQuota): Promise<number> {
    if (memberIds.length === 0) return 0
    const theirs = and(inArray(quotas.subject, [...memberIds]), like(quotas.period, `${month}-%`))
    const rows = await tx
      .select({ used: quotas.used })
      .from(quotas)
      .where(and(eq(quotas.tenantId, tenantId), theirs))
    return rows.reduce((sum, row) => sum + Number(row.used), 0)
  }

  async function note(tx: Tx, tenantId: string, subject: string, period: string, units: number): Promise<void> {
    await tx
      .insert(quotas)
      .values({ tenantId, subject, period, used: units })
      .onConflictDoUpdate({ target: [quotas.tenantId, quotas.subject, quotas.period], set: { used: units } })
  }

  return {
    /** What a tenant of one workspace used: all of it was the workspace's. */
    ofTenant: (tx: Tx, tenantId: string, { month }: CarriedQuota) => used(tx, tenantId, everybody, month),
    /** What a workspace that joined used, before and since. */
    async ofWorkspace(tx: Tx, tenantId: string, workspaceId: string, quota: CarriedQuota): Promise<number> {
      const brought = await used(tx, tenantId, broughtBy(workspaceId), quota.month)
      return Math.max(0, brought + (await usedBy(tx, tenantId, quota)))
    },
    /** Into a tenant of its own, which had none before. */
    toTenant: (tx: Tx, tenantId: string, { month }: CarriedQuota, units: number) =>
      note(tx, tenantId, everybody, month, units),
    /** Into a tenant that it joins: kept for when it leaves, and no burden of the others there. */
    async toWorkspace(tx: Tx, tenantId: string, workspaceId: string, quota: CarriedQuota, units: number) {
      await note(tx, tenantId, broughtBy(workspaceId), quota.month, units - (await usedBy(tx, tenantId, quota)))
    },
  }
}
