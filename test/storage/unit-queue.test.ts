import { describe, expect, it } from 'vitest'
import { createUnitQueue } from '../../src/storage/unit-queue.ts'

describe('the queue of units', () => {
  it('takes what somebody waits for before what only lingers, where a group is too small for both', async () => {
    const groups: string[][] = []
    const queue = createUnitQueue<string>(
      4,
      () => 'one',
      async (group) => void groups.push([...group]),
    )
    for (const each of ['end 1', 'end 2', 'end 3', 'end 4', 'end 5']) queue.add(each, true)
    for (const each of ['order 1', 'order 2']) queue.add(each, false)
    await queue.close()
    expect(groups).toEqual([
      ['order 1', 'order 2', 'end 1', 'end 2'],
      ['end 3', 'end 4', 'end 5'],
    ])
  })

  it('tells whether one person waits, and one did before', async () => {
    const groups: string[] = []
    const queue = createUnitQueue<number>(10, String, async ({ length }, isAlone) => {
      if (length > 0) groups.push(isAlone ? `${length} alone` : `${length}`)
    })
    /** Adds so many at once, and waits for the group that they are in. */
    const add = async (units: number, mayLinger = false) => {
      const before = groups.length
      for (let unit = 0; unit < units; unit += 1) queue.add(unit, mayLinger)
      while (groups.length === before) await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (const units of [1, 1, 1, 10]) await add(units)
    for (const units of [1, 1]) await add(units)
    await add(1, true)
    await add(1)
    await queue.close()
    expect(groups).toEqual(['1', '1 alone', '1 alone', '10', '1', '1 alone', '1', '1 alone'])
  })
})
