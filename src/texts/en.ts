import { enBilling } from './billing/en.ts'
import { enCharts } from './charts-en.ts'
import { enAuditFields } from './governance/audit-fields-en.ts'
import { enGovernance } from './governance/en.ts'
import { enWorkspaces } from './governance/workspaces-en.ts'
import { enHelp } from './help/en.ts'
import { enHomeFirst } from './home/first-en.ts'
import { enHomeForms } from './home/forms-en.ts'
import { enIncidents } from './incidents/en.ts'
import { enAlertSettings } from './integrations/alert-settings-en.ts'
import { enAlerts } from './integrations/alerts-en.ts'
import { enClusterHealth } from './integrations/cluster-health-en.ts'
import { enIntegrations } from './integrations/en.ts'
import { enHooks } from './integrations/hooks-en.ts'
import { enMonitoring } from './integrations/monitoring-en.ts'
import { enPages } from './integrations/pages-en.ts'
import { enReceived } from './integrations/received-en.ts'
import { enTickets } from './integrations/tickets-en.ts'
import type { Template, TextKey } from './keys.ts'
import { enOrdersDecisions } from './orders/decisions-en.ts'
import { enOrdersFailures } from './orders/failures-en.ts'
import { enOrdersProgress } from './orders/progress-en.ts'
import { enOrdersReading } from './orders/reading-en.ts'
import { enOrdersWords } from './orders/words-en.ts'
import { enReports } from './reports/en.ts'
import { enSchedules } from './schedules/en.ts'

/** Every sentence that NOX says, in English. */
export const en: Record<TextKey, Template> = {
  ...enOrdersWords,
  ...enOrdersDecisions,
  ...enOrdersProgress,
  ...enOrdersFailures,
  ...enOrdersReading,
  ...enHomeFirst,
  ...enHomeForms,
  ...enHelp,
  ...enClusterHealth,
  ...enIntegrations,
  ...enTickets,
  ...enHooks,
  ...enBilling,
  ...enAlerts,
  ...enAlertSettings,
  ...enMonitoring,
  ...enReceived,
  ...enReports,
  ...enSchedules,
  ...enIncidents,
  ...enPages,
  ...enGovernance,
  ...enAuditFields,
  ...enWorkspaces,
  ...enCharts,
}
