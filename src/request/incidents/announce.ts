import type { Services } from '../../actions/services.ts'
import { tellAnnouncement } from '../../actions/tell-announcement.ts'
import type { Duty } from '../../duties/create-duties.ts'

/** What one look tells. */
const atOnce = 50

/** Tells what a process that gave out left to be told elsewhere, and what failed for a while. */
export async function tellLeft(services: Services, signal?: AbortSignal): Promise<void> {
  for (const due of await services.storage.announcements.due(services.now(), atOnce)) {
    if (signal?.aborted) return
    await tellAnnouncement(services, due).catch((error: unknown) =>
      services.log.warn({ err: error, tenant: due.tenantId }, 'an announcement was not looked at'),
    )
  }
}

/** Looks for what is to be told elsewhere still. */
export function announcementDuty(services: Services): Duty {
  return { name: 'announcements', everyMs: 30_000, by: 'each', round: (signal) => tellLeft(services, signal) }
}
