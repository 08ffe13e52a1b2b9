import { auditEntry } from '../../actions/frames.ts'
import type { Services } from '../../actions/services.ts'
import { purgeDays } from '../../domain/retention.ts'
import { openScheduleStates } from '../../domain/schedule.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { scheduleAudit } from '../schedules/schedule-audit.ts'

/** More than a tenant may have open. */
const atOnce = 1_000

/** What a workspace that joins another tenant leaves behind, in words: nothing of it moves or mixes. */
export async function whatStays({ storage }: Services, tenantId: string): Promise<Phrase> {
  const [members, zones, integrations, clusters, schedules] = await Promise.all([
    storage.members.list(tenantId),
    storage.zones.list(tenantId),
    storage.integrations.list(tenantId),
    storage.catalogue.clusters(tenantId),
    storage.schedules.list(tenantId, { states: openScheduleStates, limit: atOnce }),
  ])
  return phrase('workspace.preview.stays', {
    members: members.length,
    zones: zones.length,
    integrations: integrations.length + clusters.length,
    schedules: schedules.length,
    days: purgeDays,
  })
}

/** Ends what waits or is to come in a tenant that has lost its workspace; done again, it ends what is left of it. */
export async function windUp(services: Services, tenantId: string, byUserId: string): Promise<void> {
  const { storage } = services
  const rule = 'workspace.join'
  for (const schedule of await storage.schedules.list(tenantId, { states: openScheduleStates, limit: atOnce })) {
    const audit = scheduleAudit(schedule, byUserId, 'cancelled', services.now(), { rule })
    const change = { from: openScheduleStates, to: 'ended', nextDueAt: null, audit } as const
    await storage.schedules.setState(tenantId, schedule.id, change)
  }
  for (const action of await storage.ledger.list(tenantId, { states: ['waiting', 'queued'], limit: atOnce })) {
    const now = services.now()
    const audit = auditEntry(action, 'cancelled', now, { rule }, byUserId)
    await storage.ledger.settle(tenantId, action.id, { state: 'cancelled', audit, giveBack: true, now })
  }
}

/**
 * Winds up the tenants whose workspace joined another one where a crash came between: they are to be purged, and have no
 * workspace, not even one that uninstalled NOX and may come back.
 */
export async function windUpJoined(services: Services, signal: AbortSignal): Promise<void> {
  const { storage, log } = services
  for (const { id: tenantId, startedAt } of await storage.purges.list()) {
    if (signal.aborted) return
    if (startedAt !== null || (await storage.installations.hadWorkspace(tenantId))) continue
    const [joined] = await storage.audit.list(tenantId, { command: 'workspace.join', result: 'changed', limit: 1 })
    if (!joined) continue
    await windUp(services, tenantId, joined.actor).catch((error: unknown) =>
      log.error({ err: error, tenant: tenantId }, 'what a workspace left behind could not be ended; tried again later'),
    )
  }
}
