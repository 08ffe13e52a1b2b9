import type { Kubectl } from './kubectl.ts'

/** What a test may have happen to pods that are on the node `nowhere`. */
export type Played = 'CrashLoopBackOff' | 'OOMKilled' | 'ImagePullBackOff' | 'running'

const stamp = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z')

/** A pod's status as a kubelet writes it. */
export function statusOf(what: Played, container: string, image: string): object {
  const time = stamp()
  const ready = what === 'running' ? 'True' : 'False'
  const base = { name: container, image, imageID: '', ready: what === 'running', restartCount: 0 }
  const waiting = (reason: string) => ({ waiting: { reason, message: 'as told by the test' } })
  const ended = (reason: string, exitCode: number) => ({
    terminated: { reason, exitCode, startedAt: time, finishedAt: time },
  })
  const status = {
    running: { ...base, started: true, state: { running: { startedAt: time } } },
    ImagePullBackOff: { ...base, state: waiting('ImagePullBackOff') },
    CrashLoopBackOff: { ...base, restartCount: 3, state: waiting('CrashLoopBackOff'), lastState: ended('Error', 1) },
    OOMKilled: { ...base, restartCount: 2, state: waiting('CrashLoopBackOff'), lastState: ended('OOMKilled', 137) },
  }[what]
  return {
    phase: what === 'ImagePullBackOff' ? 'Pending' : 'Running',
    startTime: time,
    conditions: ['Ready', 'ContainersReady'].map((type) => ({ type, status: ready, lastTransitionTime: time })),
    containerStatuses: [status],
  }
}

/** Plays the kubelet of `nowhere`: what it says of the pods of a namespace. Gives what ends it. */
export function playKubelet(admin: Kubectl, namespace: string, what: Played): () => Promise<void> {
  let isOver = false
  const told = new Set<string>()
  const playing = (async () => {
    while (!isOver) {
      const { items } = await admin.json(
        'GET',
        `/api/v1/namespaces/${namespace}/pods?fieldSelector=spec.nodeName%3Dnowhere`,
      )
      for (const { metadata, spec } of items) {
        if (told.has(metadata.uid)) continue
        told.add(metadata.uid)
        const [{ name, image }] = spec.containers
        const path = `/api/v1/namespaces/${namespace}/pods/${metadata.name}/status`
        const body = { status: statusOf(what, name, image) }
        await admin.json('PATCH', path, body, 'application/merge-patch+json').catch(() => told.delete(metadata.uid))
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })()
  return async () => {
    isOver = true
    await playing
  }
}
