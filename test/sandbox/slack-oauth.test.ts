import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { defaultEvents } from '../../src/sandbox/slack/options.ts'
import { seededWorkspaces } from '../../src/sandbox/workspaces.ts'
import {
  type BoltApp,
  botScopes,
  client,
  failure,
  secrets,
  startBolt,
  startDouble,
  until,
} from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const team = 'T0SOCIETEX'
const enterprise = { id: 'E0GROUP', name: 'Groupe X' }
let now: number
let double: SlackDouble
let bolt: BoltApp

beforeEach(async () => {
  now = Date.now()
  const [company, freelance] = seededWorkspaces
  if (!company || !freelance) throw new Error('no seed')
  double = await startDouble({
    now: () => now,
    events: [...defaultEvents, 'team_access_granted', 'team_access_revoked'],
    workspaces: [
      { ...company, enterprise },
      { ...freelance, enterprise, botUserId: company.botUserId },
    ],
  })
  bolt = await startBolt(double)
})
afterEach(async () => {
  await double.close()
  await bolt.close()
})

const authorizeUrl = (changes: Record<string, string> = {}) => {
  const url = new URL(double.authorizationUrl)
  const query = { client_id: secrets.clientId, scope: 'chat:write,commands', state: 'a-state', ...changes }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
const consent = async (answer: string, as: string, changes: Record<string, string> = {}) => {
  const body = new URLSearchParams({ answer, as })
  const response = await fetch(authorizeUrl(changes), { method: 'POST', body, redirect: 'manual' })
  return { status: response.status, to: new URL(response.headers.get('location') ?? 'about:blank') }
}
const exchange = (args: Record<string, string>) =>
  client(double, '').oauth.v2.access({ client_id: secrets.clientId, client_secret: secrets.clientSecret, ...args })

describe('the consent page', () => {
  it('offers the workspaces to those who may install, in two languages', async () => {
    const page = await (
      await fetch(authorizeUrl({ team: 'T0FREELEA' }), { headers: { 'accept-language': 'fr' } })
    ).text()
    expect(page).toContain('Autoriser')
    expect(page).toMatch(/<li>Écrire des messages en son nom <code>chat:write<\/code><\/li>/)
    expect(page).toContain('<option value="T0FREELEA U0LEA" selected>')
    expect(page).toContain('T0SOCIETEX U0BOB')
    expect(page).not.toContain('U0DORA')
    expect(await (await fetch(authorizeUrl())).text()).toContain('Allow')
  })

  it('escapes what it is given', async () => {
    const page = await (await fetch(authorizeUrl({ scope: '<script>alert(1)</script>', state: '"><b>' }))).text()
    expect(page).not.toMatch(/<script>|"><b>/)
  })

  it('refuses unknown clients, no scopes, other servers', async () => {
    for (const [changes, code] of [
      [{ client_id: 'x' }, 'invalid_client_id'],
      [{ scope: '' }, 'no_scopes'],
      [{ redirect_uri: 'https://evil.example/x' }, 'bad_redirect_uri'],
    ] as const) {
      const response = await fetch(authorizeUrl(changes))
      expect(response.status).toBe(400)
      expect(await response.text()).toContain(code)
    }
    expect((await consent('allow', `${team} U0DORA`)).status).toBe(400)
  })

  it('goes back with a code and the state, or with the refusal', async () => {
    const allowed = await consent('allow', `${team} U0ALICE`)
    expect(allowed.status).toBe(302)
    expect(allowed.to.href.startsWith(`${bolt.url}/slack/oauth_redirect?code=`)).toBe(true)
    expect(allowed.to.searchParams.get('state')).toBe('a-state')
    const cancelled = await consent('cancel', `${team} U0ALICE`)
    expect(cancelled.to.search).toBe('?error=access_denied&state=a-state')
  })
})

describe('oauth.v2.access', () => {
  const code = async (changes: Record<string, string> = {}, as = `${team} U0ALICE`) =>
    (await consent('allow', as, changes)).to.searchParams.get('code') ?? ''

  it('gives a token for a code, once and within ten minutes', async () => {
    const once = await code()
    expect(await exchange({ code: once })).toMatchObject({
      app_id: 'A0NOX',
      token_type: 'bot',
      scope: 'chat:write,commands',
      bot_user_id: 'U0NOXSOCX',
      team: { id: team, name: 'Société X' },
      authed_user: { id: 'U0ALICE' },
      is_enterprise_install: false,
    })
    expect((await failure(exchange({ code: once }))).error).toBe('code_already_used')
    const late = await code()
    now += 10 * 60_000 + 1
    expect((await failure(exchange({ code: late }))).error).toBe('code_expired')
    expect((await failure(exchange({ code: 'x' }))).error).toBe('invalid_code')
  })

  it('checks client, secret and redirect address', async () => {
    const redirect = `${bolt.url}/slack/oauth_redirect`
    expect((await failure(exchange({ code: 'x', client_id: 'x' }))).error).toBe('invalid_client_id')
    expect((await failure(exchange({ code: 'x', client_secret: 'x' }))).error).toBe('bad_client_secret')
    const other = await code({ redirect_uri: redirect })
    expect((await failure(exchange({ code: other }))).error).toBe('bad_redirect_uri')
    const named = await code({ redirect_uri: redirect })
    expect((await exchange({ code: named, redirect_uri: redirect })).ok).toBe(true)
  })

  it('installs into a whole organisation for its admins', async () => {
    const org = await exchange({ code: await code({ scope: 'chat:write,users:read' }, `${team} U0ALICE org`) })
    expect(org).toMatchObject({ team: null, enterprise, is_enterprise_install: true })
    const web = client(double, org.access_token as string)
    expect(await web.auth.test()).toMatchObject({ enterprise_id: 'E0GROUP', is_enterprise_install: true })
    expect((await web.chat.postMessage({ channel: 'C0CLIENTS', text: 'x' })).ok).toBe(true)
    expect((await web.chat.postMessage({ channel: 'C0DEVOPS', text: 'x' })).ok).toBe(true)
    expect((await failure(web.users.list({}))).error).toBe('invalid_arguments')
    expect((await web.users.list({ team_id: 'T0FREELEA' })).members?.map((user) => user.id)).toEqual([
      'U0NOXSOCX',
      'U0LEA',
      'U0YANN',
    ])
    expect((await consent('allow', `${team} U0BOB org`)).status).toBe(400)
  })
})

describe('through Bolt', () => {
  it('installs into a workspace and into an organisation', async () => {
    expect((await double.install(team, 'U0ALICE')).status).toBe(200)
    expect(bolt.installations.get(team)?.bot?.token).toBe(double.installation(team)?.token)
    expect(bolt.installations.get(team)?.bot?.scopes).toEqual([...botScopes])
    expect((await double.install('T0FREELEA', 'U0LEA', { orgWide: true })).status).toBe(200)
    expect(bolt.installations.get('E0GROUP')?.isEnterpriseInstall).toBe(true)
  })

  it('authorises an event of an organisation by it', async () => {
    await double.install(team, 'U0ALICE', { orgWide: true })
    const seen: unknown[] = []
    bolt.app.event('app_mention', async ({ context }) => {
      seen.push([context.enterpriseId, context.isEnterpriseInstall])
    })
    double.say('T0FREELEA', 'U0LEA', '#clients', '@NOX status')
    await until(() => seen.length === 1)
    expect(seen[0]).toEqual(['E0GROUP', true])
  })

  it('opens and closes workspaces of the organisation, and tells of it', async () => {
    await double.install(team, 'U0ALICE', { orgWide: true })
    const seen: unknown[] = []
    for (const name of ['team_access_revoked', 'team_access_granted'] as const) {
      bolt.app.event(name, async ({ event }) => {
        seen.push([event.type, event.team_ids])
      })
    }
    const web = client(double, double.installation(team)?.token ?? '')
    const post = () => web.chat.postMessage({ channel: 'C0CLIENTS', text: 'x' })
    expect((await post()).ok).toBe(true)
    double.setAccess('T0FREELEA', false)
    expect((await failure(post())).error).toBe('channel_not_found')
    expect((await failure(web.users.list({ team_id: 'T0FREELEA' }))).error).toBe('team_access_not_granted')
    expect(double.installation('T0FREELEA')).toBeUndefined()
    double.setAccess('T0FREELEA', true)
    expect((await post()).ok).toBe(true)
    await until(() => seen.length === 2)
    expect(seen).toEqual([
      ['team_access_revoked', ['T0FREELEA']],
      ['team_access_granted', ['T0FREELEA']],
    ])
  })
})
