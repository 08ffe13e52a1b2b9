import { availableParallelism } from 'node:os'

/** What an event loop is kept turning with. */
export interface Wakefulness {
  /** Cores of the machine: where there is one, it is left to whoever answers. */
  readonly cores: number
  /** ms */
  now(): number
  /** Runs a function in the next turn of the event loop. */
  next(look: () => void): void
}

const system: Wakefulness = {
  cores: availableParallelism(),
  now: () => performance.now(),
  next: (look) => void setImmediate(look),
}

/**
 * Keeps the event loop turning, instead of asleep, until an answer is there that is expected at once: a process that
 * slept is woken 50 µs late, more on virtual machines, and a lone order waits for that. Everything else goes on as ever.
 * @param mostMs for so long at the most; who answers later is waited for asleep
 */
export function stayAwake(answer: Promise<unknown>, mostMs: number, { cores, now, next }: Wakefulness = system): void {
  if (cores < 2) return
  const until = now() + mostMs
  let isOver = false
  const end = () => {
    isOver = true
  }
  answer.then(end, end)
  const look = () => {
    if (!isOver && now() < until) next(look)
  }
  next(look)
}
