import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { botEvents } from '../../src/channels/slack/scopes.ts'
import { createLog } from '../../src/observability/log.ts'
import { createSlackDouble, type SlackDouble } from '../../src/sandbox/slack/index.ts'
import { seededWorkspaces } from '../../src/sandbox/workspaces.ts'
import { createNox, type Nox } from '../../src/start/create-nox.ts'
import { serve } from '../../src/start/serve.ts'

export const enterprise = { id: 'E0GROUP', name: 'Groupe X' }
const secrets = { signingSecret: 'signing', clientId: '1.2', clientSecret: 'client' }

/** NOX as on its first day: nothing is installed, and Slack is the double. */
export interface BareNox {
  readonly nox: Nox
  readonly slack: SlackDouble
  readonly url: string
  /** The environment of another process of the same NOX. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

type Where = { readonly url: string } | { readonly path: string }

/** @param options.socket Socket Mode in place of HTTP */
export async function startBareNox(
  database: Where,
  options: { readonly socket?: boolean; readonly now?: () => number } = {},
): Promise<BareNox> {
  const [company, freelance] = seededWorkspaces
  if (!company || !freelance) throw new TypeError('no workspaces')
  const slack = createSlackDouble({
    ...secrets,
    ...(options.socket ? { appToken: 'xapp-1-A0NOX-1-secret' } : {}),
    workspaces: [
      { ...company, enterprise },
      { ...freelance, enterprise, botUserId: company.botUserId },
    ],
    events: botEvents,
    commands: [{ command: '/nox', shouldEscape: true }],
    shortcuts: [{ callback_id: 'ask_nox', name: 'Ask NOX about this' }],
    rateLimits: false,
    timeFactor: 0.001,
  })
  await slack.listen()
  const routes: Parameters<typeof serve>[0][number][] = []
  const web = await serve(routes, 0, '127.0.0.1')
  const url = `http://127.0.0.1:${web.port}`
  slack.setNoxUrl(url)
  const masterKey = randomBytes(32).toString('base64')
  const nox = await createNox(
    {
      database,
      masterKeys: [masterKey],
      allowPrivate: ['127.0.0.1'],
      language: 'fr',
      plan: 'enterprise',
      publicUrl: url,
      metricsToken: undefined,
      slack: { ...secrets, apiUrl: slack.apiUrl, authorizeUrl: slack.authorizationUrl },
      ...(options.socket
        ? { socket: { appToken: 'xapp-1-A0NOX-1-secret', apiUrl: slack.apiUrl, botToken: undefined } }
        : {}),
    },
    createLog({ level: process.env.TEST_LOG ?? 'silent' }),
    options.now,
  )
  routes.push(...nox.routes)
  await nox.start()
  return {
    nox,
    slack,
    url,
    env: {
      ...('url' in database ? { DATABASE_URL: database.url } : { DATABASE_PATH: database.path }),
      NOX_MASTER_KEY: masterKey,
      PUBLIC_URL: url,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      SLACK_CLIENT_ID: secrets.clientId,
      SLACK_CLIENT_SECRET: secrets.clientSecret,
      SLACK_API_URL: slack.apiUrl,
      ...(options.socket ? { SLACK_APP_TOKEN: 'xapp-1-A0NOX-1-secret' } : {}),
    },
    async stop() {
      await Promise.all([web.close(500), nox.stop(500)])
      await slack.close()
    },
  }
}

/** Runs a suite against a NOX of its own, once on SQLite and once on a real Postgres. */
export function eachBareNox(
  name: string,
  suite: (bare: () => BareNox) => void,
  options: { readonly socket?: boolean; readonly now?: () => number } = {},
): void {
  describe(`${name} on SQLite`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'nox-bare-'))
    let bare: BareNox
    beforeAll(async () => {
      bare = await startBareNox({ path: join(folder, 'nox.db') }, options)
    })
    afterAll(async () => {
      await bare?.stop()
      rmSync(folder, { recursive: true, force: true })
    })
    suite(() => bare)
  })

  const server = inject('postgres')
  describe.skipIf('missing' in server)(`${name} on Postgres`, () => {
    const database = `nox_${randomBytes(6).toString('hex')}`
    let admin: postgres.Sql
    let bare: BareNox
    beforeAll(async () => {
      if (!('url' in server)) throw new Error(server.missing)
      admin = postgres(server.url, { max: 1, onnotice: () => {} })
      await admin.unsafe(`create database ${database}`)
      const url = new URL(server.url)
      url.pathname = `/${database}`
      bare = await startBareNox({ url: url.toString() }, options)
    })
    afterAll(async () => {
      await bare?.stop()
      await admin?.unsafe(`drop database if exists ${database} with (force)`)
      await admin?.end()
    })
    suite(() => bare)
  })
}
