import type { Action } from '../domain/action.ts'
import type { Services } from './services.ts'
import { whyStopped } from './why-stopped.ts'

/** An action that runs here under a lease. */
export interface Leased {
  readonly action: Action
  readonly controller: AbortController
  /** Since when (ms since 1970). */
  readonly since: number
}

export interface Leases {
  /** Begins the rounds; again is nothing. */
  start(): void
  stop(): void
}

/**
 * Renews the leases of all that runs, in one round four times a lease: an action that has just begun needs none, and
 * most end before they do. One that lost its lease, or that someone cancelled through another process, is stopped.
 */
export function keepLeases(services: Services, running: () => Iterable<Leased>): Leases {
  const roundMs = services.leaseMs / 4
  let timer: NodeJS.Timeout | undefined

  async function renew({ action, controller }: Leased): Promise<void> {
    try {
      const leaseUntil = services.now() + services.leaseMs
      const { held, cancelRequestedBy } = await services.storage.ledger.renew(
        action.tenantId,
        action.id,
        action.fence,
        leaseUntil,
      )
      if (!held) controller.abort(whyStopped('lost'))
      else if (cancelRequestedBy !== null) controller.abort(whyStopped('cancel', cancelRequestedBy))
    } catch (error) {
      services.log.warn({ err: error, action: action.id }, 'a lease could not be renewed; tried again soon')
    }
  }

  return {
    start() {
      timer ??= setInterval(() => {
        const before = services.now() - roundMs / 2
        for (const each of running()) if (each.since <= before) void renew(each)
      }, roundMs).unref()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}
