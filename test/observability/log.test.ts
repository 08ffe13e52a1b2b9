import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { hideSecrets } from '../../src/domain/secret-shapes.ts'
import { NoxError } from '../../src/errors.ts'
import { createLog } from '../../src/observability/log.ts'

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEsecretsecret\n-----END RSA PRIVATE KEY-----'
/** Put together here so that no scanner takes the test data for a leak. */
const slackToken = ['xoxb', '1234567890', 'abcdefghijkl'].join('-')
const appToken = ['xapp', '1', 'A1', 'secretpart'].join('-')
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.')

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  const to = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  write(createLog({ level: 'debug' }, to))
  return text
}

describe('the log', () => {
  it.each([
    ['a Slack token', slackToken],
    ['an app token', appToken],
    ['a private key', pem],
    ['a JWT', jwt],
    ['a bearer header', 'Bearer abcdef0123456789'],
  ])('never carries %s, wherever it stands', (_what, secret) => {
    const text = logged((log) => {
      log.error({ err: new Error(`failed with ${secret}`) }, `and ${secret} here`)
      log.error({ err: new Error('outer', { cause: new Error(secret) }) }, 'cause')
      log.info({ botToken: secret, nested: { token: secret } }, 'fields')
      log.warn(secret)
    })
    expect(text).not.toContain(secret.split('\n')[1] ?? secret)
    expect(text.split('\n').length).toBeGreaterThan(4)
  })

  it('hides the password of a database address and keeps the rest', () => {
    expect(hideSecrets('postgres://nox:hunter2@db:5432/nox is gone')).toBe(
      'postgres://nox:[secret]@db:5432/nox is gone',
    )
  })

  it('writes the code and facts of an error, not its other properties', () => {
    const error = Object.assign(new NoxError('timeout', 'too slow', { facts: { ms: 10 } }), {
      request: { headers: 'x' },
    })
    const line = JSON.parse(logged((log) => log.error({ err: error }, 'failed'))) as { err: Record<string, unknown> }
    expect(line.err).toMatchObject({ type: 'NoxError', code: 'timeout', message: 'too slow', facts: { ms: 10 } })
    expect(line.err).not.toHaveProperty('request')
  })
})

describe('a text that a sender chose', () => {
  const million = 1_000_000
  // One pass over such a text takes some ms; one pass from each of its characters would take many minutes.
  it.each([
    ['a word without an end', 'a'.repeat(million)],
    ['beginnings of tokens', 'eyJ-'.repeat(million / 4)],
    ['beginnings of addresses', 'a://b:'.repeat(million / 6)],
    ['beginnings of headers', 'bearer '.repeat(million / 7)],
    ['spaces after a header', `bearer${' '.repeat(million)}`],
    ['beginnings of keys', '-----BEGIN '.repeat(million / 11)],
    ['a key without a name', `-----BEGIN ${'A'.repeat(million)}`],
    ['beginnings of Slack’s tokens', 'xox'.repeat(million / 3)],
  ])('is searched for secrets once: %s', (_, text) => {
    expect(hideSecrets(`${text} and ${jwt} ${slackToken}`).slice(-20)).toMatch(/ and \[jwt\] \[token\]$/)
  })
})
