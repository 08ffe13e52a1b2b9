import { createHash } from 'node:crypto'
import type { PodObject } from './objects.ts'
import type { Trouble } from './pod-life.ts'

/** Between two lines of a pod (ms). */
const interval = 1_700
/** Between two lines of a Job (ms). */
const jobInterval = 400
/** What a Job has written at its end. */
const jobLines = 14
/** A pod's log before this many lines is rotated away. */
const kept = 20_000

const routes = ['/users', '/users/42', '/login', '/health', '/orders?page=2', '/invoices', '/search?q=nox']
const slow = [
  'cache miss for user:1842',
  'retrying redis, attempt 1 of 3',
  'slow query took 812 ms: SELECT … FROM orders',
]

const crashLines = (service: string, image: string) => [
  `{"level":"info","msg":"starting ${service}","image":"${image}"}`,
  '{"level":"info","msg":"connecting to postgres at db.internal:5432"}',
  '{"level":"error","msg":"connect ECONNREFUSED 10.0.4.17:5432","code":"ECONNREFUSED"}',
  `Error: ${service}: no database connection after 3 attempts`,
  '    at start (/app/server.js:41:11)',
  '{"level":"fatal","msg":"exiting with code 1"}',
]

export interface PodLog {
  /** Lines that there are, oldest first; `time` in ms. */
  readonly count: number
  line(index: number): { readonly time: number; readonly text: string }
}

/** What a pod has written so far: made when it is read, the same each time. */
export function podLog(pod: PodObject, now: number, trouble: Trouble | undefined, bigLines?: number): PodLog {
  const container = pod.spec.containers[0]
  const service = container?.name ?? 'app'
  const bornAt = Date.parse(pod.metadata.creationTimestamp)
  if (pod.status.containerStatuses === undefined || pod.status.containerStatuses.length === 0)
    return { count: 0, line: missing }
  if (trouble === 'CrashLoopBackOff') {
    const lines = crashLines(service, container?.image ?? '')
    return {
      count: lines.length,
      line: (index) => ({ time: now - (lines.length - index) * 40, text: lines[index] ?? '' }),
    }
  }
  if (trouble === 'OOMKilled') {
    const lines = crashLines(service, container?.image ?? '')
      .slice(0, 2)
      .concat('{"level":"warn","msg":"heap 498 MB of 512 MB"}')
    return {
      count: lines.length,
      line: (index) => ({ time: now - (lines.length - index) * 40, text: lines[index] ?? '' }),
    }
  }
  const job = pod.metadata.ownerReferences?.[0]?.kind === 'Job'
  const step = bigLines === undefined ? (job ? jobInterval : interval) : 1
  const endsAt = job && pod.status.phase !== 'Running' ? Date.parse(endOf(pod) ?? '') || now : now
  const hasEnded = job && pod.status.phase !== 'Running'
  const count = bigLines ?? (hasEnded ? jobLines : Math.min(kept, Math.max(0, Math.floor((endsAt - bornAt) / step))))
  const first = bigLines === undefined ? endsAt - count * step : now - count
  return {
    count,
    line: (index) => ({
      time: first + (index + 1) * step,
      text: job
        ? jobLine(index, pod.status.phase === 'Failed' && index === count - 1)
        : serviceLine(pod.metadata.uid, index),
    }),
  }
}

const missing = () => ({ time: 0, text: '' })
const endOf = (pod: PodObject) => pod.status.containerStatuses?.[0]?.state.terminated?.finishedAt

function jobLine(index: number, isLastOfFailed: boolean): string {
  if (isLastOfFailed) return 'pg_dump: error: connection to server was lost'
  return index === 0
    ? 'pg_dump: last built-in OID is 16383'
    : `pg_dump: dumping contents of table "public.part_${index}"`
}

function serviceLine(seed: string, index: number): string {
  const dice = createHash('md5').update(`${seed}${index}`).digest()
  const pick = <T>(list: readonly T[], byte: number) => list[(dice[byte] ?? 0) % list.length]
  const luck = dice[0] ?? 0
  if (luck < 6)
    return `{"level":"error","msg":"upstream timed out after 5000 ms","path":"${pick(routes, 1)}","status":504}`
  if (luck < 20) return `{"level":"warn","msg":"${pick(slow, 1)}"}`
  const ms = 3 + ((dice[2] ?? 0) % 90)
  return `{"level":"info","msg":"request","method":"GET","path":"${pick(routes, 1)}","status":200,"ms":${ms}}`
}
