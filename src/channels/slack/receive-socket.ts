import type { App, Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { Logger } from 'pino'
import { traced } from '../../domain/trace.ts'
import { boltLog } from './bolt-log.ts'

interface SocketEvent {
  readonly body: Record<string, unknown>
  readonly ack: (response?: object) => Promise<void>
  readonly retry_num?: number
  readonly retry_reason?: string
}

/**
 * Slack over a WebSocket. Bolt's own receiver acknowledges events before they are handled; this one does it after the
 * commit, so that what a crash loses is sent again.
 */
export class SocketEntrance implements Receiver {
  readonly #client: SocketModeClient
  readonly #log: Logger
  readonly #onReceived: ((kind: string, status: number, seconds: number) => void) | undefined
  #app: App | undefined

  constructor(options: {
    readonly appToken: string
    readonly apiUrl: string
    readonly log: Logger
    readonly onReceived?: (kind: string, status: number, seconds: number) => void
  }) {
    this.#log = options.log
    this.#onReceived = options.onReceived
    this.#client = new SocketModeClient({
      appToken: options.appToken,
      logger: boltLog(options.log),
      clientOptions: { slackApiUrl: options.apiUrl },
    })
    this.#client.on('slack_event', (event: SocketEvent & { type: string }) => void this.#take(event))
    this.#client.on('error', (error: unknown) => this.#log.warn({ err: error }, 'the socket to Slack broke'))
  }

  init(app: App): void {
    this.#app = app
  }

  async start(): Promise<void> {
    await this.#client.start()
  }

  async stop(): Promise<void> {
    await this.#client.disconnect()
  }

  #take(event: SocketEvent & { type: string }): Promise<void> {
    return traced('receive', () => this.#receive(event))
  }

  async #receive(event: SocketEvent & { type: string }): Promise<void> {
    const started = performance.now()
    const report = (status: number) => this.#onReceived?.(event.type, status, (performance.now() - started) / 1000)
    let stored: { readonly response: unknown } | undefined
    try {
      await this.#app?.processEvent({
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
      this.#log.error({ err: error }, 'a request of Slack could not be taken; Slack will send it again')
      report(500)
    }
  }
}
