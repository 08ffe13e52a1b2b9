import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SlackDouble } from '../../sandbox/slack/index.ts'
import { causeOf } from '../../sandbox/slack/traces.ts'

/** The most of an answer that the inspector keeps, characters. */
const mostKept = 32_768

/** Whom a request is for, and where its double stands in the server. */
export interface Receiver {
  readonly peer: 'kubernetes' | 'vendor'
  readonly name: string
  readonly basePath: string
}

/** Lets the inspector see what NOX asks of a simulated cluster or vendor, and what it is told. */
export function traceOutgoing(
  slack: SlackDouble,
  { peer, name, basePath }: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const started = performance.now()
  const at = Date.now()
  let kept = ''
  const keep = (chunk: unknown) => {
    if (kept.length < mostKept && (typeof chunk === 'string' || Buffer.isBuffer(chunk))) kept += chunk.toString()
  }
  const { write, end } = response
  response.write = ((...args: Parameters<typeof write>) => {
    keep(args[0])
    return write.apply(response, args)
  }) as typeof write
  response.end = ((...args: Parameters<typeof end>) => {
    keep(args[0])
    return end.apply(response, args)
  }) as typeof end
  response.once('close', () => {
    const address = new URL(request.url ?? '/', 'http://double')
    slack.trace({
      at,
      direction: 'from-nox',
      peer,
      name: `${request.method} ${address.pathname.slice(basePath.length)}`,
      about: name,
      status: response.statusCode,
      ms: Math.round(performance.now() - started),
      request: {
        method: request.method,
        path: address.pathname.slice(basePath.length),
        query: Object.fromEntries(address.searchParams),
      },
      response: parsed(kept),
      ...causeOf(request.headers),
    })
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.length >= mostKept ? `${text.slice(0, mostKept)}…` : text
  }
}
