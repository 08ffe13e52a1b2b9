import type { Column } from 'drizzle-orm'
import { builtOnce } from './built-once.ts'
import { orm } from './drizzle.ts'

// What is read of a tenant that has not spoken for a while, before its order is understood; built once for a connection.
// Flags come as SQLite has them: 0 or 1.

const isAsked = (column: Column, name = 'tenantId') => orm.eq(column, orm.sql.placeholder(name))

export const tenantColumns = [
  'id',
  'kind',
  'name',
  'plan',
  'planUntil',
  'settledPlan',
  'look',
  'language',
  'timeZone',
  'aliasesLocked',
  'createdAt',
  'setUpAt',
  'contact',
] as const

export const tenantStatement = builtOnce(tenantColumns, (tx, { tables: { tenants } }) => {
  const { id, kind, name, plan, planUntil, settledPlan, look, language, timeZone } = tenants
  const { aliasesLocked, createdAt, setUpAt, contact } = tenants
  return tx
    .select({
      ...{ id, kind, name, plan, planUntil, settledPlan, look, language, timeZone },
      ...{ aliasesLocked, createdAt, setUpAt, contact },
    })
    .from(tenants)
    .where(isAsked(id))
    .prepare('tenant')
})

export const dataKeyStatement = builtOnce(['dataKey'], (tx, { tables: { tenants } }) =>
  tx.select({ dataKey: tenants.dataKey }).from(tenants).where(isAsked(tenants.id)).prepare('tenant_data_key'),
)

export const servicesStatement = builtOnce(['id', 'service'], (tx, { tables: { services } }) =>
  tx
    .select({ id: services.id, service: services.service })
    .from(services)
    .where(isAsked(services.tenantId))
    .prepare('tenant_services'),
)

export const clustersStatement = builtOnce(['id', 'cluster'], (tx, { tables: { clusters } }) =>
  tx
    .select({ id: clusters.id, cluster: clusters.cluster })
    .from(clusters)
    .where(isAsked(clusters.tenantId))
    .prepare('tenant_clusters'),
)

export const backupTargetsStatement = builtOnce(['id', 'target'], (tx, { tables: { backupTargets } }) =>
  tx
    .select({ id: backupTargets.id, target: backupTargets.target })
    .from(backupTargets)
    .where(isAsked(backupTargets.tenantId))
    .prepare('tenant_backup_targets'),
)

export const integrationsStatement = builtOnce(['vendor', 'integration'], (tx, { tables: { integrations } }) =>
  tx
    .select({ vendor: integrations.vendor, integration: integrations.integration })
    .from(integrations)
    .where(isAsked(integrations.tenantId))
    .orderBy(orm.asc(integrations.vendor))
    .prepare('tenant_integrations'),
)

export const aliasesStatement = builtOnce(['name', 'alias'], (tx, { tables: { aliases } }) =>
  tx
    .select({ name: aliases.name, alias: aliases.alias })
    .from(aliases)
    .where(isAsked(aliases.tenantId))
    .orderBy(orm.asc(aliases.name))
    .prepare('tenant_aliases'),
)

export const zonesStatement = builtOnce(['tenantId', 'id', 'zone'], (tx, { tables: { zones } }) =>
  tx
    .select({ tenantId: zones.tenantId, id: zones.id, zone: zones.zone })
    .from(zones)
    .where(isAsked(zones.tenantId))
    .orderBy(orm.asc(zones.id))
    .prepare('tenant_zones'),
)

export const channelDefaultsStatement = builtOnce(['conversationId', 'value'], (tx, { tables: { channelDefaults } }) =>
  tx
    .select({ conversationId: channelDefaults.conversationId, value: channelDefaults.value })
    .from(channelDefaults)
    .where(isAsked(channelDefaults.tenantId))
    .prepare('tenant_channel_defaults'),
)

export const memberStatement = builtOnce(
  ['tenantId', 'id', 'slackUserId', 'name', 'role', 'rights'],
  (tx, { tables: { members } }) => {
    const { tenantId, id, slackUserId, name, role, rights } = members
    return tx
      .select({ tenantId, id, slackUserId, name, role, rights })
      .from(members)
      .where(orm.and(isAsked(tenantId), isAsked(slackUserId, 'slackUserId')))
      .prepare('tenant_member')
  },
)

/** The columns of a member, as a JSON array of them has them. */
export const memberColumns = ['id', 'slackUserId', 'name', 'role', 'rights'] as const

/**
 * All of the above together, a row for each: on Postgres a round trip, on SQLite one look at a file of which each look
 * begins with nothing in memory.
 */
export const wholeStatement = builtOnce(['part', 'id', 'text'], (tx, { dialect, tables }) => {
  const { tenants, members, services, clusters, backupTargets, integrations, aliases, zones, channelDefaults } = tables
  const { and, sql } = orm
  const jsonOf = (columns: readonly Column[]) => {
    const all = sql.join(
      columns.map((column) => sql`${column}`),
      sql`, `,
    )
    return dialect === 'sqlite' ? sql<string>`json_array(${all})` : sql<string>`json_build_array(${all})::text`
  }
  const part = (name: WholePart, id: Column, text: Column | ReturnType<typeof jsonOf>) =>
    tx.select({ part: sql<WholePart>`${sql.raw(`'${name}'`)}`, id: sql<string>`${id}`, text: sql<string>`${text}` })
  return part('tenant', tenants.id, jsonOf(tenantColumns.map((name) => tenants[name])))
    .from(tenants)
    .where(isAsked(tenants.id))
    .unionAll(part('service', services.id, services.service).from(services).where(isAsked(services.tenantId)))
    .unionAll(part('cluster', clusters.id, clusters.cluster).from(clusters).where(isAsked(clusters.tenantId)))
    .unionAll(
      part('backupTarget', backupTargets.id, backupTargets.target)
        .from(backupTargets)
        .where(isAsked(backupTargets.tenantId)),
    )
    .unionAll(
      part('integration', integrations.vendor, integrations.integration)
        .from(integrations)
        .where(isAsked(integrations.tenantId)),
    )
    .unionAll(part('alias', aliases.name, aliases.alias).from(aliases).where(isAsked(aliases.tenantId)))
    .unionAll(part('zone', zones.id, zones.zone).from(zones).where(isAsked(zones.tenantId)))
    .unionAll(
      part('channel', channelDefaults.conversationId, channelDefaults.value)
        .from(channelDefaults)
        .where(isAsked(channelDefaults.tenantId)),
    )
    .unionAll(
      part('member', members.id, jsonOf(memberColumns.map((name) => members[name])))
        .from(members)
        .where(and(isAsked(members.tenantId), isAsked(members.slackUserId, 'slackUserId'))),
    )
    .prepare('tenant_whole')
})

export type WholePart =
  | 'tenant'
  | 'service'
  | 'cluster'
  | 'backupTarget'
  | 'integration'
  | 'alias'
  | 'zone'
  | 'channel'
  | 'member'
