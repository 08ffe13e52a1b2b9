import { createHmac } from 'node:crypto'
import { verifySlackRequest } from '@slack/bolt'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSignatureCheck } from '../../../src/channels/slack/verify-signature.ts'

const secret = 'a-signing-secret'
const now = 1_760_000_000_000
const check = createSignatureCheck(secret, () => now)
const sign = (timestamp: string, body: string, key = secret) =>
  `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`

/** What Bolt itself says of the same request. */
function boltAccepts(timestamp: string, signature: string, body: string): boolean {
  try {
    verifySlackRequest({
      signingSecret: secret,
      body,
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
      nowMilliseconds: now,
    })
    return true
  } catch {
    return false
  }
}

const second = fc.integer({ min: now / 1000 - 700, max: now / 1000 + 300 }).map(String)
const damage = fc.oneof(
  fc.constant((signature: string) => signature),
  fc.constantFrom('', 'v0=', 'v1=00', 'v0', 'zz').map((other) => () => other),
  fc.nat({ max: 66 }).map((at) => (signature: string) => {
    const digit = signature[at] === 'a' ? 'b' : 'a'
    return signature.slice(0, at) + digit + signature.slice(at + 1)
  }),
  fc.constant((signature: string) => signature.slice(0, -1)),
  fc.constant((signature: string) => signature.toUpperCase()),
)

describe('the signature check', () => {
  it('says what Bolt says', () => {
    let accepted = 0
    fc.assert(
      fc.property(second, fc.string({ unit: 'grapheme' }), damage, (timestamp, body, spoil) => {
        const signature = spoil(sign(timestamp, body))
        const ours = check(timestamp, signature, Buffer.from(body))
        expect(ours).toBe(boltAccepts(timestamp, signature, body))
        if (ours) accepted += 1
      }),
      { numRuns: 500 },
    )
    expect(accepted).toBeGreaterThan(20)
  })

  it('refuses what Bolt lets through: a clock ahead, odd numbers, doubled headers', () => {
    const ahead = String(now / 1000 + 301)
    expect(check(ahead, sign(ahead, ''), Buffer.alloc(0))).toBe(false)
    for (const odd of ['NaN', '', ' 1', '1e9', '-1', '0x10', `0${now / 1000}`, `${now / 1000}, ${now / 1000}`])
      expect(check(odd, sign(odd, ''), Buffer.alloc(0))).toBe(false)
    expect(check(undefined, undefined, Buffer.alloc(0))).toBe(false)
  })

  it('refuses another secret and an empty one', () => {
    const at = String(now / 1000)
    expect(check(at, sign(at, 'x', 'other'), Buffer.from('x'))).toBe(false)
    expect(() => createSignatureCheck('')).toThrow('empty')
  })
})
