import type { Services } from '../../actions/services.ts'
import { endSchedulesOf } from '../schedules/end-schedules.ts'
import { endRequests } from './end-requests.ts'

/** More than a tenant may have open. */
const atOnce = 1_000

/** Ends and tells what removed people had asked for, where a crash came between their removal and the end of it. */
export async function endLeftovers(services: Services, signal: AbortSignal): Promise<void> {
  const { ledger, members } = services.storage
  for (const tenantId of await ledger.tenantsWaiting()) {
    const waiting = await ledger.list(tenantId, { states: ['waiting'], limit: atOnce })
    for (const userId of new Set(waiting.map((each) => each.userId))) {
      if (signal.aborted) return
      const known = await services.knowledge.member(tenantId, userId)
      const edition = known?.removedAt === undefined ? null : await members.edition(tenantId, known.id)
      // Whose time as a guest has ended is not stored as removed.
      if (!edition || edition.value.removedAt === undefined) continue
      const by = edition.changedBy ?? 'nox'
      await endRequests(services, edition.value, by)
      await endSchedulesOf(services, tenantId, userId, by)
    }
  }
}
