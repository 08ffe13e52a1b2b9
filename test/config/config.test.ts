import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { variables } from '../../src/config/variables.ts'
import { readConfig } from '../../src/config.ts'

const key = randomBytes(32).toString('base64')
const oauth = { SLACK_SIGNING_SECRET: 's', SLACK_CLIENT_ID: 'c', SLACK_CLIENT_SECRET: 'x' }
const http = { ...oauth, PUBLIC_URL: 'https://nox.example.com/', NOX_MASTER_KEY: key }

const refusal = (env: NodeJS.ProcessEnv) => {
  try {
    readConfig(env)
  } catch (error) {
    return (error as Error).message
  }
  return 'it was accepted'
}

describe('the configuration', () => {
  it('is the sandbox where nothing of Slack is set, and needs nothing', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ mode: 'sandbox', port: 3000, database: { path: 'data/nox.db' } })
    expect(config.masterKeys).toHaveLength(1)
  })

  it('serves over HTTP with all three credentials, over a socket with an app token', () => {
    expect(readConfig(http)).toMatchObject({ mode: 'http', publicUrl: 'https://nox.example.com' })
    const socket = { SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1', NOX_MASTER_KEY: key }
    expect(readConfig(socket)).toMatchObject({ mode: 'socket', slack: undefined, botToken: 'xoxb-1' })
    expect(readConfig({ ...http, SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject({ mode: 'socket' })
  })

  it('takes Postgres by its address, several keys, and private networks', () => {
    const more = {
      DATABASE_URL: 'postgres://a:b@c/d',
      NOX_MASTER_KEY: `${key}, ${key}`,
      NOX_ALLOW_PRIVATE: '10.0.0.0/8,x',
    }
    const config = readConfig({ ...http, ...more })
    expect(config.database).toEqual({ url: 'postgres://a:b@c/d', pooling: 'session' })
    expect(config.masterKeys).toEqual([key, key])
    expect(config.allowPrivate).toEqual(['10.0.0.0/8', 'x'])
  })

  it.each([
    [{ ...http, NOX_MASTER_KEY: '' }, 'openssl rand -base64 32'],
    [{ ...http, NOX_MASTER_KEY: 'short' }, 'NOX_MASTER_KEY'],
    [{ SLACK_CLIENT_ID: 'c', NOX_MASTER_KEY: key }, 'SLACK_SIGNING_SECRET, SLACK_CLIENT_SECRET'],
    [{ ...oauth, NOX_MASTER_KEY: key }, 'PUBLIC_URL'],
    [{ ...http, PUBLIC_URL: 'nox' }, 'PUBLIC_URL'],
    [{ ...http, PUBLIC_URL: 'http' }, 'PUBLIC_URL'],
    [{ ...http, PUBLIC_URL: 'http://nox.example.com' }, 'by https alone'],
    [{ PORT: 'eighty' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ SLACK_APP_TOKEN: 'xoxb-1' }, 'xapp-'],
    [{ SLACK_APP_TOKEN: 'xapp-1', NOX_MASTER_KEY: key }, 'SLACK_BOT_TOKEN'],
  ])('refuses %o and says what to do', (env, hint) => {
    expect(refusal(env)).toContain(hint)
  })

  it('never repeats a secret in a refusal', () => {
    expect(refusal({ ...http, NOX_MASTER_KEY: 'not-a-key-but-secret' })).not.toContain('not-a-key-but-secret')
  })

  it.each(['.env.example', 'README.md'])('is told in full by %s', (file) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    const missing = Object.keys(variables).filter((name) => !text.includes(name))
    expect(missing).toEqual([])
  })

  it('takes private places as hosts, addresses and networks, and workspaces by their ids', () => {
    for (const place of ['10.0.0.0/8', 'fd00::/8', '10.1.2.3', 'k8s.internal', 'localhost', '::1']) {
      expect(readConfig({ ...http, NOX_ALLOW_PRIVATE: place }).allowPrivate).toEqual([place])
    }
    for (const place of [
      '10.0.0.0/33',
      '10.0.0/8',
      'k8s.internal/8',
      'https://k8s.internal',
      'k8s.internal:6443',
      '10.0.0.0/8/8',
    ]) {
      expect(refusal({ ...http, NOX_ALLOW_PRIVATE: place })).toContain(
        'NOX_ALLOW_PRIVATE: hosts, addresses or networks',
      )
    }
    expect(readConfig({ ...http, NOX_IN_CLUSTER: 'T0123ABCD, T1' }).inCluster).toEqual(['T0123ABCD', 'T1'])
    expect(refusal({ ...http, NOX_IN_CLUSTER: 'acme' })).toContain('NOX_IN_CLUSTER: ids of Slack workspaces')
  })
})
