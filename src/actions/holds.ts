import type { Action } from '../domain/action.ts'
import { keepLeases } from '../duties/keep-leases.ts'
import type { Services } from './services.ts'
import { whyStopped } from './why-stopped.ts'

/** Actions that this process holds: whatever it does with one, their lease is renewed meanwhile. */
export interface Holds {
  /**
   * Works on an action whose lease this process has. Its signal ends what is done where the lease is lost, or may be,
   * before anybody else can take the action; within another hold of the same action it is the same one.
   */
  during<T>(action: Action, work: (controller: AbortController) => Promise<T>): Promise<T>
  /** `undefined` = it is not held here. */
  find(actionId: string): AbortController | undefined
  readonly size: number
  /** Lets all end for so long (ms), then stops what is left. */
  stop(patienceMs: number): Promise<void>
}

interface Held {
  readonly controller: AbortController
  readonly release: () => void
  /** Works that go on with it, one within the other. */
  works: number
}

/** Keeps the leases of what runs in this process, and the switch that stops each. */
export function createHolds(services: Services): Holds {
  const renewSoon = createRenewals(services)
  const keep = keepLeases(services.leaseMs, services.log)
  const held = new Map<string, Held>()
  let onEmpty: (() => void) | undefined

  function hold({ tenantId, id, fence }: Action): Held {
    const controller = new AbortController()
    const release = keep({
      name: id,
      async renew() {
        const renewed = (await renewSoon(tenantId, { id, fence })).get(id)
        if (renewed && renewed.cancelRequestedBy !== null) {
          controller.abort(whyStopped('cancel', renewed.cancelRequestedBy))
        }
        return renewed !== undefined
      },
      lost: () => controller.abort(whyStopped('lost')),
    })
    return { controller, release, works: 0 }
  }

  const emptied = () =>
    new Promise<void>((resolve) => {
      if (held.size === 0) resolve()
      else onEmpty = resolve
    })
  const passed = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

  return {
    async during(action, work) {
      const key = `${action.id} ${action.fence}`
      const mine = held.get(key) ?? hold(action)
      held.set(key, mine)
      mine.works += 1
      try {
        return await work(mine.controller)
      } finally {
        mine.works -= 1
        if (mine.works === 0) {
          mine.release()
          held.delete(key)
          if (held.size === 0) onEmpty?.()
        }
      }
    },
    find: (actionId) => [...held].find(([key]) => key.startsWith(`${actionId} `))?.[1].controller,
    get size() {
      return held.size
    },
    async stop(patienceMs) {
      await Promise.race([emptied(), passed(patienceMs)])
      for (const { controller } of held.values()) controller.abort(whyStopped('shutdown'))
      await Promise.race([emptied(), passed(1_000)])
    },
  }
}

interface Renewal {
  readonly id: string
  readonly fence: number
}
type Renewed = Awaited<ReturnType<Services['storage']['ledger']['renew']>>

/** Renewals of one round go to the database in one statement a tenant, of so many at most. */
const mostAtOnce = 200

function createRenewals({ storage, leaseMs }: Services): (tenantId: string, held: Renewal) => Promise<Renewed> {
  const open = new Map<string, { readonly held: Renewal[]; readonly renewed: Promise<Renewed> }>()
  return (tenantId, held) => {
    const there = open.get(tenantId)
    if (there && there.held.length < mostAtOnce) {
      there.held.push(held)
      return there.renewed
    }
    const batch: Renewal[] = [held]
    const renewed = Promise.resolve().then(() => {
      if (open.get(tenantId)?.held === batch) open.delete(tenantId)
      return storage.ledger.renew(tenantId, batch, leaseMs)
    })
    open.set(tenantId, { held: batch, renewed })
    return renewed
  }
}
