import type { AuditEntry } from '../../domain/audit-record.ts'
import type { ChannelDefault } from '../../domain/channel-default.ts'
import type { Tenant } from '../../domain/tenant.ts'
import type { UsedUnits } from './quota.ts'

/** Tenants with what they settled, the units that they used, and what their channels stand for. */
export interface Tenants {
  create(tenant: Omit<Tenant, 'createdAt'>, now: number): Promise<Tenant>
  find(tenantId: string): Promise<Tenant | null>
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
