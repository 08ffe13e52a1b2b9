import { pickInTurn } from '../domain/round-robin.ts'
import { NoxError } from '../errors.ts'

/** How long a unit that may linger waits for others to share its commit (ms). */
const lingerMs = 5

/** Units that wait to be committed, in groups, one group after the other. */
export interface UnitQueue<Unit> {
  /** @throws NoxError `storage` once it is closed */
  add(unit: Unit, mayLinger: boolean): void
  /** Gives up all that wait; whoever takes them answers for them. */
  takeAll(): readonly Unit[]
  /** Resolves when everything that waited is committed. */
  close(): Promise<void>
}

/**
 * Groups units for one writer: all that wait share a group. A lone unit goes by itself, so that it waits for nobody's
 * commit but its own; those that may linger share the next group, or one of their own when their time is up. Where more
 * wait than a group takes, each tenant has its turn in it: the many units of one don't hold up the one of another.
 * @param most units of one group
 * @param tenantOf whose a unit is
 * @param commit writes a group, tells its units, and never rejects; `isAlone`: one person waits for it, as before, and
 * nobody else is about
 */
export function createUnitQueue<Unit>(
  most: number,
  tenantOf: (unit: Unit) => string,
  commit: (group: readonly Unit[], isAlone: boolean) => Promise<void>,
): UnitQueue<Unit> {
  /** What the last group had no place for. */
  let left: readonly Unit[] = []
  let urgent: Unit[] = []
  let lingering: Unit[] = []
  let soon: NodeJS.Timeout | undefined
  /** Someone waits who may not linger, or no longer. */
  let isDue = false
  /** Those that linger have waited long enough. */
  let isLate = false
  /** The last group was one unit: nobody else is about, and waiting for others only takes time. */
  let wasLone = false
  /** So was the last one that somebody waited for. */
  let wasAlone = false
  let working: Promise<void> | undefined
  let isClosed = false

  async function work(): Promise<void> {
    while (isDue) {
      // What only lingers writes after those who were just told: their answers would wait for it.
      if (urgent.length === 0 && left.length === 0) await new Promise<void>((next) => setImmediate(next))
      isDue = false
      const [group, isAlone] = nextGroup()
      if (group.length > 0) await commit(group, isAlone)
    }
    working = undefined
  }

  function nextGroup(): readonly [group: readonly Unit[], isAlone: boolean] {
    const isLone = urgent.length === 1 && left.length === 0 && !isLate
    const waiting = isLone ? urgent : [...left, ...urgent, ...lingering]
    const isAlone = isLone && wasAlone
    if (urgent.length > 0) wasAlone = isLone
    urgent = []
    wasLone = waiting.length === 1
    if (isLone) return [waiting, isAlone]
    lingering = []
    isLate = false
    clearTimeout(soon)
    soon = undefined
    const group = pickInTurn(waiting, most, tenantOf)
    left = group.left
    if (left.length > 0) isDue = true
    return [group.picked, false]
  }

  function startLate(): void {
    isDue = true
    isLate = true
    working ??= work()
  }

  return {
    add(unit, mayLinger) {
      if (isClosed) throw new NoxError('storage', 'the database is closed')
      if (mayLinger) {
        lingering.push(unit)
        soon ??= setTimeout(startLate, lingerMs)
        return
      }
      urgent.push(unit)
      if (isDue) return
      isDue = true
      // Whoever is read in the same turn of the event loop shares the commit, where others came together before.
      working ??= (wasLone ? Promise.resolve() : new Promise<void>((next) => setImmediate(next))).then(work)
    },
    takeAll() {
      const all = [...left, ...lingering, ...urgent]
      left = []
      lingering = []
      urgent = []
      return all
    },
    async close() {
      isClosed = true
      await working
      startLate()
      await working
    },
  }
}
