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

/** So many answers in a row are waited for asleep, at most, after some that were waited for in vain. */
const longestRest = 64

/**
 * Makes what keeps the event loop turning, instead of asleep, until an answer is there that is expected at once: a process
 * that slept is woken 50 µs late, more on virtual machines, and a lone order waits for that. Everything else goes on as ever.
 * @param mostMs for so long at the most; where answers take longer, ever fewer of them are waited for awake
 */
export function createWatch(
  mostMs: number,
  { cores, now, next }: Wakefulness = system,
): (answer: Promise<unknown>) => void {
  let rest = 0
  let nextRest = 1
  return (answer) => {
    if (cores < 2) return
    if (rest > 0) {
      rest -= 1
      return
    }
    const until = now() + mostMs
    let isOver = false
    const end = () => {
      isOver = true
    }
    answer.then(end, end)
    const look = () => {
      if (isOver) {
        nextRest = 1
      } else if (now() < until) {
        next(look)
      } else {
        rest = nextRest
        nextRest = Math.min(longestRest, nextRest * 2)
      }
    }
    next(look)
  }
}
