import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import type { AnyObject } from './objects.ts'
import type { Change, Store } from './store.ts'

/** How often a watch that asked for it is told where it stands (ms). */
const bookmarkEvery = 60_000

export interface Watched {
  readonly kind: string
  readonly apiVersion: string
  /** Whether an object is of those that are watched. */
  readonly fits: (object: AnyObject) => boolean
}

/** Sends changes as they come, a JSON object a line, from a resource version on. */
export function serveWatch(
  store: Store,
  { kind, apiVersion, fits }: Watched,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  const send = (type: string, object: object) => response.write(`${JSON.stringify({ type, object })}\n`)
  const tell = (change: Change) => {
    const fitted = change.before !== undefined && fits(change.before)
    const isIn = change.type !== 'DELETED' && fits(change.object)
    if (!fitted && !isIn) return
    // For a watch with selectors an object comes and goes as it begins and ends to fit.
    send(isIn ? (fitted ? 'MODIFIED' : 'ADDED') : 'DELETED', change.object)
  }
  const given = query.get('resourceVersion') ?? ''
  const isFresh = given === '' || given === '0'
  const missed = isFresh ? [] : store.since(Number(given))
  if (missed === null) {
    const gone = new ApiError(410, 'Expired', `too old resource version: ${given} (${store.version})`)
    send('ERROR', gone.body)
    return void response.end()
  }
  // Without a version a watch begins with all that there is.
  if (isFresh) for (const object of store.all().filter(fits)) send('ADDED', object)
  for (const change of missed) tell(change)
  const stop = store.onChange(tell)
  const bookmark = () =>
    send('BOOKMARK', {
      kind,
      apiVersion,
      metadata: { resourceVersion: String(store.version), creationTimestamp: null },
    })
  const wantsBookmarks = query.get('allowWatchBookmarks') === 'true'
  const marks = wantsBookmarks ? setInterval(bookmark, bookmarkEvery) : undefined
  marks?.unref()
  const seconds = Number(query.get('timeoutSeconds') ?? 1_800)
  const limit = setTimeout(() => {
    if (wantsBookmarks) bookmark()
    response.end()
  }, seconds * 1_000)
  limit.unref()
  response.once('close', () => {
    clearTimeout(limit)
    clearInterval(marks)
    stop()
  })
}
