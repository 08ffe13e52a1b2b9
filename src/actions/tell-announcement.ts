import { NoxError } from '../errors.ts'
import type { DueAnnouncement, PendingAnnouncement } from '../storage/types/announcements.ts'
import { lastingFailures } from './lasting-failures.ts'
import type { Services } from './services.ts'

/** What Teams gets to answer (ms). */
const patience = 10_000
/** From the order to the first look of who has not given it (ms): the one that has tells it at once. */
export const firstLookAfter = 30_000
/** Told again after so long at the earliest (ms), and later each time; what is older than a day tells nobody anything. */
const again = 60_000
const longest = 24 * 3_600_000

/** Tells something elsewhere, for the one process that takes it; what fails for a while is due again. */
export async function tellAnnouncement(services: Services, due: DueAnnouncement): Promise<void> {
  const { announcements } = services.storage
  const now = services.now()
  const next = now + again
  const pending = await announcements.take(due, next)
  if (!pending) return
  const { tenantId, id, createdAt } = pending
  try {
    await post(services, pending)
  } catch (error) {
    const isLost = (error instanceof NoxError && lastingFailures.includes(error.code)) || now - createdAt > longest
    services.log.warn({ err: error, tenant: tenantId, action: id, isLost }, 'an incident could not be told elsewhere')
    if (!isLost) {
      await announcements.take({ tenantId, id, dueAt: next }, now + Math.max(again, now - createdAt))
      return
    }
  }
  await announcements.remove(tenantId, id)
}

async function post(services: Services, { tenantId, id, channel, announcement }: PendingAnnouncement): Promise<void> {
  const { knowledge } = await services.knowledge.snapshot(tenantId)
  const integration = knowledge.integrations.find(({ vendor }) => vendor === 'teams')
  const secrets = integration && (await services.storage.integrations.secrets(tenantId, 'teams'))
  const connected = integration && secrets && (await services.connectors.open({ integration, secrets }))
  if (!connected?.announcements) throw new NoxError('not-found', 'Microsoft Teams is not connected')
  const action = await services.storage.ledger.find(tenantId, id)
  const thread = action && (await services.messenger.permalink(tenantId, action.place).catch(() => null))
  const links = [...(thread ? [{ label: 'Slack', url: thread }] : []), ...(announcement.links ?? [])]
  await connected.announcements.post(channel, { ...announcement, links }, { signal: AbortSignal.timeout(patience) })
}
