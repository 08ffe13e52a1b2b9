import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { signingSecret } from './mention.ts'

/** What the peers read of an `app_mention`. */
export interface MentionEvent {
  readonly channel: string
  readonly user: string
  readonly text: string
  readonly ts: string
  readonly thread_ts?: string
}

/** Slack repeats nothing later than this, and neither may others (s). */
const longestAge = 300

function isSigned(body: Buffer, at: string, signature: string): boolean {
  if (!(Math.abs(Date.now() / 1000 - Number(at)) <= longestAge)) return false
  const wanted = Buffer.from(`v0=${createHmac('sha256', signingSecret).update(`v0:${at}:`).update(body).digest('hex')}`)
  const given = Buffer.from(signature)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** As little as an app of Slack's Events API can be: the signature is checked, the event acknowledged, then told on. */
export function serveEvents(port: number, onMention: (event: MentionEvent) => void): void {
  createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const [at, signature] = ['x-slack-request-timestamp', 'x-slack-signature'].map((name) => request.headers[name])
      const isGenuine = isSigned(body, String(at), String(signature))
      response.writeHead(isGenuine ? 200 : 401, { 'content-length': 0 }).end()
      if (isGenuine) onMention((JSON.parse(body.toString('utf8')) as { event: MentionEvent }).event)
    })
  }).listen(port, '127.0.0.1')
}
