import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { DestinationStream } from 'pino'
import { causeHeader, requestHeader } from '../../sandbox/slack/traces.ts'
import type { Route } from '../../web/server.ts'

const levels: Readonly<Record<number, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
}
/** Every request of undici is told here as it is made, while it may still get headers. */
const channel = 'undici:request:create'

/** A line of the log, with the request to NOX that it was written for. */
export interface TracedLine {
  readonly request: string
  readonly at: number
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  readonly text: string
  readonly facts: Record<string, unknown>
}

/**
 * Follows what a request of the sandbox's Slack makes NOX do, through every promise: the lines that it logs, and the
 * requests that it sends (they name their cause). NOX itself knows nothing of it.
 */
export function createRequestTracing(onLine: (line: TracedLine) => void) {
  const current = new AsyncLocalStorage<string>()
  const name = (message: unknown) => {
    const id = current.getStore()
    const { request } = message as { request?: { addHeader?: (name: string, value: string) => void } }
    if (id !== undefined) request?.addHeader?.(causeHeader, id)
  }
  subscribe(channel, name)

  return {
    /** NOX's own routes, each request of which is followed. */
    follow:
      (route: Route): Route =>
      (path, request, response) => {
        const id = request.headers[requestHeader]
        if (typeof id !== 'string') return route(path, request, response)
        return current.run(id, () => route(path, request, response))
      },
    /** Takes a copy of NOX's log. */
    copy: {
      write(line: string) {
        const request = current.getStore()
        if (request === undefined) return
        const { time, level, msg = '', ...facts } = JSON.parse(line) as Record<string, unknown>
        const at = typeof time === 'string' ? Date.parse(time) : Number(time)
        onLine({ request, at, level: levels[Number(level)] ?? 'info', text: String(msg), facts })
      },
    } satisfies DestinationStream,
    stop: () => unsubscribe(channel, name),
  }
}
