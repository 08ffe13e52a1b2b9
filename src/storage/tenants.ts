import type { Tenant } from '../domain/tenant.ts'
import type { Vault } from '../vault/index.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { quotaUsed } from './quota.ts'
import type { ChannelDefault, Tenants } from './types.ts'

export function createTenants(database: Database, vault: Vault): Tenants {
  const { tenants, channelDefaults } = database.tables
  const { and, asc, eq } = orm
  const columns = {
    id: tenants.id,
    kind: tenants.kind,
    name: tenants.name,
    plan: tenants.plan,
    language: tenants.language,
    timeZone: tenants.timeZone,
    createdAt: tenants.createdAt,
  }

  return {
    async create(tenant, now) {
      if (tenant.id === '') throw new TypeError('a tenant needs an id')
      const dataKey = await vault.newDataKey(tenant.id)
      const row = cleanRow({ ...tenant, createdAt: now })
      await database.write(tenant.id, async (tx) => tx.insert(tenants).values({ ...row, lastNumber: 0, dataKey }))
      return row
    },
    async find(tenantId) {
      const [row] = await database.read(tenantId, async (tx) =>
        tx.select(columns).from(tenants).where(eq(tenants.id, tenantId)),
      )
      return (row as Tenant | undefined) ?? null
    },
    list: async () =>
      (await database.read(null, async (tx) => tx.select(columns).from(tenants).orderBy(asc(tenants.id)))) as Tenant[],
    async update(tenantId, change) {
      await database.write(tenantId, async (tx) =>
        tx.update(tenants).set(cleanRow(change)).where(eq(tenants.id, tenantId)),
      )
    },
    quotaUsed: (tenantId, memberId, day, month) => quotaUsed(database, tenantId, memberId, day, month),
    async channelDefault(tenantId, conversationId) {
      const here = and(eq(channelDefaults.tenantId, tenantId), eq(channelDefaults.conversationId, conversationId))
      const [row] = await database.read(tenantId, async (tx) => tx.select().from(channelDefaults).where(here))
      return row ? (JSON.parse(row.value) as ChannelDefault) : null
    },
    async setChannelDefault(tenantId, conversationId, value) {
      const here = and(eq(channelDefaults.tenantId, tenantId), eq(channelDefaults.conversationId, conversationId))
      await database.write(tenantId, async (tx) => {
        await tx.delete(channelDefaults).where(here)
        if (value === null) return
        const row = cleanRow({ tenantId, conversationId, value: JSON.stringify(value) })
        await tx.insert(channelDefaults).values(row)
      })
    },
  }
}
