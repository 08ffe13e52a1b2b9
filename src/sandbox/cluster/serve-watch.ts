import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import type { AnyObject } from './objects.ts'
import type { Change, Store } from './store.ts'

/** Sends changes as they come, a JSON object a line, from a resource version on. */
export function serveWatch(
  store: Store,
  fits: (object: AnyObject) => boolean,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const send = (type: string, object: object) => response.write(`${JSON.stringify({ type, object })}\n`)
  const tell = (change: Change) => {
    if (fits(change.object)) send(change.type, change.object)
  }
  const given = query.get('resourceVersion')
  const missed = given === null || given === '0' ? null : store.since(Number(given))
  if (given !== null && given !== '0' && missed === null) {
    const gone = new ApiError(410, 'Expired', `too old resource version: ${given} (${store.version})`)
    send('ERROR', gone.body)
    return void response.end()
  }
  if (missed) for (const change of missed) tell(change)
  const stop = store.onChange(tell)
  const seconds = Number(query.get('timeoutSeconds') ?? 300)
  const limit = setTimeout(() => response.end(), seconds * 1_000)
  limit.unref()
  response.once('close', () => {
    clearTimeout(limit)
    stop()
  })
}
