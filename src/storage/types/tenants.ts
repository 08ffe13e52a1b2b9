import type { Alias } from '../../domain/alias.ts'
import type { AuditEntry } from '../../domain/audit-record.ts'
import type { BackupTarget, Cluster, Service } from '../../domain/catalogue.ts'
import type { ChannelDefault } from '../../domain/channel-default.ts'
import type { Integration } from '../../domain/integration.ts'
import type { Member } from '../../domain/member.ts'
import type { Tenant } from '../../domain/tenant.ts'
import type { Zone } from '../../domain/zone.ts'
import type { UsedUnits } from './quota.ts'

/** What an order is read and decided with, of one tenant. */
export interface WholeTenant {
  readonly tenant: Tenant
  readonly services: readonly Service[]
  readonly clusters: readonly Cluster[]
  readonly backupTargets: readonly BackupTarget[]
  readonly integrations: readonly Integration[]
  readonly aliases: readonly Alias[]
  readonly zones: readonly Zone[]
  readonly channels: ReadonlyMap<string, ChannelDefault>
  /** Who was asked for; `null` = nobody was, or they are no member. */
  readonly member: Member | null
  /** Characters that it was read from, without what most tenants have alike. */
  readonly size: number
}

/** Tenants with what they settled, the units that they used, and what their channels stand for. */
export interface Tenants {
  create(tenant: Omit<Tenant, 'createdAt'>, now: number): Promise<Tenant>
  find(tenantId: string): Promise<Tenant | null>
  /** All that an order needs to be understood, in one step; with the member who writes it. */
  whole(tenantId: string, slackUserId?: string): Promise<WholeTenant | null>
  list(): Promise<readonly Tenant[]>
  update(
    tenantId: string,
    change: Partial<
      Pick<
        Tenant,
        | 'kind'
        | 'name'
        | 'plan'
        | 'planUntil'
        | 'settledPlan'
        | 'look'
        | 'language'
        | 'timeZone'
        | 'contact'
        | 'setUpAt'
        | 'aliasesLocked'
      >
    >,
    audit?: AuditEntry,
  ): Promise<void>
  /** Units of quota that were used. */
  quotaUsed(tenantId: string, memberId: string, day: string, month: string): Promise<UsedUnits>
  /** What each channel stands for, by its conversation. */
  channelDefaults(tenantId: string): Promise<ReadonlyMap<string, ChannelDefault>>
  setChannelDefault(tenantId: string, conversationId: string, value: ChannelDefault | null): Promise<void>
}
