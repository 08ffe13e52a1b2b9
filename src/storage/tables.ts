import type { ColumnKit } from './columns.ts'
import { actionsTables } from './tables/actions.ts'
import { alertsTables } from './tables/alerts.ts'
import { auditTables } from './tables/audit.ts'
import { billingTables } from './tables/billing.ts'
import { catalogueTables } from './tables/catalogue.ts'
import { incidentsTables } from './tables/incidents.ts'
import { peopleTables } from './tables/people.ts'
import { schedulesTables } from './tables/schedules.ts'
import { tenantsTables } from './tables/tenants.ts'

/** THE schema, for both databases, by area. A tenant's id comes first in every key of what belongs to one. */
export function defineTables(kit: ColumnKit) {
  return {
    ...tenantsTables(kit),
    ...peopleTables(kit),
    ...catalogueTables(kit),
    ...billingTables(kit),
    ...alertsTables(kit),
    ...actionsTables(kit),
    ...schedulesTables(kit),
    ...incidentsTables(kit),
    ...auditTables(kit),
  }
}

export type Tables = ReturnType<typeof defineTables>
