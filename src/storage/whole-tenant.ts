import type { Alias } from '../domain/alias.ts'
import type { BackupTarget, Cluster, Service } from '../domain/catalogue.ts'
import type { ChannelDefault } from '../domain/channel-default.ts'
import type { Integration, Vendor } from '../domain/integration.ts'
import type { Tenant } from '../domain/tenant.ts'
import { sorted } from './catalogue.ts'
import type { Database } from './database.ts'
import { toMember } from './members.ts'
import { memberColumns, tenantColumns, type WholePart, wholeStatement } from './tenant-statements.ts'
import type { WholeTenant } from './types/tenants.ts'
import { toZone } from './zones.ts'

type TenantRow = { readonly look: string | null; readonly aliasesLocked?: unknown }

/** SQLite has flags as 0 or 1. */
export const toTenant = (row: TenantRow): Tenant =>
  ({
    ...row,
    look: row.look === null ? null : JSON.parse(row.look),
    ...(row.aliasesLocked === undefined ? {} : { aliasesLocked: Boolean(row.aliasesLocked) }),
  }) as Tenant

/** The cells of a row that came as a JSON array. */
function cellsOf<Name extends string>(columns: readonly Name[], text: string): Readonly<Record<Name, unknown>> {
  const cells = JSON.parse(text) as readonly unknown[]
  return Object.fromEntries(columns.map((name, index) => [name, cells[index]])) as Record<Name, unknown>
}

/** What most tenants have alike stands in memory once. */
const shared: ReadonlySet<WholePart> = new Set(['zone', 'member'])

interface Named {
  readonly id: string
  readonly text: string
}

const byId = (a: Named, b: Named): number => (a.id < b.id ? -1 : 1)

/** All that an order of a tenant needs to be understood, in one statement. */
export async function readWhole(database: Database, tenantId: string, slackUserId = ''): Promise<WholeTenant | null> {
  const values = { tenantId, slackUserId }
  const rows = await database.read(tenantId, async (tx) => wholeStatement(tx, database).execute(values))
  const parts = new Map<WholePart, Named[]>()
  let size = 0
  for (const { part, id, text } of rows) {
    if (!shared.has(part)) size += id.length + text.length
    const some = parts.get(part)
    if (some) some.push({ id, text })
    else parts.set(part, [{ id, text }])
  }
  const [tenant] = parts.get('tenant') ?? []
  if (!tenant) return null
  const [member] = parts.get('member') ?? []
  const of = <T>(part: WholePart, make: (row: Named) => T): readonly T[] => (parts.get(part) ?? []).sort(byId).map(make)
  const content = <T>({ id, text }: Named): T => ({ ...(JSON.parse(text) as T), tenantId, id })
  return {
    tenant: toTenant(cellsOf(tenantColumns, tenant.text) as unknown as TenantRow),
    services: sorted(of('service', content<Service>)),
    clusters: sorted(of('cluster', content<Cluster>)),
    backupTargets: sorted(of('backupTarget', content<BackupTarget>)),
    integrations: of('integration', ({ id, text }) => ({
      ...(JSON.parse(text) as Integration),
      tenantId,
      vendor: id as Vendor,
    })),
    aliases: of('alias', ({ id, text }) => ({ ...(JSON.parse(text) as Alias), tenantId, name: id })),
    zones: of('zone', ({ id, text }) => toZone({ tenantId, id, zone: text })),
    channels: new Map(of('channel', ({ id, text }) => [id, JSON.parse(text) as ChannelDefault] as const)),
    member: member
      ? toMember({ tenantId, ...cellsOf(memberColumns, member.text) } as Parameters<typeof toMember>[0])
      : null,
    size,
  }
}
