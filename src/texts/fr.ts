import { frBilling } from './billing/fr.ts'
import { frCharts } from './charts-fr.ts'
import { frAuditFields } from './governance/audit-fields-fr.ts'
import { frGovernance } from './governance/fr.ts'
import { frWorkspaces } from './governance/workspaces-fr.ts'
import { frHelp } from './help/fr.ts'
import { frHomeFirst } from './home/first-fr.ts'
import { frHomeForms } from './home/forms-fr.ts'
import { frIncidents } from './incidents/fr.ts'
import { frAlertSettings } from './integrations/alert-settings-fr.ts'
import { frAlerts } from './integrations/alerts-fr.ts'
import { frClusterHealth } from './integrations/cluster-health-fr.ts'
import { frIntegrations } from './integrations/fr.ts'
import { frHooks } from './integrations/hooks-fr.ts'
import { frMonitoring } from './integrations/monitoring-fr.ts'
import { frPages } from './integrations/pages-fr.ts'
import { frReceived } from './integrations/received-fr.ts'
import { frTickets } from './integrations/tickets-fr.ts'
import { frOrdersDecisions } from './orders/decisions-fr.ts'
import { frOrdersFailures } from './orders/failures-fr.ts'
import { frOrdersProgress } from './orders/progress-fr.ts'
import { frOrdersReading } from './orders/reading-fr.ts'
import { frOrdersWords } from './orders/words-fr.ts'
import { frReports } from './reports/fr.ts'
import { frSchedules } from './schedules/fr.ts'

/**
 * Every sentence that NOX says, in French. `{x}` is filled in; spaces before `: ; ? %` and inside « » are made
 * non-breaking when a sentence is set (see render.ts).
 */
export const fr = {
  ...frOrdersWords,
  ...frOrdersDecisions,
  ...frOrdersProgress,
  ...frOrdersFailures,
  ...frOrdersReading,
  ...frHomeFirst,
  ...frHomeForms,
  ...frHelp,
  ...frClusterHealth,
  ...frIntegrations,
  ...frTickets,
  ...frHooks,
  ...frBilling,
  ...frAlerts,
  ...frAlertSettings,
  ...frMonitoring,
  ...frReceived,
  ...frReports,
  ...frSchedules,
  ...frIncidents,
  ...frPages,
  ...frGovernance,
  ...frAuditFields,
  ...frWorkspaces,
  ...frCharts,
} as const
