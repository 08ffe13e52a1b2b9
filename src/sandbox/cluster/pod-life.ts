import type { Condition, ContainerState, ContainerStatus, PodObject } from './objects.ts'

/** How a pod may fail, in the words of the cluster. */
export type Trouble = 'ImagePullBackOff' | 'CrashLoopBackOff' | 'OOMKilled' | 'Probe' | 'Quota' | 'Unschedulable'

/** Simulated milliseconds of a pod's life. */
const created = 300
const started = 1_200
const ready = 2_000
/** The first restart after a crash waits so long, each next one twice as long, up to five minutes. */
const firstBackOff = 4_000
const longestBackOff = 300_000

/** What a pod's life looks like at an age; times of containers are told by `at(age)`. */
export interface Life {
  readonly phase: PodObject['status']['phase']
  readonly isReady: boolean
  readonly restarts: number
  readonly state: ContainerState
  readonly lastState: ContainerState
  readonly unschedulable: boolean
}

/** The state of a container at a simulated age (ms). @param at the cluster's time at an age */
export function lifeAt(
  age: number,
  trouble: Trouble | undefined,
  restartsBefore: number,
  at: (age: number) => string,
): Life {
  const base = {
    phase: 'Pending' as const,
    isReady: false,
    restarts: restartsBefore,
    lastState: {},
    unschedulable: false,
  }
  if (trouble === 'Unschedulable') return { ...base, state: {}, unschedulable: true }
  if (age < created) return { ...base, state: { waiting: { reason: 'ContainerCreating' } } }
  if (trouble === 'ImagePullBackOff' && age >= started) {
    const reason = age < 2 * started ? 'ErrImagePull' : 'ImagePullBackOff'
    return { ...base, state: { waiting: { reason, message: 'Back-off pulling image' } } }
  }
  if (age < started) return { ...base, state: { waiting: { reason: 'ContainerCreating' } } }
  if (trouble === 'CrashLoopBackOff' || trouble === 'OOMKilled') {
    const runs = restartsAfter(age - started)
    const isOom = trouble === 'OOMKilled'
    const terminated = {
      exitCode: isOom ? 137 : 1,
      reason: isOom ? 'OOMKilled' : 'Error',
      startedAt: at(started + runs * firstBackOff),
      finishedAt: at(started + runs * firstBackOff + 500),
    }
    return {
      ...base,
      phase: 'Running',
      restarts: restartsBefore + runs + 1,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container' } },
      lastState: { terminated },
    }
  }
  const running = { running: { startedAt: at(started) } }
  return { ...base, phase: 'Running', isReady: trouble !== 'Probe' && age >= ready, state: running }
}

/** How often a crashing container was started again after so long. */
function restartsAfter(ms: number): number {
  let restarts = 0
  for (let left = ms, wait = firstBackOff; left >= wait; restarts += 1) {
    left -= wait
    wait = Math.min(longestBackOff, wait * 2)
  }
  return restarts
}

/** Writes a life into a pod; tells whether anything of it changed. */
export function applyLife(pod: PodObject, life: Life, time: string): boolean {
  const before = JSON.stringify([
    pod.status.phase,
    pod.status.containerStatuses,
    pod.status.conditions.map((each) => each.status),
  ])
  pod.status.phase = life.phase
  pod.status.conditions = conditions(pod, life, time)
  pod.status.containerStatuses = life.unschedulable
    ? []
    : pod.spec.containers.map(
        ({ name, image }): ContainerStatus => ({
          name,
          image,
          imageID: life.phase === 'Running' ? `${image}@sha256:${'0'.repeat(64)}` : '',
          ready: life.isReady,
          started: life.phase === 'Running' && life.state.running !== undefined,
          restartCount: life.restarts,
          state: life.state,
          lastState: life.lastState,
        }),
      )
  return (
    before !==
    JSON.stringify([pod.status.phase, pod.status.containerStatuses, pod.status.conditions.map((each) => each.status)])
  )
}

function conditions(pod: PodObject, life: Life, time: string): Condition[] {
  const known = new Map(pod.status.conditions.map((condition) => [condition.type, condition]))
  const set = (type: string, holds: boolean, more: Partial<Condition> = {}): Condition => {
    const status = holds ? 'True' : 'False'
    const before = known.get(type)
    return before?.status === status ? before : { type, status, lastTransitionTime: time, ...more }
  }
  const unready = { reason: 'ContainersNotReady', message: 'containers with unready status' }
  if (life.unschedulable) {
    const message = '0/3 nodes are available: 3 Insufficient memory.'
    return [set('PodScheduled', false, { reason: 'Unschedulable', message }), set('Ready', false, unready)]
  }
  return [
    set('PodScheduled', true),
    set('Initialized', true),
    set('ContainersReady', life.isReady, life.isReady ? {} : unready),
    set('Ready', life.isReady, life.isReady ? {} : unready),
  ]
}

/** Does the pod's condition `Ready` say so? */
export const podIsReady = (pod: PodObject): boolean =>
  pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
