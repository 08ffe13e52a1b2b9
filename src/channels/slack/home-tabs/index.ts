import { alertsTab } from './alerts.ts'
import { analyticsTab } from './analytics.ts'
import { auditTab } from './audit.ts'
import { billingTab } from './billing.ts'
import { homeTab } from './home.ts'
import { integrationsTab } from './integrations.ts'
import { permissionsTab } from './permissions.ts'
import type { Tab } from './tab.ts'
import { teamTab } from './team.ts'

/** Home's tabs, in the order of its bar. */
export const tabs: readonly Tab[] = [
  homeTab,
  alertsTab,
  integrationsTab,
  teamTab,
  permissionsTab,
  billingTab,
  auditTab,
  analyticsTab,
]
