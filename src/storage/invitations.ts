import type { Invitation } from '../domain/invitation.ts'
import type { Member } from '../domain/member.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { admitIn } from './members.ts'
import type { Tables } from './tables.ts'
import type { Invitations } from './types/invitations.ts'

type Row = Tables['invitations']['$inferSelect']

const toInvitation = ({ tokenHash: _, member, ...row }: Row): Invitation => ({
  ...row,
  member: JSON.parse(member) as Member,
})

/** Keeps the hash of a token, never the token; an address has one open invitation a tenant, the newest. */
export function createInvitations(database: Database): Invitations {
  const { invitations } = database.tables
  const { and, asc, eq, lte } = orm
  const of = (tenantId: string) => eq(invitations.tenantId, tenantId)
  const mine = (tenantId: string, id: string) => and(of(tenantId), eq(invitations.id, id))
  const open = (tenantId: string, tokenHash: string) => and(of(tenantId), eq(invitations.tokenHash, tokenHash))

  return {
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        tx.select().from(invitations).where(of(tenantId)).orderBy(asc(invitations.createdAt), asc(invitations.id)),
      )
      return rows.map(toInvitation)
    },
    async find(tenantId, tokenHash) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select().from(invitations).where(open(tenantId, tokenHash)),
      )
      return row ? toInvitation(row) : null
    },
    async save(invitation, tokenHash, audit) {
      const { tenantId, id, email } = invitation
      const row = cleanRow({ ...invitation, member: JSON.stringify(invitation.member), tokenHash })
      await database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        await tx.delete(invitations).where(and(of(tenantId), eq(invitations.email, email)))
        await tx.delete(invitations).where(mine(tenantId, id))
        await tx.insert(invitations).values(row)
        await appendAudit(database, tx, tenantId, audit)
      })
    },
    remove: (tenantId, id, audit) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const gone = await tx.delete(invitations).where(mine(tenantId, id)).returning({ id: invitations.id })
        if (gone.length > 0) await appendAudit(database, tx, tenantId, audit)
        return gone.length > 0
      }),
    accept: (tenantId, tokenHash, member, audit, places) =>
      database.write(tenantId, async (tx) => {
        await database.lockTenant(tx, tenantId)
        const [row] = await tx.select().from(invitations).where(open(tenantId, tokenHash))
        if (!row) return 'gone'
        const admitted = await admitIn(database, tx, member, audit, places)
        if (admitted === 'full') return 'full'
        await tx.delete(invitations).where(mine(tenantId, row.id))
        return admitted ?? 'member'
      }),
    async expiredTenants(now) {
      const rows = await database.read(null, async (tx) =>
        tx
          .select({ tenantId: invitations.tenantId })
          .from(invitations)
          .where(lte(invitations.expiresAt, now))
          .groupBy(invitations.tenantId),
      )
      return rows.map(({ tenantId }) => tenantId)
    },
  }
}
