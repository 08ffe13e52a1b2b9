import type { Services } from '../../actions/services.ts'
import { isVendor, vendorNames } from '../../domain/integration.ts'
import { firstPlanWith, hasRoom, type IntegrationName } from '../../domain/plans.ts'
import type { Tenant } from '../../domain/tenant.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { connectedOf } from './places.ts'

/** An integration as people write it. */
export const integrationName = (name: IntegrationName): string =>
  isVendor(name) ? vendorNames[name] : name === 'slack' ? 'Slack' : 'Kubernetes'

/** Why the plan has no room for one more integration, and what to do; `null` = it has. */
export async function whyNoRoom(services: Services, tenant: Tenant, wanted: IntegrationName): Promise<Phrase | null> {
  const plan = services.planOf(tenant)
  const connected = await connectedOf(services, tenant.id)
  if (connected.includes(wanted) || hasRoom(plan, connected, wanted)) return null
  const name = integrationName(wanted)
  const larger = firstPlanWith(plan.kind, (each) => hasRoom(each, connected, wanted))
  const facts = { name, plan: plan.name }
  return larger
    ? phrase('billing.noRoom', { ...facts, larger: larger.name })
    : phrase('billing.noRoom.largest', { ...facts })
}
