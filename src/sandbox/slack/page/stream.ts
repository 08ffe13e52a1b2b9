import type { ServerResponse } from 'node:http'
import type { SandboxEvent } from '../../client-api.ts'
import type { Core } from '../core.ts'
import type { Actor } from '../delivery/payloads.ts'

/** Bytes that may wait for a slow page before it is cut off; it comes back and reads the state anew. */
const mostBuffered = 4 * 1024 * 1024
const heartbeatMs = 20_000

/** Streams what one person sees to an open page (`text/event-stream`) until it leaves. */
export function stream(core: Core, who: Actor, up: boolean, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  const send = (event: SandboxEvent) => {
    response.write(`data: ${JSON.stringify(event)}\n\n`)
    if (response.writableLength > mostBuffered) response.destroy()
  }
  send({ type: 'nox', up })
  const unsubscribe = core.hub.subscribe((event, { teamId, users }) => {
    // People are told by name, those of another company in a shared channel too.
    if (users ? !users.includes(who.user.id) : teamId && teamId !== who.team.id) return
    send(event)
  })
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs)
  heartbeat.unref()
  response.on('close', () => {
    clearInterval(heartbeat)
    unsubscribe()
  })
}
