import { describe, expect, it } from 'vitest'
import { createWatch } from '../../src/storage/stay-awake.ts'

/** An event loop and a clock that the test moves. */
function createLoop(cores = 2) {
  let at = 0
  let looks: (() => void)[] = []
  return {
    how: { cores, now: () => at, next: (look: () => void) => void looks.push(look) },
    /** One turn, so many ms later; gives how many looked. */
    async turn(ms: number) {
      at += ms
      const now = looks
      looks = []
      for (const look of now) look()
      await Promise.resolve()
      return now.length
    },
  }
}

describe('staying awake', () => {
  it.each(['resolve', 'reject'] as const)('lasts until the answer is there: %s', async (how) => {
    const loop = createLoop()
    const answer = Promise.withResolvers<void>()
    createWatch(1, loop.how)(answer.promise)
    expect([await loop.turn(0.1), await loop.turn(0.1), await loop.turn(0.1)]).toEqual([1, 1, 1])
    answer[how]()
    await Promise.resolve()
    expect([await loop.turn(0.1), await loop.turn(0.1)]).toEqual([1, 0])
  })

  it('ends where the answer takes longer', async () => {
    const loop = createLoop()
    createWatch(1, loop.how)(new Promise(() => {}))
    expect([await loop.turn(0.5), await loop.turn(0.6), await loop.turn(0.1)]).toEqual([1, 1, 0])
  })

  it('rests ever longer where it is in vain, and no more once it was not', async () => {
    const loop = createLoop()
    const watch = createWatch(1, loop.how)
    /** Whether it stayed awake for an answer that takes so long. */
    async function watches(ms: number): Promise<boolean> {
      const answer = Promise.withResolvers<void>()
      watch(answer.promise)
      const looked = await loop.turn(ms)
      answer.resolve()
      await Promise.resolve()
      await loop.turn(0)
      return looked === 1
    }
    const seen: string[] = []
    for (let each = 0; each < 8; each += 1) seen.push((await watches(2)) ? 'awake' : 'asleep')
    expect(seen.join(' ')).toBe('awake asleep awake asleep asleep awake asleep asleep')
    for (let each = 0; each < 2; each += 1) await watches(0.1)
    expect([await watches(0.1), await watches(2), await watches(2), await watches(2)]).toEqual([
      true,
      true,
      false,
      true,
    ])
  })

  it('leaves the only core to whoever answers', async () => {
    const loop = createLoop(1)
    createWatch(1, loop.how)(new Promise(() => {}))
    expect(await loop.turn(0.1)).toBe(0)
  })
})
