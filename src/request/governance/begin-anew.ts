import type { Services } from '../../actions/services.ts'
import { idsInOrder } from '../../domain/new-id.ts'
import { dayMs } from '../../domain/plans.ts'
import { purgeDays } from '../../domain/retention.ts'
import { defaultMember, defaultZones } from '../../permissions/index.ts'

/**
 * A tenant as after an install, with the free plan: whoever leaves gets no second trial. It is to be purged until its
 * workspace has come: a crash in between leaves nothing behind.
 */
export async function beginAnew(services: Services, before: string, name: string, admin: string): Promise<string> {
  const { storage } = services
  const { tenant } = (await services.knowledge.snapshot(before)).knowledge
  const tenantId = services.newId()
  const { language, timeZone } = tenant
  const plan = { plan: 'starter', planUntil: null } as const
  const now = services.now()
  await storage.purges.schedule(tenantId, now + purgeDays * dayMs)
  await storage.tenants.create({ id: tenantId, kind: 'company', name, language, timeZone, ...plan }, now)
  for (const zone of defaultZones(tenantId, idsInOrder())) await storage.zones.save(zone)
  const identity = { tenantId, id: services.newId(), slackUserId: admin, name: admin }
  await storage.members.create(defaultMember('company', 'admin', identity))
  return tenantId
}
