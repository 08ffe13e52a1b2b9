import type { AuditEntry } from '../../domain/audit-record.ts'
import type { Subscription } from '../../domain/subscription.ts'
import type { Tenant } from '../../domain/tenant.ts'

/** What a tenant pays for. */
export interface BillingRow {
  /** Stripe's id of the tenant as a customer. */
  readonly customerId: string
  readonly subscription: Subscription | null
  /** Rises with each change; 0 = there is no row yet. */
  readonly version: number
}

/** Plans, payments, and what was told of them. */
export interface Billing {
  find(tenantId: string): Promise<BillingRow | null>
  /** Tenants of all that ever began to pay. */
  customers(): Promise<readonly { readonly tenantId: string; readonly customerId: string }[]>
  /**
   * One unit: the row, the event that told it, what the tenant has now, and its audit record. `row.version` is the one
   * that it was made on: `stale` = someone was faster; `duplicate` = the event was taken before; nothing is written then.
   */
  save(
    tenantId: string,
    row: BillingRow,
    more: {
      readonly event?: { readonly id: string; readonly type: string; readonly createdAt: number }
      readonly tenant?: Pick<Tenant, 'plan'> & { readonly planUntil: number | null }
      readonly audit?: AuditEntry
    },
  ): Promise<'saved' | 'stale' | 'duplicate'>
  hasEvent(tenantId: string, eventId: string): Promise<boolean>
  /** The plan that people and integrations were fitted to; `false` = someone else did it. */
  settle(tenantId: string, from: string | null, to: string, audit?: AuditEntry): Promise<boolean>
  /** `true` for the one that may tell it. */
  tellOnce(tenantId: string, key: string, now: number): Promise<boolean>
  /** It could not be told: it may be tried again. */
  untell(tenantId: string, key: string): Promise<void>
  /** Units that tenants used in these months, of all tenants. */
  monthsUsed(
    periods: readonly string[],
  ): Promise<readonly { readonly tenantId: string; readonly period: string; readonly used: number }[]>
  /** Actions of the ledger that hold a unit of this month: those that ended, and those that may still give it back. */
  countedInMonth(tenantId: string, period: string): Promise<{ readonly ended: number; readonly open: number }>
  /** When each member ordered last (ms since 1970), by their id. */
  lastActive(tenantId: string): Promise<ReadonlyMap<string, number>>
  /** Units of a month that the meter was told, and that it is being told. */
  metered(tenantId: string, period: string): Promise<Metered>
  /** `false` = it stood otherwise than `from`; nothing is written. */
  setMetered(tenantId: string, period: string, from: Metered, to: Metered): Promise<boolean>
}

/** Units of a month at the meter. */
export interface Metered {
  readonly reported: number
  readonly pending: number
}
