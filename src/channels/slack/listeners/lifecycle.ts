import { dayMs } from '../../../domain/plans.ts'
import { purgeDays } from '../../../domain/retention.ts'
import type { SlackChannel } from '../channel.ts'
import type { EventTable } from './events.ts'

interface Envelope {
  readonly team_id?: string
  readonly enterprise_id?: string | null
  readonly event_time?: number
  readonly is_enterprise_install?: boolean
  readonly authorizations?: readonly { readonly is_enterprise_install?: boolean }[]
}

/** An uninstalled workspace: its tokens go at once. Both events may come, in any order, and again after minutes. */
export function listenToLifecycle(events: EventTable, channel: SlackChannel): void {
  events.on('app_uninstalled', ({ body }) => forget(channel, body as Envelope))
  events.on('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await forget(channel, body as Envelope)
  })
}

async function forget(channel: SlackChannel, body: Envelope): Promise<void> {
  const { storage, installations, knowledge, log } = channel
  for (const workspaceId of [body.enterprise_id, body.team_id]) {
    const installation = workspaceId ? await storage.installations.find(workspaceId) : null
    if (!workspaceId || !installation) continue
    // An org-wide install ends only with an event of the whole organisation.
    const orgEvent = body.is_enterprise_install ?? body.authorizations?.[0]?.is_enterprise_install ?? !body.team_id
    if (installation.isOrgWide && !orgEvent) continue
    // An event of the time before a new install says nothing about it.
    if ((body.event_time ?? Number.POSITIVE_INFINITY) * 1000 + 999 < installation.installedAt) continue
    const { tenantId } = installation
    const purgeAt = channel.now() + purgeDays * dayMs
    // With its last workspace a tenant is gone: its data follows, later. Written first: a crash forgets no purge.
    const isGone = (await storage.installations.listByTenant(tenantId)).every(
      (each) => each.workspaceId === workspaceId,
    )
    if (isGone) await storage.purges.schedule(tenantId, purgeAt)
    const removed = await storage.installations.remove(workspaceId, {
      at: channel.now(),
      actor: 'nox',
      actionId: null,
      actionNumber: null,
      command: 'uninstall',
      environment: null,
      resource: workspaceId,
      result: 'changed',
      details: isGone ? { purgeAt: new Date(purgeAt).toISOString() } : {},
    })
    if (!removed) continue
    installations.drop(removed.tenantId)
    knowledge.drop(removed.tenantId)
    log.info({ tenant: removed.tenantId, workspace: workspaceId }, 'NOX was uninstalled; its tokens are erased')
  }
}
