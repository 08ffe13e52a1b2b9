import type { Member, Role } from '../domain/member.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import type { Tables } from './tables.ts'
import type { Members } from './types.ts'

type Row = Tables['members']['$inferSelect']

function toMember(row: Row): Member {
  const { tenantId, id, slackUserId, name } = row
  return { ...(JSON.parse(row.rights) as Member), tenantId, id, slackUserId, name, role: row.role as Role }
}

function toRow({ tenantId, id, slackUserId, name, role, ...rights }: Member): Row {
  return cleanRow({ tenantId, id, slackUserId, name, role, rights: JSON.stringify(rights) })
}

export function createMembers(database: Database): Members {
  const { members } = database.tables
  const { and, asc, eq } = orm
  const one = async (tenantId: string, where: ReturnType<typeof eq>) => {
    const [row] = await database.read(tenantId, async (tx) =>
      tx
        .select()
        .from(members)
        .where(and(eq(members.tenantId, tenantId), where)),
    )
    return row ? toMember(row) : null
  }

  return {
    findBySlackId: (tenantId, slackUserId) => one(tenantId, eq(members.slackUserId, slackUserId)),
    find: (tenantId, memberId) => one(tenantId, eq(members.id, memberId)),
    async list(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        tx.select().from(members).where(eq(members.tenantId, tenantId)).orderBy(asc(members.name), asc(members.id)),
      )
      return rows.map(toMember)
    },
    create: (member) =>
      database.write(member.tenantId, async (tx) => {
        const target = [members.tenantId, members.slackUserId]
        await tx.insert(members).values(toRow(member)).onConflictDoNothing({ target })
        const where = and(eq(members.tenantId, member.tenantId), eq(members.slackUserId, member.slackUserId))
        const [row] = await tx.select().from(members).where(where)
        return row ? toMember(row) : member
      }),
    async update(member) {
      const where = and(eq(members.tenantId, member.tenantId), eq(members.id, member.id))
      await database.write(member.tenantId, async (tx) => tx.update(members).set(toRow(member)).where(where))
    },
  }
}
