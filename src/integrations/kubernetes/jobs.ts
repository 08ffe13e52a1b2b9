import { setTimeout as sleep } from 'node:timers/promises'
import type { V1Job } from '@kubernetes/client-node'
import type { JobState } from '../../capabilities/clusters.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Apis, listAll } from './apis.ts'
import { actionAnnotation, checkedName } from './names.ts'
import { troubleOf } from './pod-trouble.ts'
import { timeOf } from './read-deployment.ts'
import { readLastLines } from './read-log.ts'
import type { Session } from './session.ts'
import { type FollowTimes, followTimes } from './watch-times.ts'

/** Lines of a failed Job that are told. */
const toldLines = 5
const passing: ReadonlySet<string> = new Set(['unreachable', 'timeout', 'vendor-failed'])

/** The Job of an action: the same action always means the same name, so that it can be made only once. */
export function jobName(cronJob: string, actionId: string): string {
  const suffix = actionId.toLowerCase().replace(/[^a-z0-9]/g, '')
  return `${cronJob.slice(0, 62 - suffix.length).replace(/[-.]+$/, '')}-${suffix}`
}

/** Makes a Job from a CronJob's template, as `kubectl create job --from` does. */
export async function startJob(apis: Apis, namespace: string, cronJob: string, actionId: string): Promise<JobState> {
  const place = { namespace: checkedName(namespace) }
  const from = await apis.batch.readNamespacedCronJob({ ...place, name: checkedName(cronJob) }).catch((error) => {
    if (!(error instanceof NoxError) || error.code !== 'not-found') throw error
    throw new NoxError('not-found', 'no such CronJob', { forPerson: phrase('error.cronJob', { cronJob, namespace }) })
  })
  const { metadata, spec } = from.spec?.jobTemplate ?? {}
  const name = jobName(cronJob, actionId)
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    name: cronJob,
    uid: from.metadata?.uid ?? '',
    controller: true,
  }
  const body: V1Job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      labels: { ...metadata?.labels, [actionAnnotation]: actionId },
      annotations: {
        ...metadata?.annotations,
        'cronjob.kubernetes.io/instantiate': 'manual',
        [actionAnnotation]: actionId,
      },
      ownerReferences: [owner],
    },
    ...(spec ? { spec } : {}),
  }
  try {
    return readJob(await apis.batch.createNamespacedJob({ ...place, body, fieldManager: 'nox' }))
  } catch (error) {
    if (!(error instanceof NoxError) || error.code !== 'conflict') throw error
    // It is there already: this action made it before something broke off.
    const known = await apis.batch.readNamespacedJob({ ...place, name })
    if (known.metadata?.annotations?.[actionAnnotation] !== actionId) throw error
    return readJob(known)
  }
}

/** The Job that an action made, by its label; `null` = it made none. */
export async function findJob(apis: Apis, namespace: string, actionId: string): Promise<JobState | null> {
  const labelSelector = `${actionAnnotation}=${actionId}`
  const { items } = await apis.batch.listNamespacedJob({ namespace: checkedName(namespace), labelSelector, limit: 1 })
  return items[0] ? readJob(items[0]) : null
}

/** A Job's states until it ends or the signal does; a cluster that is cut off for a while is waited for. */
export async function* watchJob(
  session: Session,
  apis: Apis,
  namespace: string,
  name: string,
  signal: AbortSignal,
  times: FollowTimes = followTimes,
): AsyncGenerator<JobState> {
  const place = { namespace: checkedName(namespace), name: checkedName(name) }
  for (let failures = 0; ; ) {
    signal.throwIfAborted()
    try {
      const state = readJob(await apis.batch.readNamespacedJob(place))
      failures = 0
      if (state.phase === 'failed') {
        yield { ...state, ...(await whyFailed(session, apis, place.namespace, name, state.failure)) }
        return
      }
      yield state
      if (state.phase === 'done') return
      await sleep(times.look, undefined, { signal })
    } catch (error) {
      if (signal.aborted || !(error instanceof NoxError) || !passing.has(error.code)) throw error
      failures += 1
      await sleep(Math.min(times.longestWait, times.look * 2 ** Math.min(failures - 1, 5)), undefined, { signal })
    }
  }
}

async function whyFailed(session: Session, apis: Apis, namespace: string, job: string, failure: string | null) {
  const labelSelector = `batch.kubernetes.io/job-name=${job}`
  const pods = await listAll((page) => apis.core.listNamespacedPod({ namespace, labelSelector, ...page }))
  const pod = [...pods].sort(
    (a, b) => Number(b.metadata?.creationTimestamp ?? 0) - Number(a.metadata?.creationTimestamp ?? 0),
  )[0]
  const container = pod?.spec?.containers[0]?.name
  if (!pod || container === undefined) return { failure, lines: [] }
  const lines = await readLastLines(
    session,
    namespace,
    { pod: pod.metadata?.name ?? '', container, previous: false },
    toldLines,
  )
  const exit = pod.status?.containerStatuses?.[0]?.state?.terminated?.exitCode
  const trouble = troubleOf(pod, Date.now())
  return { failure: trouble?.clusterWord ?? (exit === undefined ? failure : `exit ${exit}`), lines }
}

function readJob(job: V1Job): JobState {
  const { metadata, status } = job
  const ended = status?.conditions?.find((each) => each.status === 'True' && /^(Complete|Failed)$/.test(each.type))
  const size = Number(metadata?.annotations?.['nox.dev/size-bytes'] ?? Number.NaN)
  return {
    name: metadata?.name ?? '',
    phase: ended === undefined ? 'running' : ended.type === 'Complete' ? 'done' : 'failed',
    startedAt: timeOf(status?.startTime),
    finishedAt: timeOf(status?.completionTime) ?? timeOf(ended?.lastTransitionTime),
    sizeBytes: Number.isFinite(size) ? size : null,
    failure: ended?.type === 'Failed' ? (ended.reason ?? null) : null,
    lines: [],
  }
}
