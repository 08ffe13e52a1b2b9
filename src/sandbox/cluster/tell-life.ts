import { noteEvent } from './events.ts'
import type { PodObject } from './objects.ts'
import { podIsReady } from './pod-life.ts'
import type { Store } from './store.ts'

/** Notes what became of a pod as the events that the scheduler and the kubelet would write. */
export function tellLife(store: Store, pod: PodObject, wasReady: boolean): void {
  const status = pod.status.containerStatuses?.[0]
  const reason = status?.state.waiting?.reason
  if (pod.status.phase === 'Pending' && !status) {
    noteEvent(
      store,
      pod,
      'Warning',
      'FailedScheduling',
      '0/3 nodes are available: 3 Insufficient memory.',
      'default-scheduler',
    )
  } else if (reason === 'ErrImagePull') {
    noteEvent(store, pod, 'Warning', 'Failed', `Failed to pull image "${status?.image ?? ''}": not found`, 'kubelet')
  } else if (reason === 'ImagePullBackOff') {
    noteEvent(store, pod, 'Warning', 'BackOff', `Back-off pulling image "${status?.image ?? ''}"`, 'kubelet')
  } else if (reason === 'CrashLoopBackOff') {
    noteEvent(store, pod, 'Warning', 'BackOff', `Back-off restarting failed container ${status?.name ?? ''}`, 'kubelet')
  } else if (!wasReady && podIsReady(pod)) {
    noteEvent(store, pod, 'Normal', 'Started', `Started container ${status?.name ?? ''}`, 'kubelet')
  }
}
