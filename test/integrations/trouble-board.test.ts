import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ClusterTrouble } from '../../src/capabilities/cluster-trouble.ts'
import { TroubleBoard } from '../../src/integrations/kubernetes/trouble-board.ts'
import type { Evidence } from '../../src/integrations/kubernetes/watch-evidence.ts'
import { watchTimes } from '../../src/integrations/kubernetes/watch-times.ts'

const evidence = (name: string, since = 0, kind: Evidence['kind'] = 'crash'): Evidence => ({
  key: `Deployment/a/${name}/${kind}`,
  kind,
  object: { kind: 'Deployment', namespace: 'a', name },
  sentence: { key: 'trouble.pending', params: {} },
  clusterWord: 'CrashLoopBackOff',
  pod: null,
  since,
})

function board() {
  const clock = { now: 0 }
  const told: string[] = []
  const listener = {
    began: ({ key }: ClusterTrouble) => void told.push(`+${key}`),
    ended: (key: string) => void told.push(`-${key}`),
    synced: () => {},
  }
  return { clock, told, board: new TroubleBoard(listener, watchTimes, () => clock.now) }
}

it('holds a bounded number of objects, and still tells every trouble of those', () => {
  const { board: b, told } = board()
  for (let n = 0; n < 20_000; n += 1) b.show('pods', `u${n}`, [evidence(`d${n % 10}`)])
  expect(b.size).toBe(5_000)
  expect(told).toHaveLength(10)
  for (let n = 0; n < 20_000; n += 1) b.gone(`u${n}`)
  expect(b.size).toBe(0)
})

it('waits for a pod that may still find its node', () => {
  const { board: b, told, clock } = board()
  b.show('pods', 'u1', [evidence('d', 0, 'pending')])
  clock.now = watchTimes.patience.pending - 1
  b.tick()
  expect(told).toEqual([])
  clock.now += 1
  b.tick()
  expect(told).toEqual(['+Deployment/a/d/pending'])
})

it('takes a crash that comes and goes for one, until it stays away', () => {
  const { board: b, told, clock } = board()
  for (let n = 0; n < 10; n += 1) {
    b.show('pods', 'u1', [evidence('d')])
    clock.now += 5_000
    b.show('pods', 'u1', [])
    clock.now += watchTimes.calm - 1
    b.tick()
  }
  expect(told).toEqual(['+Deployment/a/d/crash'])
  clock.now += 1
  b.tick()
  expect(told).toEqual(['+Deployment/a/d/crash', '-Deployment/a/d/crash'])
})

it('forgets a kill for memory after its time, though the pod runs and shows it on', () => {
  const { board: b, told, clock } = board()
  b.show('pods', 'u1', [{ ...evidence('d', 0, 'memory'), until: 1_000 }])
  clock.now = 1_000
  b.tick()
  clock.now += watchTimes.calm
  b.tick()
  expect(told).toEqual(['+Deployment/a/d/memory', '-Deployment/a/d/memory'])
  expect(b.size).toBe(0)
})

it('takes a rollout that fails because its pods do for the same trouble, and tells it where they no longer do', () => {
  const { board: b, told, clock } = board()
  b.show('pods', 'u1', [evidence('d')])
  b.show('deployments', 'u2', [evidence('d', 0, 'rollout'), evidence('other', 0, 'rollout')])
  b.tick()
  expect(told).toEqual(['+Deployment/a/d/crash', '+Deployment/a/other/rollout'])
  b.gone('u1')
  clock.now = watchTimes.calm
  b.tick()
  b.tick()
  expect(told.slice(2)).toEqual(['-Deployment/a/d/crash', '+Deployment/a/d/rollout'])
})

it('tells beginnings and ends in turn, whatever happens to whichever pods', () => {
  const step = fc.record({ uid: fc.nat(4), name: fc.nat(2), shows: fc.boolean(), wait: fc.nat(2 * watchTimes.calm) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { board: b, told, clock } = board()
      for (const { uid, name, shows, wait } of steps) {
        b.show('pods', `u${uid}`, shows ? [evidence(`d${name}`, clock.now)] : [])
        clock.now += wait
        b.tick()
      }
      const isOpen = new Set<string>()
      for (const each of told) {
        const key = each.slice(1)
        expect(isOpen.has(key)).toBe(each.startsWith('-'))
        if (each.startsWith('+')) isOpen.add(key)
        else isOpen.delete(key)
      }
      expect(b.told().toSorted()).toEqual([...isOpen].toSorted())
    }),
  )
})
