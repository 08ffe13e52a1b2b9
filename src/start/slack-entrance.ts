import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSlackApp } from '../channels/slack/app.ts'
import type { SlackChannel } from '../channels/slack/channel.ts'
import { createHttpEntrance, eventsPath } from '../channels/slack/receive-http.ts'
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

/** Slack over a socket, in place of HTTP. @returns what closes it */
export async function openSocket(
  { appToken, apiUrl }: NonNullable<NoxConfig['socket']>,
  channel: SlackChannel,
  onReceived: OnReceived,
): Promise<() => Promise<void>> {
  const { SocketEntrance } = await import('../channels/slack/receive-socket.ts')
  const entrance = new SocketEntrance({ appToken, apiUrl, log: channel.log, onReceived })
  createSlackApp(channel, entrance, apiUrl)
  await entrance.start()
  return () => entrance.stop()
}
