import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Claims } from '../storage/types.ts'

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
  readonly now: () => number
  /** How long an owner may be silent before another takes its work (ms). */
  readonly leaseMs?: number
}

/** Ownership of long work by leases in the database: many processes ask, one at a time has it. */
export function createOwn({ claims, owner, log, now, leaseMs = 60_000 }: OwnOptions): Own {
  const every = leaseMs / 3

  return (name, work) => {
    const stopping = new AbortController()
    const { signal } = stopping
    const pause = () => sleep(every, undefined, { signal }).catch(() => {})
    const take = () => claims.take(name, owner, now(), now() + leaseMs)

    async function hold(): Promise<void> {
      const lost = new AbortController()
      let heldUntil = now() + leaseMs
      const renewing = (async () => {
        while (!lost.signal.aborted) {
          await sleep(every, undefined, { signal: lost.signal }).catch(() => {})
          if (lost.signal.aborted) return
          const isMine = await take().catch(() => undefined)
          if (isMine) heldUntil = now() + leaseMs
          // Without an answer the lease may be over at any moment: work ends before another begins it.
          else if (isMine === false || now() + every >= heldUntil) lost.abort()
        }
      })()
      try {
        await work(AbortSignal.any([signal, lost.signal]))
      } catch (error) {
        log.error({ err: error, work: name }, 'work of one replica failed; tried again soon')
      } finally {
        lost.abort()
        await renewing
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
        await pause()
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
