import type { AuditEntry } from '../domain/audit-record.ts'
import type { Member, Role } from '../domain/member.ts'
import { appendAudit } from './audit.ts'
import { clean, cleanRow } from './clean.ts'
import type { Database, Tx } from './database.ts'
import { orm } from './drizzle.ts'
import { parseShared } from './parse-shared.ts'
import type { Tables } from './tables.ts'
import { memberStatement } from './tenant-statements.ts'
import type { Members, Places } from './types/members.ts'

type Row = Tables['members']['$inferSelect']
type Content = Omit<Row, 'version' | 'changedBy' | 'changedAt'>

/** A row as a member; what its rights say is shared by all that have the same, and frozen. */
export function toMember(row: Content): Member {
  const { tenantId, id, slackUserId, name } = row
  return { ...parseShared<Member>(row.rights), tenantId, id, slackUserId, name, role: row.role as Role }
}

function toRow({ tenantId, id, slackUserId, name, role, ...rights }: Member): Content {
  return cleanRow({ tenantId, id, slackUserId, name, role, rights: JSON.stringify(rights) })
}

/** Rights are one column of JSON. A change holds the tenant's lock, so that an admin is always left. */
export function createMembers(database: Database): Members {
  const { members } = database.tables
  const { and, asc, count, eq, sql } = orm
  const mine = (tenantId: string, id: string) => and(eq(members.tenantId, tenantId), eq(members.id, id))
  const one = async (tenantId: string, where: ReturnType<typeof eq>) => {
    const [row] = await database.read(tenantId, async (tx) =>
      tx
        .select()
        .from(members)
        .where(and(eq(members.tenantId, tenantId), where)),
    )
    return row ?? null
  }
  const all = async (tenantId: string) => {
    const rows = await database.read(tenantId, async (tx) =>
      tx.select().from(members).where(eq(members.tenantId, tenantId)).orderBy(asc(members.name), asc(members.id)),
    )
    return rows.map(toMember)
  }
  const oneMember = (tenantId: string, where: ReturnType<typeof eq>) =>
    one(tenantId, where).then((row) => row && toMember(row))

  return {
    async findBySlackId(tenantId, slackUserId) {
      const values = { tenantId, slackUserId }
      const [row] = await database.read(tenantId, async (tx) => memberStatement(tx, database).execute(values))
      return row ? toMember(row) : null
    },
    find: (tenantId, memberId) => oneMember(tenantId, eq(members.id, memberId)),
    list: async (tenantId) => (await all(tenantId)).filter((member) => member.removedAt === undefined),
    async listRemoved(tenantId) {
      const removed = (await all(tenantId)).filter(
        (each) => each.removedAt !== undefined && each.leftWith === undefined,
      )
      return removed.sort((one, other) => (other.removedAt ?? 0) - (one.removedAt ?? 0))
    },
    create: (given, places) =>
      database.write(given.tenantId, async (tx) => {
        if (places) await database.lockTenant(tx, given.tenantId)
        const pausedAt =
          places?.takes(given) && !(await hasPlace(database, tx, given.tenantId, places)) ? places.now : undefined
        const member = pausedAt === undefined ? given : { ...given, pausedAt }
        const target = [members.tenantId, members.slackUserId]
        await tx.insert(members).values(toRow(member)).onConflictDoNothing({ target })
        const where = and(eq(members.tenantId, member.tenantId), eq(members.slackUserId, member.slackUserId))
        const [row] = await tx.select().from(members).where(where)
        return row ? toMember(row) : member
      }),
    async update(member) {
      const set = { ...toRow(member), version: sql`${members.version} + 1` }
      await database.write(member.tenantId, async (tx) =>
        tx.update(members).set(set).where(mine(member.tenantId, member.id)),
      )
    },
    async rename(tenantId, memberId, name) {
      const set = { name: clean(name) }
      await database.write(tenantId, async (tx) => tx.update(members).set(set).where(mine(tenantId, memberId)))
    },
    async edition(tenantId, memberId) {
      const row = await one(tenantId, eq(members.id, memberId))
      if (!row) return null
      const { version, changedBy, changedAt } = row
      return { value: toMember(row), version, changedBy, changedAt }
    },
    admit: (member, audit, places) =>
      database.write(member.tenantId, async (tx) => {
        await database.lockTenant(tx, member.tenantId)
        return admitIn(database, tx, member, audit, places)
      }),
    change: (member, version, audit) =>
      database.write(member.tenantId, async (tx) => {
        const { tenantId, id } = member
        await database.lockTenant(tx, tenantId)
        const [before] = await tx
          .select({ version: members.version, role: members.role })
          .from(members)
          .where(mine(tenantId, id))
        if (before?.version !== version) return 'stale'
        if (before.role === 'admin' && member.role !== 'admin') {
          const admins = and(eq(members.tenantId, tenantId), eq(members.role, 'admin'))
          const [left] = await tx.select({ n: count() }).from(members).where(admins)
          if ((left?.n ?? 0) < 2) return 'no-admin-left'
        }
        const edition = { version: version + 1, changedBy: audit.actor, changedAt: audit.at }
        await tx
          .update(members)
          .set({ ...toRow(member), ...edition })
          .where(mine(tenantId, id))
        await appendAudit(database, tx, tenantId, audit)
        return 'changed'
      }),
  }
}

async function hasPlace(database: Database, tx: Tx, tenantId: string, { most, takes }: Places): Promise<boolean> {
  if (most === null) return true
  const { members } = database.tables
  const rows = await tx.select().from(members).where(orm.eq(members.tenantId, tenantId))
  return rows.map(toMember).filter(takes).length < most
}

/** As `Members.admit`, inside a unit that holds the tenant's lock. */
export async function admitIn(
  database: Database,
  tx: Tx,
  member: Member,
  audit: AuditEntry,
  places?: Places,
): Promise<Member | null | 'full'> {
  const { members } = database.tables
  const { and, eq } = orm
  const { tenantId, slackUserId } = member
  const there = and(eq(members.tenantId, tenantId), eq(members.slackUserId, slackUserId))
  const [known] = await tx.select().from(members).where(there)
  if (known && toMember(known).removedAt === undefined) return null
  if (places?.takes(member) && !(await hasPlace(database, tx, tenantId, places))) return 'full'
  const admitted = { ...member, id: known?.id ?? member.id }
  const edition = { version: (known?.version ?? 0) + 1, changedBy: audit.actor, changedAt: audit.at }
  const row = { ...toRow(admitted), ...edition }
  if (known)
    await tx
      .update(members)
      .set(row)
      .where(and(eq(members.tenantId, tenantId), eq(members.id, admitted.id)))
  else await tx.insert(members).values(row)
  await appendAudit(database, tx, tenantId, audit)
  return admitted
}
