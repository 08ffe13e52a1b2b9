import type { IncomingMessage, ServerResponse } from 'node:http'
import { AuthorizationError, HTTPReceiver, type ReceiverEvent } from '@slack/bolt'
import type { Logger } from 'pino'
import { isTraced, traced } from '../../domain/trace.ts'
import { boltLog } from './bolt-log.ts'
import { createDoorkeeper, workspaceOf } from './doorkeeper.ts'
import { ForeignPayload, isForeign } from './foreign-payload.ts'
import { hasSlackShape } from './payload-shape.ts'
import { createSignatureCheck } from './verify-signature.ts'

/** Slack's largest payloads (a submitted view) stay under 250 KB. */
const longestBody = 1024 * 1024

/** Under this name an event knows what its request is answered by. */
const whose = 'nox.response'

/** What Bolt reads of a request that has passed: its body, and what answers it. */
type Passed = IncomingMessage & { rawBody?: Buffer; [whose]?: ServerResponse }

export const eventsPath = '/slack/events'

export interface HttpEntrance {
  readonly receiver: HTTPReceiver
  /** Takes one request to `eventsPath`. */
  receive(request: IncomingMessage, response: ServerResponse): void
}

/**
 * Slack over HTTP: the signature is checked here, once, and Bolt reads what has passed. A failed commit becomes a 500,
 * and Slack sends the event again. The receiver must never listen by itself: its own check is off.
 */
export function createHttpEntrance(options: {
  readonly signingSecret: string
  readonly log: Logger
  readonly onReceived?: (kind: string, status: number, seconds: number) => void
}): HttpEntrance {
  const check = createSignatureCheck(options.signingSecret)
  const door = createDoorkeeper()
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    signatureVerification: false,
    processBeforeResponse: true,
    endpoints: [eventsPath],
    logger: boltLog(options.log),
    customPropertiesExtractor: (request: Passed) => ({ [whose]: request[whose] }),
    // Bolt looks after three seconds: what nobody took was answered at once, and what waits at the door is being taken.
    unhandledRequestHandler: () => {},
    processEventErrorHandler: async ({ error, request, response }) => {
      const cause = error instanceof AuthorizationError ? error.original : error
      if (isForeign(error) || !hasSlackShape(payloadOf(request))) {
        options.log.warn({ err: cause }, 'a signed request that is not as Slack makes them was refused')
        if (!response.headersSent) response.writeHead(400).end()
        return false
      }
      if (response.headersSent) {
        options.log.warn({ err: cause }, 'a request was answered later than Slack waits for; Slack sends it again')
        return false
      }
      options.log.error({ err: cause }, 'a request of Slack could not be taken; Slack will send it again')
      response.writeHead(500).end()
      return false
    },
  })

  const init = receiver.init.bind(receiver)
  receiver.init = (app) =>
    init({
      /** What no listener took is told to Slack at once, and by Slack to who pressed: nothing came of it. */
      async processEvent(event: ReceiverEvent) {
        // Presses, forms and commands are few enough to look at each before anything is done.
        if (event.body.type !== 'event_callback' && !hasSlackShape(event.body)) throw new ForeignPayload('not of Slack')
        let isTaken = false
        const ack: ReceiverEvent['ack'] = (...answer) => {
          isTaken = true
          return event.ack(...answer)
        }
        const workspace = workspaceOf(event.body)
        const turn = workspace === null ? null : door.enter(workspace)
        if (turn) await turn
        try {
          await app.processEvent({ ...event, ack })
        } finally {
          if (workspace !== null) door.leave(workspace)
        }
        const response = event.customProperties?.[whose] as ServerResponse | undefined
        if (!isTaken && response && !response.headersSent) response.writeHead(404).end()
      },
    } as unknown as typeof app)

  async function receive(request: Passed, response: ServerResponse): Promise<void> {
    const started = performance.now()
    const body = await readBody(request)
    if (body === null) return void response.writeHead(413, { connection: 'close' }).end()
    const kind = kindOf(request, body)
    response.once('finish', () => {
      options.onReceived?.(kind, response.statusCode, (performance.now() - started) / 1000)
    })
    const { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } = request.headers
    if (!traced('verify', () => check(single(timestamp), single(signature), body))) {
      options.log.warn({ kind }, 'a request without a valid signature was refused')
      return void response.writeHead(401).end()
    }
    request.rawBody = body
    // Bolt takes forms only without parameters of the content type.
    if (kind !== 'event') request.headers['content-type'] = 'application/x-www-form-urlencoded'
    // Not in a WeakMap: it would keep each pair of them until the old part of the heap is collected.
    request[whose] = response
    receiver.requestListener(request, response)
  }

  /** The step lasts until Slack has its answer; what follows by itself belongs to it. */
  function receiveTraced(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const over = new Promise<void>((resolve) => response.once('close', resolve))
    const { end } = response
    response.end = ((...args: Parameters<typeof end>) => {
      void traced('ack', () => over, { 'http.response.status_code': response.statusCode })
      return end.apply(response, args)
    }) as typeof end
    return traced('receive', async () => {
      await receive(request, response)
      await over
    })
  }

  return {
    receiver,
    receive(request, response) {
      const taken = isTraced() ? receiveTraced(request, response) : receive(request, response)
      taken.catch((error: unknown) => {
        options.log.warn({ err: error }, 'a request of Slack broke off')
        if (response.headersSent) response.destroy()
        else response.writeHead(400).end()
      })
    },
  }
}

/** What Bolt read of a request, read once more. */
function payloadOf(request: Passed): unknown {
  const body = request.rawBody?.toString('utf8') ?? ''
  try {
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return JSON.parse(body)
    const form = new URLSearchParams(body)
    const payload = form.get('payload')
    return payload === null ? Object.fromEntries(form) : JSON.parse(payload)
  } catch {
    return null
  }
}

const single = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined

function kindOf(request: IncomingMessage, body: Buffer): string {
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return 'event'
  return body.subarray(0, 8).toString('latin1') === 'payload=' ? 'interaction' : 'command'
}

/** The whole body, `null` where it is too long. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > longestBody) resolve(null)
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.once('error', reject)
    // Every request closes; an error, with its stack, is made only for one that had not ended.
    request.once('close', () => request.readableEnded || reject(new Error('the request broke off')))
  })
}
