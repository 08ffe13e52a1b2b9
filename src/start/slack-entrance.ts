import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSlackApp } from '../channels/slack/app.ts'
import type { SlackChannel } from '../channels/slack/channel.ts'
import { createHttpEntrance, eventsPath } from '../channels/slack/receive-http.ts'
import type { SocketEntrance } from '../channels/slack/receive-socket.ts'
import { SlackCallError } from '../channels/slack/web-api/error.ts'
import { NoxError } from '../errors.ts'
import type { Route } from '../web/server.ts'
import type { NoxConfig } from './nox-config.ts'

type OnReceived = (kind: string, status: number, seconds: number) => void

/** Slack over HTTP: requests that it signs. */
export function slackRoute(
  signingSecret: string,
  channel: SlackChannel,
  apiUrl: string,
  onReceived: OnReceived,
): Route {
  const entrance = createHttpEntrance({ signingSecret, log: channel.log, onReceived })
  createSlackApp(channel, entrance.receiver, apiUrl)
  return (path, request: IncomingMessage, response: ServerResponse) => {
    if (path !== eventsPath || request.method !== 'POST') return false
    entrance.receive(request, response)
    return true
  }
}

/** Slack over a socket, in place of HTTP. */
export interface SocketWay {
  /** @throws NoxError `configuration` where Slack does not accept the app-level token */
  check(): Promise<void>
  /** Keeps the socket open until the signal ends it. Rejects where it can't be had. */
  hold(signal: AbortSignal): Promise<void>
}

/** What it stands on is loaded when the socket is first held. */
export function createSocketWay(
  { appToken, apiUrl }: NonNullable<NoxConfig['socket']>,
  channel: SlackChannel,
  onReceived: OnReceived,
): SocketWay {
  const { api, log } = channel
  let loading: Promise<SocketEntrance> | undefined
  const load = async () => {
    const { createSocketEntrance } = await import('../channels/slack/receive-socket.ts')
    const entrance = createSocketEntrance({ appToken, apiUrl, log, onReceived })
    createSlackApp(channel, entrance.receiver, apiUrl)
    return entrance
  }
  return {
    async check() {
      try {
        await api.call(appToken, 'apps.connections.open', {}, { patienceMs: 0 })
      } catch (error) {
        if (error instanceof SlackCallError && error.outcome === 'refused') {
          const why = `SLACK_APP_TOKEN: Slack does not accept this token (${error.code}). Take an app-level token with connections:write`
          throw new NoxError('configuration', why, { cause: error })
        }
        log.warn({ err: error }, 'Slack could not be asked for a socket; tried again soon')
      }
    },
    async hold(signal) {
      loading ??= load()
      await (await loading).hold(signal)
    },
  }
}
