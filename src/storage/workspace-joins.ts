import type { WorkspaceJoin, WorkspaceLeaving } from '../domain/tenant.ts'
import { appendAudit } from './audit.ts'
import { createQuotaCarrier } from './carry-quota.ts'
import { cleanRow } from './clean.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import { sealedField } from './installations.ts'
import type { Secrets } from './secrets.ts'
import type { Tables } from './tables.ts'
import type { Handover, WorkspaceJoins } from './types/workspace-joins.ts'

type Row = Tables['workspaceJoins']['$inferSelect']

const toJoin = ({ codeHash: _, asked, ...row }: Row): WorkspaceJoin => ({
  ...row,
  asked: asked === null ? null : (JSON.parse(asked) as WorkspaceJoin['asked']),
})

/** @param onMoved told of each workspace whose tenant is another now */
export function createWorkspaceJoins(
  database: Database,
  secrets: Secrets,
  onMoved: (workspaceId: string) => void,
): WorkspaceJoins {
  const { workspaceJoins, installations } = database.tables
  const carrier = createQuotaCarrier(database)
  const { and, asc, eq, gt, isNull, isNotNull, lte } = orm
  const of = (tenantId: string) => eq(workspaceJoins.tenantId, tenantId)
  const one = (tenantId: string, id: string) => and(of(tenantId), eq(workspaceJoins.id, id))
  const unused = (tenantId: string, codeHash: string, now: number) =>
    and(of(tenantId), eq(workspaceJoins.codeHash, codeHash), gt(workspaceJoins.expiresAt, now))

  const held = (tenantId: string, workspaceId: string) =>
    and(
      eq(installations.workspaceId, workspaceId),
      eq(installations.tenantId, tenantId),
      eq(installations.isInstalled, true),
    )

  /** The installation as it stands, where the workspace still belongs to that tenant; within a unit. */
  async function heldBy(tx: Tx, tenantId: string, workspaceId: string) {
    const [row] = await tx.select().from(installations).where(held(tenantId, workspaceId))
    return row ?? null
  }

  /** Both tenants of a handover, in one order, so that two that cross cannot wait for each other. */
  async function lockBoth(tx: Tx, from: string, to: string): Promise<void> {
    for (const tenantId of [from, to].toSorted()) {
      await database.enter(tx, tenantId)
      await database.lockTenant(tx, tenantId)
    }
  }

  /** Moves the row of a workspace from one tenant to another, each change under its own tenant, in one unit. */
  async function move(tx: Tx, handover: Handover, botToken: string, row: Tables['installations']['$inferSelect']) {
    const { from, to, workspaceId, joinedAt, name, quota } = handover
    await database.enter(tx, from.tenantId)
    const units =
      joinedAt === null
        ? await carrier.ofWorkspace(tx, from.tenantId, workspaceId, quota)
        : await carrier.ofTenant(tx, from.tenantId, quota)
    await tx.delete(installations).where(eq(installations.workspaceId, workspaceId))
    await appendAudit(database, tx, from.tenantId, from.audit)
    await database.enter(tx, to.tenantId)
    const installerUserId = handover.installer ?? row.installerUserId
    const moved = { ...row, tenantId: to.tenantId, installerUserId, botToken, joinedAt, name, leaving: null }
    await tx.insert(installations).values(cleanRow(moved))
    if (joinedAt === null) await carrier.toTenant(tx, to.tenantId, quota, units)
    else await carrier.toWorkspace(tx, to.tenantId, workspaceId, quota, units)
    await appendAudit(database, tx, to.tenantId, to.audit)
  }

  /** The workspace's token, sealed for its new tenant; `null` = it is not (any more) of the old one. */
  async function reseal({ from, to, workspaceId }: Handover): Promise<{ was: string; sealed: string } | null> {
    const row = await database.read(from.tenantId, (tx) => heldBy(tx, from.tenantId, workspaceId))
    if (!row) return null
    const token = await secrets.open(from.tenantId, sealedField(workspaceId), row.botToken)
    return { was: row.botToken, sealed: await secrets.seal(to.tenantId, sealedField(workspaceId), token) }
  }

  return {
    async list(tenantId, now) {
      const rows = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(workspaceJoins)
          .where(and(of(tenantId), isNotNull(workspaceJoins.asked), gt(workspaceJoins.expiresAt, now)))
          .orderBy(asc(workspaceJoins.createdAt), asc(workspaceJoins.id)),
      )
      return rows.map(toJoin)
    },
    async find(tenantId, codeHash, now) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx
          .select()
          .from(workspaceJoins)
          .where(unused(tenantId, codeHash, now)),
      )
      return row ? toJoin(row) : null
    },
    issue: ({ tenantId, id, createdBy, createdAt, expiresAt }, codeHash, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        await tx.delete(workspaceJoins).where(and(of(tenantId), isNull(workspaceJoins.asked)))
        await tx.delete(workspaceJoins).where(and(of(tenantId), lte(workspaceJoins.expiresAt, createdAt)))
        const row = { tenantId, id, codeHash, createdBy, createdAt, expiresAt, asked: null }
        await tx.insert(workspaceJoins).values(cleanRow(row))
        await appendAudit(database, tx, tenantId, audit)
      }),
    claim: (tenantId, codeHash, { asked, expiresAt, audit, now }) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const set = cleanRow({ asked: JSON.stringify(asked), codeHash: null, expiresAt })
        const taken = await tx
          .update(workspaceJoins)
          .set(set)
          .where(unused(tenantId, codeHash, now))
          .returning()
        const [row] = taken
        if (!row) return null
        await appendAudit(database, tx, tenantId, audit)
        return toJoin(row)
      }),
    remove: (tenantId, id, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const gone = await tx.delete(workspaceJoins).where(one(tenantId, id)).returning({ id: workspaceJoins.id })
        if (gone.length > 0) await appendAudit(database, tx, tenantId, audit)
        return gone.length > 0
      }),
    async accept(id, handover, now) {
      const resealed = await reseal(handover)
      if (!resealed) return false
      const { from, to, workspaceId } = handover
      const isDone = await database.write(to.tenantId, async (tx) => {
        await lockBoth(tx, from.tenantId, to.tenantId)
        await database.enter(tx, from.tenantId)
        const row = await heldBy(tx, from.tenantId, workspaceId)
        if (!row || row.botToken !== resealed.was) return false
        await database.enter(tx, to.tenantId)
        const open = and(one(to.tenantId, id), isNotNull(workspaceJoins.asked), gt(workspaceJoins.expiresAt, now))
        const used = await tx.delete(workspaceJoins).where(open).returning({ id: workspaceJoins.id })
        if (used.length === 0) return false
        await move(tx, handover, resealed.sealed, row)
        return true
      })
      onMoved(workspaceId)
      return isDone
    },
    noteLeaving: ({ tenantId, workspaceId, by, at }) =>
      database.write(tenantId, async (tx) => {
        const open = and(held(tenantId, workspaceId), isNotNull(installations.joinedAt), isNull(installations.leaving))
        const leaving = JSON.stringify({ by, at })
        const noted = await tx
          .update(installations)
          .set(cleanRow({ leaving }))
          .where(open)
          .returning({ workspaceId: installations.workspaceId })
        return noted.length > 0
      }),
    async leaving() {
      const { tenantId, workspaceId, leaving } = installations
      const rows = await database.read(null, async (tx) =>
        tx
          .select({ tenantId, workspaceId, leaving })
          .from(installations)
          .where(isNotNull(leaving))
          .orderBy(asc(workspaceId)),
      )
      return rows.map(({ leaving: note, ...which }) => ({
        ...which,
        ...(JSON.parse(note ?? '{}') as Pick<WorkspaceLeaving, 'by' | 'at'>),
      }))
    },
    stay: ({ tenantId, workspaceId }, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const noted = and(held(tenantId, workspaceId), isNotNull(installations.leaving))
        const stays = await tx
          .update(installations)
          .set({ leaving: null })
          .where(noted)
          .returning({ workspaceId: installations.workspaceId })
        if (stays.length > 0) await appendAudit(database, tx, tenantId, audit)
      }),
    async release(handover) {
      const resealed = await reseal(handover)
      if (!resealed) return false
      const { from, to, workspaceId } = handover
      const isDone = await database.write(from.tenantId, async (tx) => {
        await lockBoth(tx, from.tenantId, to.tenantId)
        await database.enter(tx, from.tenantId)
        const row = await heldBy(tx, from.tenantId, workspaceId)
        if (!row || row.joinedAt === null || row.botToken !== resealed.was) return false
        await move(tx, handover, resealed.sealed, row)
        return true
      })
      onMoved(workspaceId)
      return isDone
    },
  }
}
