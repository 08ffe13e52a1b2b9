import type { V1Pod } from '@kubernetes/client-node'
import type { LogLines, LogQuery } from '../../capabilities/clusters.ts'
import type { ServiceTarget } from '../../domain/catalogue.ts'
import { NoxError } from '../../errors.ts'
import { type Apis, listAll } from './apis.ts'
import { placeOf } from './change-deployment.ts'
import { selectorOf } from './labels.ts'
import { LineRing } from './line-ring.ts'
import { levelOf } from './log-level.ts'
import { readLog } from './read-log.ts'
import type { Session } from './session.ts'

/** Pods that are read of one service, the newest first. */
const mostPods = 50
/** Streams that are open at once. */
const atOnce = 8

/** The last lines of all pods of a service, in the order of time, filtered while they stream. */
export async function readLogs(
  session: Session,
  apis: Apis,
  target: ServiceTarget,
  query: LogQuery,
  signal: AbortSignal,
  now: number,
): Promise<LogLines> {
  const { namespace } = placeOf(target)
  const deployment = await apis.apps.readNamespacedDeployment(placeOf(target))
  const labelSelector = selectorOf(deployment)
  const all = await listAll((page) => apis.core.listNamespacedPod({ namespace, labelSelector, ...page }))
  const pods = [...all].sort(newestFirst).slice(0, mostPods)
  const ring = new LineRing(query.lines, query.maxBytes)
  let next = 0
  const readers = Array.from({ length: Math.min(atOnce, pods.length) }, async () => {
    for (let pod = pods[next++]; pod; pod = pods[next++]) {
      await readPod(session, namespace, pod, target.container, query, signal, ring, now)
    }
  })
  await Promise.all(readers)
  return { lines: ring.lines(), total: ring.total, cut: ring.cut || all.length > pods.length }
}

const secondsSince = (since: number, now: number): number => Math.max(1, Math.ceil((now - since) / 1_000))

const newestFirst = (a: V1Pod, b: V1Pod) =>
  Number(b.metadata?.creationTimestamp ?? 0) - Number(a.metadata?.creationTimestamp ?? 0)

async function readPod(
  session: Session,
  namespace: string,
  pod: V1Pod,
  container: string,
  query: LogQuery,
  signal: AbortSignal,
  ring: LineRing,
  now: number,
): Promise<void> {
  const name = pod.metadata?.name ?? ''
  const short = name.slice(name.lastIndexOf('-') + 1)
  const isFiltered = query.contains !== undefined || query.level !== undefined || query.until !== undefined
  const ask = {
    timestamps: 'true',
    // By the cluster's own clock, and a parameter that its description has.
    ...(query.since === undefined ? {} : { sinceSeconds: String(secondsSince(query.since, now)) }),
    ...(query.previous ? { previous: 'true' } : {}),
    // Without a filter the cluster cuts: one line more than is wanted tells that there are more.
    ...(isFiltered ? {} : { tailLines: String(query.lines + 1) }),
  }
  const wanted = query.contains?.toLowerCase()
  try {
    for await (const line of readLog(session, { namespace, pod: name, container }, ask, signal)) {
      const { at, text } = splitTime(line)
      if (query.until !== undefined && at !== null && at >= query.until) continue
      if (wanted !== undefined && !text.toLowerCase().includes(wanted)) continue
      if (query.level !== undefined && levelOf(text) !== query.level) continue
      ring.add({ at, pod: short, text })
    }
  } catch (error) {
    // A pod that has not started, or is gone by now, has no log; the others still have theirs.
    const silent = error instanceof NoxError && (error.code === 'not-found' || error.code === 'vendor-refused')
    if (!silent) throw error
  }
}

/** `2026-11-24T10:00:00.123456789Z text` */
function splitTime(line: string): { readonly at: number | null; readonly text: string } {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) ?/.exec(line)
  if (!match) return { at: null, text: line }
  return { at: Date.parse(match[1] ?? ''), text: line.slice(match[0].length) }
}
