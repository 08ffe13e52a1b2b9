import { noteEvent } from './events.ts'
import type { JobObject, PodObject } from './objects.ts'
import type { Simulation } from './simulation.ts'

/** Runs Jobs: a pod each, which works for a while and then ends. */
export function runJobs(controller: Simulation): void {
  const { store, speed, jobSeconds } = controller.options
  for (const job of store.list('Job')) {
    if (job.status.conditions?.some((each) => each.status === 'True')) continue
    const pod = podOf(controller, job) ?? makePod(controller, job)
    const age = ((store.now() - Date.parse(pod.metadata.creationTimestamp)) * speed) / 1_000
    if (age < 1) continue
    if (pod.status.phase === 'Pending') setPhase(controller, pod, 'Running')
    if (age >= jobSeconds) end(controller, job, pod)
  }
}

const podOf = (controller: Simulation, job: JobObject): PodObject | undefined =>
  controller.options.store
    .list('Pod', job.metadata.namespace)
    .find((pod) => pod.metadata.ownerReferences?.[0]?.uid === job.metadata.uid)

function makePod(controller: Simulation, job: JobObject): PodObject {
  const { store, nodes } = controller.options
  const { name, namespace = '', uid } = job.metadata
  job.status = { startTime: store.time, active: 1 }
  store.touch(job)
  noteEvent(store, job, 'Normal', 'SuccessfulCreate', `Created pod for ${name}`, 'job-controller')
  return store.add('Pod', {
    metadata: {
      name: `${name}-${controller.suffix(5)}`,
      namespace,
      labels: { ...job.spec.template.metadata?.labels, 'batch.kubernetes.io/job-name': name, 'job-name': name },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true }],
    },
    spec: { ...structuredClone(job.spec.template.spec), nodeName: nodes[0] ?? 'node-1' },
    status: { phase: 'Pending', conditions: [], startTime: store.time },
  })
}

function setPhase(controller: Simulation, pod: PodObject, phase: PodObject['status']['phase'], exitCode = 0): void {
  const { store } = controller.options
  pod.status.phase = phase
  const running = phase === 'Running'
  pod.status.conditions = [{ type: 'Ready', status: running ? 'True' : 'False', lastTransitionTime: store.time }]
  pod.status.containerStatuses = pod.spec.containers.map(({ name, image }) => ({
    name,
    image,
    imageID: image,
    ready: running,
    started: running,
    restartCount: 0,
    state: running
      ? { running: { startedAt: store.time } }
      : {
          terminated: {
            exitCode,
            reason: exitCode === 0 ? 'Completed' : 'Error',
            startedAt: pod.metadata.creationTimestamp,
            finishedAt: store.time,
          },
        },
    lastState: {},
  }))
  store.touch(pod)
}

function end(controller: Simulation, job: JobObject, pod: PodObject): void {
  const { store, jobSizes } = controller.options
  const cronJob = job.metadata.ownerReferences?.find((owner) => owner.kind === 'CronJob')?.name ?? ''
  const hasFailed = controller.failingCronJobs.has(cronJob)
  setPhase(controller, pod, hasFailed ? 'Failed' : 'Succeeded', hasFailed ? 2 : 0)
  const size = jobSizes[cronJob]
  if (!hasFailed && size !== undefined) {
    job.metadata.annotations = { ...job.metadata.annotations, 'nox.dev/size-bytes': String(size) }
  }
  const { startTime = store.time } = job.status
  const time = { lastTransitionTime: store.time }
  job.status = hasFailed
    ? {
        startTime,
        failed: 1,
        conditions: [
          {
            type: 'Failed',
            status: 'True',
            reason: 'BackoffLimitExceeded',
            message: 'Job has reached the specified backoff limit',
            ...time,
          },
        ],
      }
    : {
        startTime,
        succeeded: 1,
        completionTime: store.time,
        conditions: [{ type: 'Complete', status: 'True', ...time }],
      }
  store.touch(job)
  noteEvent(
    store,
    job,
    hasFailed ? 'Warning' : 'Normal',
    hasFailed ? 'BackoffLimitExceeded' : 'Completed',
    hasFailed ? 'Job has reached the specified backoff limit' : 'Job completed',
    'job-controller',
  )
}
