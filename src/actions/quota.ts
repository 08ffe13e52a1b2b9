import type { Command } from '../commands/command.ts'
import type { Member } from '../domain/member.ts'
import type { Tenant } from '../domain/tenant.ts'
import { dayKey, monthKey } from '../permissions/index.ts'
import type { QuotaClaim } from '../storage/types.ts'
import type { Services } from './services.ts'

/** Always open, also past a limit. */
const free = new Set(['audit', 'approve', 'deny', 'cancel'])

/** The units that an order takes; `null` = none. */
export function quotaClaim(services: Services, command: Command, tenant: Tenant, member: Member): QuotaClaim | null {
  if (command.words.action === null || free.has(command.words.name)) return null
  const now = services.now()
  return {
    day: dayKey(now, tenant.timeZone),
    dayLimit: member.maxActionsPerDay,
    month: monthKey(now, tenant.timeZone),
    monthLimit: services.planOf(tenant).actionsPerMonth,
  }
}
