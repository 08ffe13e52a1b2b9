import type { Command } from '../commands/command.ts'
import type { Member } from '../domain/member.ts'
import type { Tenant } from '../domain/tenant.ts'
import { dayKey, monthKey } from '../permissions/index.ts'
import type { QuotaClaim, QuotaPeriods } from '../storage/types/quota.ts'
import type { Services } from './services.ts'

/** Always open, also past a limit. */
export const alwaysOpen: ReadonlySet<string> = new Set(['audit', 'approve', 'deny', 'cancel'])

/** The day and the month that quotas count in at this moment. */
export const quotaPeriods = (now: number, { timeZone }: Tenant): QuotaPeriods => ({
  day: dayKey(now, timeZone),
  month: monthKey(now, timeZone),
})

/** The units that an order takes; `null` = none. */
export function quotaClaim(services: Services, command: Command, tenant: Tenant, member: Member): QuotaClaim | null {
  if (command.words.action === null || alwaysOpen.has(command.words.name)) return null
  return {
    ...quotaPeriods(services.now(), tenant),
    dayLimit: member.maxActionsPerDay,
    monthLimit: services.planOf(tenant).actionsPerMonth,
  }
}
