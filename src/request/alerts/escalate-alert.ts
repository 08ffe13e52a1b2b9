import type { Services } from '../../actions/services.ts'
import type { KeptAlert } from '../../domain/alert.ts'
import { administrationEntry } from '../governance/guard.ts'
import { type Routing, routeAlert } from './route-alert.ts'

/** Nobody acknowledged in time: those whom the routes name by now are told directly, with a record of it. */
export async function escalate(
  { storage, now }: Services,
  kept: KeptAlert,
  routing: Routing,
): Promise<KeptAlert | null> {
  const { tenantId, id, posts } = kept
  const people = routeAlert(kept.alert, routing).escalation?.people ?? []
  const more = people
    .filter((userId) => posts.every(({ to }) => to !== userId))
    .map((to) => ({ to, conversationId: '', ts: null, since: now() }))
  const change = { posts: [...posts, ...more], escalatedAt: now(), escalateAt: null }
  const escalated = await storage.alerts.change(tenantId, id, change, { at: now(), what: 'escalated', by: null })
  const details = { people: people.join(', '), title: kept.alert.title }
  const about = { command: 'alerts.escalate', resource: kept.alert.service, result: 'done', details } as const
  const entry = administrationEntry(now(), 'nox', { ...about, environment: kept.alert.environment })
  await storage.audit.append(tenantId, entry)
  return escalated
}
