import type { ChannelDefault } from '../domain/channel-default.ts'
import type { Vault } from '../vault/index.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { quotaUsed } from './quota.ts'
import { channelDefaultsStatement, tenantStatement } from './tenant-statements.ts'
import type { Tenants } from './types/tenants.ts'
import { readWhole, toTenant } from './whole-tenant.ts'

/** Each tenant gets a data key of its own, wrapped by the vault, with its row. */
export function createTenants(database: Database, vault: Vault): Tenants {
  const { tenants, channelDefaults } = database.tables
  const { and, asc, eq } = orm
  const columns = {
    id: tenants.id,
    kind: tenants.kind,
    name: tenants.name,
    plan: tenants.plan,
    planUntil: tenants.planUntil,
    settledPlan: tenants.settledPlan,
    look: tenants.look,
    language: tenants.language,
    timeZone: tenants.timeZone,
    aliasesLocked: tenants.aliasesLocked,
    createdAt: tenants.createdAt,
    setUpAt: tenants.setUpAt,
  }

  return {
    async create(tenant, now) {
      if (tenant.id === '') throw new TypeError('a tenant needs an id')
      const dataKey = await vault.newDataKey(tenant.id)
      const row = cleanRow({ ...tenant, createdAt: now })
      const kept = { ...row, look: row.look ? JSON.stringify(row.look) : null, dataKey }
      await database.write(tenant.id, async (tx) => tx.insert(tenants).values(kept))
      return row
    },
    async find(tenantId) {
      const [row] = await database.read(tenantId, async (tx) => tenantStatement(tx, database).execute({ tenantId }))
      return row ? toTenant(row) : null
    },
    whole: (tenantId, slackUserId) => readWhole(database, tenantId, slackUserId),
    async list() {
      const rows = await database.read(null, async (tx) => tx.select(columns).from(tenants).orderBy(asc(tenants.id)))
      return rows.map(toTenant)
    },
    async update(tenantId, { look, ...change }, audit) {
      const row = cleanRow({ ...change, ...(look === undefined ? {} : { look: look && JSON.stringify(look) }) })
      await database.write(tenantId, async (tx) => {
        if (audit) await database.lockTenant(tx, tenantId)
        await tx.update(tenants).set(row).where(eq(tenants.id, tenantId))
        if (audit) await appendAudit(database, tx, tenantId, audit)
      })
    },
    quotaUsed: (tenantId, memberId, day, month) => quotaUsed(database, tenantId, memberId, { day, month }),
    async channelDefaults(tenantId) {
      const rows = await database.read(tenantId, async (tx) =>
        channelDefaultsStatement(tx, database).execute({ tenantId }),
      )
      return new Map(rows.map((row) => [row.conversationId, JSON.parse(row.value) as ChannelDefault]))
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
