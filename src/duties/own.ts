import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Claims } from '../storage/types/claims.ts'
import { keepLeases } from './keep-leases.ts'

/**
 * Work that one replica does at a time, for as long as the signal lets it; begun anew, here or elsewhere, where it ends
 * by itself or its owner is gone.
 */
export type Own = (name: string, work: (signal: AbortSignal) => Promise<void>) => { stop(): Promise<void> }

export interface OwnOptions {
  readonly claims: Claims
  /** This process, told from all others. */
  readonly owner: string
  readonly log: Logger
  /** How long an owner may be silent before another takes its work (ms). */
  readonly leaseMs?: number
}

/**
 * How long the owner of work that people wait for may be silent (ms). Another replica asks three times a lease, so it has
 * the work after four thirds of this at the latest: within 15 s.
 */
export const promptLeaseMs = 10_000

/** Ownership of long work by leases in the database: many processes ask, one at a time has it. */
export function createOwn({ claims, owner, log, leaseMs = 60_000 }: OwnOptions): Own {
  const keep = keepLeases(leaseMs, log)

  return (name, work) => {
    const stopping = new AbortController()
    const { signal } = stopping
    const take = () => claims.take(name, owner, leaseMs)

    async function hold(): Promise<void> {
      const lost = new AbortController()
      const end = keep({ name, renew: take, lost: () => lost.abort() })
      try {
        await work(AbortSignal.any([signal, lost.signal]))
      } catch (error) {
        log.error({ err: error, work: name }, 'work of one replica failed; tried again soon')
      } finally {
        end()
        await claims.release(name, owner).catch(() => {})
      }
    }

    const running = (async () => {
      while (!signal.aborted) {
        const isMine = await take().catch((error: unknown) => {
          log.error({ err: error, work: name }, 'work could not be claimed; tried again soon')
          return false
        })
        if (isMine && signal.aborted) await claims.release(name, owner).catch(() => {})
        else if (isMine) await hold()
        await sleep(leaseMs / 3, undefined, { signal }).catch(() => {})
      }
    })()
    return {
      async stop() {
        stopping.abort()
        await running
      },
    }
  }
}
