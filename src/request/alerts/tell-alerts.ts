import { adminsOf } from '../../actions/admins.ts'
import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import { isFlapping } from '../../domain/absorb-alert.ts'
import type { KeptAlert } from '../../domain/alert.ts'
import type { AlertTelling } from '../../storage/types/alerts.ts'
import { escalate } from './escalate-alert.ts'
import { watchRoutes } from './hand-trouble.ts'
import { createAlertPosts } from './post-alert.ts'
import { endOfHours, isInHours, type Routing, routeAlert } from './route-alert.ts'
import { createStorms, type LastShown, type Storms } from './storms.ts'

/** Alerts that are read at once. */
const atOnce = 500
/** Messages that are redrawn in one pass; what is new comes before the rest of them. */
const mostRedrawn = 20
/** When a message that could not be posted or redrawn is tried again (ms). */
const again = 30_000
/** When a flapping problem is looked at again, to show that it is calm (ms). */
const calmAfter = 15 * 60_000

/** Tells a tenant's people what is due by now; whoever calls it is the only one to. */
export function createAlertTeller(services: Services) {
  const { storage, now, log } = services
  const posts = createAlertPosts(services)
  const shown: LastShown = new Map()

  async function routingOf(tenantId: string, { knowledge }: TenantSnapshot): Promise<Routing> {
    const [settings, members, admins] = await Promise.all([
      storage.alertSettings.read(tenantId),
      storage.members.list(tenantId),
      adminsOf(services, tenantId),
    ])
    return {
      settings: settings.value,
      more: watchRoutes(knowledge.clusters),
      members,
      admins: admins.map(({ slackUserId }) => slackUserId),
      timeZone: knowledge.tenant.timeZone,
      now: now(),
    }
  }

  /** What was told already is drawn anew. */
  async function redraw(kept: KeptAlert, snapshot: TenantSnapshot): Promise<AlertTelling> {
    try {
      const posted = await posts.show(kept, snapshot)
      const isPending = posted.some(({ ts }) => ts === null)
      return { kept, change: { posts: posted }, dueAt: isPending ? now() + again : nextLook(kept, now()) }
    } catch (error) {
      log.warn({ err: error, tenant: kept.tenantId, alert: kept.id }, 'the message of an alert could not be redrawn')
      return { kept, change: {}, dueAt: now() + again }
    }
  }

  /** What nobody was told of yet. `null` = it joined a storm. */
  async function begin(
    kept: KeptAlert,
    snapshot: TenantSnapshot,
    routing: Routing,
    storms: Storms,
  ): Promise<AlertTelling | null> {
    const { quiet } = routing.settings
    const { timeZone } = routing
    if (quiet && kept.alert.severity !== 'critical' && isInHours(quiet, routing.now, timeZone)) {
      return { kept, change: {}, dueAt: endOfHours(quiet, routing.now, timeZone) }
    }
    const { destinations, escalation } = routeAlert(kept.alert, routing)
    if (destinations.length === 0) return { kept, change: {}, dueAt: null }
    if (!(await storms.mayPost(kept, destinations))) {
      await storms.join(kept, destinations)
      return null
    }
    const escalateAt = escalation && kept.acknowledgedBy === null ? now() + escalation.afterMs : null
    const planned = destinations.map(({ kind, id }) => ({
      to: id,
      conversationId: kind === 'channel' ? id : '',
      ts: null,
      since: now(),
    }))
    // Written down before it is posted: after a crash it is looked for, and posted once.
    await storage.alerts.told(kept.tenantId, [{ kept, change: { posts: planned, escalateAt }, dueAt: now() + again }])
    return redraw({ ...kept, posts: planned, escalateAt }, snapshot)
  }

  async function look(
    kept: KeptAlert,
    snapshot: TenantSnapshot,
    routing: Routing,
    storms: Storms,
  ): Promise<AlertTelling | null> {
    const { alert, mutedUntil, escalateAt } = kept
    const isMuted = mutedUntil !== null && mutedUntil > now()
    if (kept.posts.length === 0) {
      if (alert.state === 'resolved') return { kept, change: {}, dueAt: null }
      if (isMuted) return { kept, change: {}, dueAt: mutedUntil }
      return begin(kept, snapshot, routing, storms)
    }
    const isNeglected = alert.state === 'firing' && kept.acknowledgedBy === null && !isMuted
    if (escalateAt !== null && escalateAt <= now() && isNeglected) {
      const escalated = await escalate(services, kept, routing)
      return escalated ? redraw(escalated, snapshot) : { kept, change: {}, dueAt: null }
    }
    return redraw(kept, snapshot)
  }

  /** One pass; resolves when nothing is due any more that can be told now. */
  return async function tellTenant(tenantId: string, signal: AbortSignal): Promise<void> {
    const snapshot = await services.knowledge.snapshot(tenantId)
    const routing = await routingOf(tenantId, snapshot)
    const storms = createStorms(services, posts, tenantId, shown)
    let redrawn = 0
    while (!signal.aborted) {
      const due = await storage.alerts.due(tenantId, now(), atOnce)
      const inStorms = due.filter(({ stormId }) => stormId !== null)
      const fresh = due.filter(({ stormId, posts: told }) => stormId === null && told.length === 0)
      const known = due.filter(({ stormId, posts: told }) => stormId === null && told.length > 0)
      const tellings: AlertTelling[] = await storms.touch(inStorms)
      for (const kept of fresh) {
        if (signal.aborted) return
        const telling = await look(kept, snapshot, routing, storms)
        // What was posted is written down at once.
        if (telling?.change.posts) await storage.alerts.told(tenantId, [telling])
        else if (telling) tellings.push(telling)
      }
      tellings.push(...storms.joined())
      for (const kept of known.slice(0, Math.max(0, mostRedrawn - redrawn))) {
        if (signal.aborted) return
        redrawn += 1
        const telling = await look(kept, snapshot, routing, storms)
        if (telling) tellings.push(telling)
      }
      if (tellings.length > 0) await storage.alerts.told(tenantId, tellings)
      if (due.length < atOnce || (tellings.length === 0 && fresh.length === 0)) break
    }
    await storms.show(snapshot)
  }
}

/** When a message that shows all that is known is looked at next. */
function nextLook(kept: KeptAlert, now: number): number | null {
  const { alert, escalateAt, acknowledgedBy, mutedUntil } = kept
  if (alert.state === 'resolved') return isFlapping(kept, now) ? now + calmAfter : null
  const moments = [
    ...(escalateAt !== null && acknowledgedBy === null ? [escalateAt] : []),
    ...(mutedUntil !== null && mutedUntil > now ? [mutedUntil] : []),
    ...(isFlapping(kept, now) ? [now + calmAfter] : []),
  ]
  return moments.length > 0 ? Math.max(now, Math.min(...moments)) : null
}
