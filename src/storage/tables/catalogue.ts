import type { ColumnKit } from '../columns.ts'
import { editionColumns } from './edition-columns.ts'

/** What a tenant runs and speaks of, and the vendors that it connected. */
export function catalogueTables(kit: ColumnKit) {
  const { table, text, flag, primaryKey } = kit
  return {
    clusters: table(
      'clusters',
      {
        tenantId: text('tenant_id').notNull(),
        id: text('id').notNull(),
        cluster: text('cluster').notNull(),
        /** Beside the JSON, for who looks across tenants for what to watch. */
        watched: flag('watched').notNull().default(false),
        /** Beside the JSON too, for who looks across tenants for what may answer again. */
        silent: flag('silent').notNull().default(false),
        /** Sealed credentials. */
        access: text('access').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    services: table(
      'services',
      { tenantId: text('tenant_id').notNull(), id: text('id').notNull(), service: text('service').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    backupTargets: table(
      'backup_targets',
      { tenantId: text('tenant_id').notNull(), id: text('id').notNull(), target: text('target').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
    ),
    integrations: table(
      'integrations',
      {
        tenantId: text('tenant_id').notNull(),
        vendor: text('vendor').notNull(),
        integration: text('integration').notNull(),
        /** Sealed. */
        secrets: text('secrets').notNull(),
        ...editionColumns(kit),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.vendor] })],
    ),
    channelDefaults: table(
      'channel_defaults',
      {
        tenantId: text('tenant_id').notNull(),
        conversationId: text('conversation_id').notNull(),
        value: text('value').notNull(),
      },
      (t) => [primaryKey({ columns: [t.tenantId, t.conversationId] })],
    ),
    aliases: table(
      'aliases',
      { tenantId: text('tenant_id').notNull(), name: text('name').notNull(), alias: text('alias').notNull() },
      (t) => [primaryKey({ columns: [t.tenantId, t.name] })],
    ),
  }
}
