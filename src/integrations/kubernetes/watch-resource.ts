import { setTimeout as sleep } from 'node:timers/promises'
import { isTooDense } from '../../egress/json-weight.ts'
import { NoxError } from '../../errors.ts'
import { statusProblem } from './problems.ts'
import type { Session } from './session.ts'
import { linesOf } from './watch-lines.ts'
import type { WatchTimes } from './watch-times.ts'

/** An object as the API sends it; times are texts. */
export interface Sent {
  readonly metadata?: { readonly uid?: string; readonly resourceVersion?: string }
}

export interface ResourceListener {
  /** A list begins: what `object` is not told of until `listed` is gone. */
  listing(): void
  object(object: Sent): void
  gone(object: Sent): void
  listed(): void
  /** An attempt failed; another follows by itself. */
  failed(error: NoxError): void
  /** The cluster speaks again. */
  fine(): void
}

/** Objects of a page: a pod has some 10 KB, and one page is held at a time. */
const pageSize = 250
/** No cluster has more than 100,000 pods or nodes that may be told of; a list that goes on is none. */
const mostPages = 400
/** Values of one object, by their marks (`json-weight.ts`); a pod has some 600, and an object of etcd's 1.5 MB 100,000. */
const mostMarks = 400_000
/** What NOX's account may not see is asked for again so much later (ms): an admin may grant it. */
const forbiddenWait = 60_000

/**
 * Follows all objects under a path until the signal ends it: a list, then a watch from its version on, taken up again
 * where it broke off; the version too old (410), a list anew. No object is kept.
 * @param query selectors, as the API spells them
 */
export async function followResource(
  session: Session,
  path: string,
  query: Readonly<Record<string, string>>,
  listener: ResourceListener,
  times: WatchTimes,
  signal: AbortSignal,
): Promise<void> {
  /** Where the next watch begins; absent = a list is due. */
  let version: string | undefined
  let failures = 0
  const heard = (next: string | undefined) => {
    if (next !== undefined) version = next
    failures = 0
    listener.fine()
  }
  while (!signal.aborted) {
    try {
      if (version === undefined) {
        version = await list(session, path, query, listener, signal)
        listener.fine()
      }
      const began = Date.now()
      await watch(session, path, { ...query, resourceVersion: version }, listener, heard, times, signal)
      // One that lasted ended in peace; a server that ends each at once is not asked in a tight circle.
      failures = Date.now() - began >= 5 * times.shortestWait ? 0 : failures + 1
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof NoxError ? error : new NoxError('internal', 'the watch broke', { cause: error })
      if (isGone(problem)) version = undefined
      else listener.failed(problem)
      failures += 1
      if (problem.code === 'forbidden') await pause(forbiddenWait, signal)
    }
    const wait = Math.min(times.longestWait, times.shortestWait * 2 ** Math.min(Math.max(failures - 1, 0), 10))
    await pause(failures === 0 ? times.shortestWait / 10 : wait * (0.5 + Math.random() / 2), signal)
  }
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})

const isGone = (error: NoxError): boolean => error.facts.status === 410

/** Tells all objects, page by page. Gives the version that the list is of. */
async function list(
  session: Session,
  path: string,
  query: Readonly<Record<string, string>>,
  listener: ResourceListener,
  signal: AbortSignal,
): Promise<string> {
  listener.listing()
  let next: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const search = new URLSearchParams({ ...query, limit: String(pageSize), ...(next ? { continue: next } : {}) })
    const { status, body } = await session.send({ path: `${path}?${search}`, signal })
    if (status >= 300) throw statusProblem(status, body)
    const page = JSON.parse(body.toString('utf8')) as {
      readonly items?: readonly Sent[]
      readonly metadata?: { readonly continue?: string; readonly resourceVersion?: string }
    }
    for (const item of page.items ?? []) listener.object(item)
    next = page.metadata?.continue
    if (next) continue
    listener.listed()
    return page.metadata?.resourceVersion ?? ''
  }
  throw new NoxError('vendor-failed', 'a list of the cluster does not end')
}

async function watch(
  session: Session,
  path: string,
  query: Readonly<Record<string, string>>,
  listener: ResourceListener,
  heard: (version: string | undefined) => void,
  times: WatchTimes,
  signal: AbortSignal,
): Promise<void> {
  const seconds = Math.max(1, Math.round((times.span / 1_000) * (0.8 + Math.random() * 0.4)))
  const more = { watch: 'true', allowWatchBookmarks: 'true', timeoutSeconds: String(seconds) }
  const idle = new AbortController()
  const timer = setTimeout(() => idle.abort(), times.idle)
  const both = AbortSignal.any([signal, idle.signal])
  try {
    const stream = await session.stream({ path: `${path}?${new URLSearchParams({ ...query, ...more })}`, signal: both })
    listener.fine()
    for await (const line of linesOf(stream, both)) {
      timer.refresh()
      if (line === '') continue
      if (isTooDense(Buffer.from(line), mostMarks)) throw new NoxError('vendor-failed', 'an object is too large')
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: Sent }
      if (type === 'ERROR') {
        const { code = 500 } = object as { readonly code?: number }
        throw statusProblem(code, Buffer.from(JSON.stringify(object)))
      }
      if (type === 'DELETED') listener.gone(object)
      else if (type !== 'BOOKMARK') listener.object(object)
      heard(object.metadata?.resourceVersion)
    }
  } finally {
    clearTimeout(timer)
  }
}
