import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

export interface RawReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** The most that Slack may answer, bytes. */
const largestReply = 4 * 1024 * 1024

/** One POST through the pool, with the least work for each: no streams, no fetch. Rejects with undici's error. */
export function sendPost(
  pool: Dispatcher,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let status = 0
    let replyHeaders: IncomingHttpHeaders = {}
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode, received) {
          status = statusCode
          replyHeaders = received
        },
        onResponseData(controller, chunk) {
          size += chunk.length
          if (size > largestReply) controller.abort(new Error('the reply is too long'))
          else chunks.push(chunk)
        },
        onResponseEnd() {
          resolve({ status, headers: replyHeaders, body: Buffer.concat(chunks).toString('utf8') })
        },
        onResponseError(_controller, error) {
          reject(error)
        },
      },
    )
  })
}
