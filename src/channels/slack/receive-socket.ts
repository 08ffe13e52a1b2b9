import { setTimeout as sleep } from 'node:timers/promises'
import type { App, Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { Logger } from 'pino'
import { traced } from '../../domain/trace.ts'
import { boltLog } from './bolt-log.ts'
import { createDoorkeeper, type Doorkeeper, workspaceOf } from './doorkeeper.ts'
import { isForeign } from './foreign-payload.ts'

interface SocketEvent {
  readonly type: string
  readonly body: Record<string, unknown>
  readonly ack: (response?: object) => Promise<void>
  readonly retry_num?: number
  readonly retry_reason?: string
}

export interface SocketOptions {
  readonly appToken: string
  readonly apiUrl: string
  readonly log: Logger
  readonly onReceived?: (kind: string, status: number, seconds: number) => void
}

export interface SocketEntrance {
  readonly receiver: Receiver
  /**
   * Keeps a connection open until the signal ends it, and opens the next one where it breaks or Slack asks for another.
   * Rejects where none can be had.
   */
  hold(signal: AbortSignal): Promise<void>
}

/** A connection that lasted no longer (ms) is not followed at once by the next, but after so long. */
const shortLived = 30_000
const calm = 2_000
/** What is being taken when a connection is given up may still be acknowledged for so long (ms). */
const drainFor = 1_500

/**
 * Slack over a WebSocket. Bolt's own receiver acknowledges events before they are handled; this one does it after the
 * commit, so that what a crash loses is sent again.
 */
export function createSocketEntrance(options: SocketOptions): SocketEntrance {
  const { log } = options
  const door = createDoorkeeper()
  const underWay = new Set<Promise<void>>()
  let app: App | undefined

  function take(event: SocketEvent): void {
    const taking = traced('receive', () => enter(event, app, door, options))
    underWay.add(taking)
    void taking.finally(() => underWay.delete(taking))
  }

  /** One connection, from its opening to its end. */
  async function connect(signal: AbortSignal): Promise<void> {
    const client = new SocketModeClient({
      appToken: options.appToken,
      logger: boltLog(log),
      autoReconnectEnabled: false,
      clientOptions: { slackApiUrl: options.apiUrl, retryConfig: { retries: 2 } },
    })
    client.on('slack_event', take)
    client.on('error', (error: unknown) => log.warn({ err: error }, 'the socket to Slack broke'))
    const ended = new Promise<void>((resolve) => client.once('disconnected', resolve))
    let giveUp = () => {}
    const givenUp = new Promise<void>((resolve) => {
      giveUp = resolve
      signal.addEventListener('abort', giveUp, { once: true })
    })
    try {
      const begun = client.start()
      await Promise.race([begun, givenUp])
      if (signal.aborted) void begun.then(() => client.disconnect()).catch(() => {})
      else log.info('the socket to Slack is open')
      await Promise.race([ended, givenUp])
      if (!signal.aborted) return
      await Promise.race([Promise.allSettled(underWay), sleep(drainFor)])
      await Promise.race([client.disconnect(), sleep(drainFor)])
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  return {
    receiver: {
      init(made) {
        app = made
      },
      start: async () => {},
      stop: async () => {},
    },
    async hold(signal) {
      while (!signal.aborted) {
        const began = performance.now()
        await connect(signal)
        if (performance.now() - began < shortLived) await sleep(calm, undefined, { signal }).catch(() => {})
      }
    },
  }
}

async function enter(event: SocketEvent, app: App | undefined, door: Doorkeeper, options: SocketOptions) {
  const workspace = workspaceOf(event.body)
  const turn = workspace === null ? null : door.enter(workspace)
  if (turn) await turn
  try {
    await receive(event, app, options)
  } finally {
    if (workspace !== null) door.leave(workspace)
  }
}

async function receive(event: SocketEvent, app: App | undefined, { log, onReceived }: SocketOptions): Promise<void> {
  const started = performance.now()
  const report = (status: number) => onReceived?.(event.type, status, (performance.now() - started) / 1000)
  let stored: { readonly response: unknown } | undefined
  try {
    await app?.processEvent({
      body: event.body,
      ack: async (response?: unknown) => {
        stored = { response }
      },
      ...(event.retry_num === undefined ? {} : { retryNum: event.retry_num }),
      ...(event.retry_reason === undefined ? {} : { retryReason: event.retry_reason }),
    })
    const response = stored?.response
    const answer = typeof response === 'string' ? { text: response } : ((response ?? undefined) as object | undefined)
    await traced('ack', () => event.ack(answer))
    report(200)
  } catch (error) {
    if (isForeign(error)) log.warn({ err: error }, 'a request that is not as Slack makes them was refused')
    else log.error({ err: error }, 'a request of Slack could not be taken; Slack will send it again')
    report(isForeign(error) ? 400 : 500)
  }
}
