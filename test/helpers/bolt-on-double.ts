import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, type Installation, LogLevel } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { createSlackDouble, type SlackDouble, type SlackDoubleOptions } from '../../src/sandbox/slack/index.ts'

export const secrets = { signingSecret: 'a-signing-secret', clientId: '11.22', clientSecret: 'a-client-secret' }

export const botScopes = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'users:read',
]

/** A double that listens, without limits of rate unless asked. */
export async function startDouble(options: Partial<SlackDoubleOptions> = {}): Promise<SlackDouble> {
  const double = createSlackDouble({ rateLimits: false, ...secrets, ...options })
  await double.listen()
  return double
}

/** The official client, without retries of its own. */
export function client(double: SlackDouble, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: double.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
  })
}

const quiet = () => {}
export const silent = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  getLevel: () => LogLevel.ERROR,
  setName: quiet,
}

/** What a failed Web API call says. */
export async function failure(call: Promise<unknown>): Promise<{ error: string } & Record<string, unknown>> {
  const error = await call.then(
    () => {
      throw new Error('the call succeeded')
    },
    (reason: { data?: unknown }) => reason,
  )
  if (!error.data) throw error
  return error.data as { error: string }
}

export interface BoltApp {
  readonly app: App
  readonly url: string
  readonly installations: Map<string, Installation>
  close(): Promise<void>
}

/** A real Bolt app behind the double: its own receiver, OAuth with an in-memory store, signatures checked. */
export async function startBolt(double: SlackDouble): Promise<BoltApp> {
  const installations = new Map<string, Installation>()
  const key = (query: {
    teamId?: string | undefined
    enterpriseId?: string | undefined
    isEnterpriseInstall?: boolean
  }) => String(query.isEnterpriseInstall ? query.enterpriseId : query.teamId)
  const receiver = new HTTPReceiver({
    signingSecret: secrets.signingSecret,
    clientId: secrets.clientId,
    clientSecret: secrets.clientSecret,
    stateSecret: 'a-state-secret',
    scopes: botScopes,
    processBeforeResponse: true,
    logger: silent,
    installationStore: {
      storeInstallation: async (installation) => {
        const { team, enterprise, isEnterpriseInstall = false } = installation
        installations.set(key({ teamId: team?.id, enterpriseId: enterprise?.id, isEnterpriseInstall }), installation)
      },
      fetchInstallation: async (query) => {
        const found = installations.get(key(query))
        if (!found) throw new Error('not installed')
        return found
      },
    },
    installerOptions: {
      authorizationUrl: double.authorizationUrl,
      clientOptions: { slackApiUrl: double.apiUrl },
    },
  })
  const app = new App({
    receiver,
    clientOptions: { slackApiUrl: double.apiUrl },
    convoStore: false,
    logger: silent,
  })
  const server = createServer((request, response) => {
    try {
      receiver.requestListener(request, response)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  double.setNoxUrl(url)
  return {
    app,
    url,
    installations,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Waits until a condition holds. @throws Error after `timeoutMs` */
export async function until(holds: () => boolean, timeoutMs = 15_000): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!holds()) {
    if (Date.now() > end) throw new Error(`timed out: not true within ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
