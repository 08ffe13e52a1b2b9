import type { AlertArrival, KeptAlerts } from '../../storage/types/alerts.ts'

/** Arrivals of one unit. */
const mostInOneUnit = 500
/** Arrivals that may wait for a database that is slow or away; more are sent back to their source. */
const mostWaiting = 20_000

interface Waiting {
  readonly arrivals: readonly AlertArrival[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Too much waits already: the source is told to come again. */
export class BusyError extends Error {}

/** Takes arrivals of a tenant in units: what comes in while one is written shares the next. */
export function createBatches(alerts: KeptAlerts, now: () => number, onWritten: () => void) {
  const queues = new Map<string, Waiting[]>()
  let waiting = 0

  async function drain(tenantId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const group: Waiting[] = []
      for (let n = 0; queue[0] && (n === 0 || n + queue[0].arrivals.length <= mostInOneUnit); ) {
        const next = queue.shift() as Waiting
        n += next.arrivals.length
        group.push(next)
      }
      const all = group.flatMap(({ arrivals }) => arrivals)
      try {
        await alerts.receive(tenantId, all, now())
        for (const { resolve } of group) resolve()
        onWritten()
      } catch (error) {
        for (const { reject } of group) reject(error)
      } finally {
        waiting -= all.length
      }
    }
    queues.delete(tenantId)
  }

  /** Resolves when they are durable. @throws BusyError */
  return (tenantId: string, arrivals: readonly AlertArrival[]): Promise<void> =>
    new Promise((resolve, reject) => {
      if (waiting + arrivals.length > mostWaiting) return reject(new BusyError('too many alerts wait to be written'))
      waiting += arrivals.length
      const queue = queues.get(tenantId)
      if (queue) return void queue.push({ arrivals, resolve, reject })
      const begun = [{ arrivals, resolve, reject }]
      queues.set(tenantId, begun)
      // Whatever else came in with this turn of the loop goes along.
      setImmediate(() => void drain(tenantId, begun))
    })
}
