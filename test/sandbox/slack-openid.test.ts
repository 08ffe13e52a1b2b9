import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackDouble } from '../../src/sandbox/slack/index.ts'
import { botScopes, client, failure, secrets, startDouble } from '../helpers/bolt-on-double.ts'
import { showsRulesOfSlack } from '../helpers/rules-of-slack.ts'

showsRulesOfSlack(import.meta.filename)

const redirectUri = 'http://127.0.0.1:9/callback'
let double: SlackDouble

beforeEach(async () => {
  double = await startDouble({ noxUrl: 'http://127.0.0.1:9' })
})
afterEach(() => double.close())

/** As a person's browser: the consent page, and back with a code. */
async function signIn(as: string, query: Record<string, string> = {}): Promise<URL> {
  const url = new URL(`${double.url}/openid/connect/authorize`)
  const all = {
    response_type: 'code',
    client_id: secrets.clientId,
    scope: 'openid email profile',
    redirect_uri: redirectUri,
    state: 'a-state',
    nonce: 'a-nonce',
    ...query,
  }
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
  const body = new URLSearchParams({ answer: 'allow', as })
  const response = await fetch(url, { method: 'POST', body, redirect: 'manual' })
  return new URL(response.headers.get('location') ?? `about:${response.status}`)
}
const token = (code: string, more: object = {}) =>
  client(double, '').openid.connect.token({
    client_id: secrets.clientId,
    client_secret: secrets.clientSecret,
    code,
    redirect_uri: redirectUri,
    ...more,
  })

describe('Sign in with Slack', () => {
  it('tells who signed in by an id token that its keys check', async () => {
    const back = await signIn('T0SOCIETEX U0DORA')
    expect(back.searchParams.get('state')).toBe('a-state')
    const { id_token, access_token } = await token(String(back.searchParams.get('code')))
    const found = (await (await fetch(`${double.url}/.well-known/openid-configuration`)).json()) as {
      jwks_uri: string
      issuer: string
    }
    const keys = createRemoteJWKSet(new URL(found.jwks_uri))
    const { payload } = await jwtVerify(String(id_token), keys, { issuer: found.issuer, audience: secrets.clientId })
    expect(payload).toMatchObject({
      sub: 'U0DORA',
      nonce: 'a-nonce',
      email: 'dora@client-z.example',
      name: 'Dora Petit',
      'https://slack.com/team_id': 'T0SOCIETEX',
    })
    const person = client(double, String(access_token))
    expect(await person.openid.connect.userInfo()).toMatchObject({ sub: 'U0DORA', email: 'dora@client-z.example' })
    expect((await failure(person.auth.test())).error).toBe('not_allowed_token_type')
  })

  it('gives what was asked for, and a code once', async () => {
    const code = String((await signIn('T0SOCIETEX U0BOB', { scope: 'openid' })).searchParams.get('code'))
    const { access_token } = await token(code)
    const info = await client(double, String(access_token)).openid.connect.userInfo()
    expect(info).toMatchObject({ sub: 'U0BOB' })
    expect(info).not.toHaveProperty('email')
    expect((await failure(token(code))).error).toBe('code_already_used')
    expect((await failure(token(code, { client_secret: 'x' }))).error).toBe('bad_client_secret')
  })

  it('never mixes identity with what an app may do', async () => {
    expect((await signIn('T0SOCIETEX U0BOB', { scope: 'openid chat:write' })).href).toBe('about:400')
    const bot = client(double, double.grant('T0SOCIETEX', 'U0ALICE', botScopes).token)
    expect((await failure(bot.openid.connect.userInfo())).error).toBe('not_allowed_token_type')
    expect((await signIn('T0SOCIETEX U0BOB', { redirect_uri: 'https://evil.example/' })).href).toBe('about:400')
  })
})
