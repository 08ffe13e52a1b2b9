import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { fetch } from 'undici'
import { describe, expect, it } from 'vitest'
import { createAddressPolicy } from '../../src/egress/address-policy.ts'
import { createEgress } from '../../src/egress/index.ts'
import type { NoxError } from '../../src/errors.ts'

const open = createAddressPolicy([])

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
    '',
  ])('%s is closed', (address) => {
    expect(open.allows(address, 'k8s.example')).toBe(false)
  })

  it.each(['93.184.216.34', '8.8.8.8', '2606:4700:4700::1111'])('%s is open', (address) => {
    expect(open.allows(address, 'k8s.example')).toBe(true)
  })

  it('open up for the networks and hosts that the operator names, and for no others', () => {
    const policy = createAddressPolicy(['10.0.0.0/8', 'k8s.internal', '::1'])
    expect(policy.allows('10.9.9.9', 'x')).toBe(true)
    expect(policy.allows('11.0.0.1', 'x')).toBe(true)
    expect(policy.allows('192.168.0.1', 'x')).toBe(false)
    expect(policy.allows('192.168.0.1', 'K8S.internal')).toBe(true)
    expect(policy.allows('::1', 'x')).toBe(true)
  })

  it('of private networks are closed in every notation', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(fc.constantFrom(10, 127, 0), byte, byte, byte, (a, b, c, d) => {
        expect(open.allows(`${a}.${b}.${c}.${d}`, 'x')).toBe(false)
        expect(open.allows(`::ffff:${a}.${b}.${c}.${d}`, 'x')).toBe(false)
      }),
    )
  })
})

describe('the way out', () => {
  const refusal = async (url: string, allowPrivate: readonly string[] = []) =>
    createEgress({ allowPrivate })
      .check(url)
      .then(
        () => 'allowed',
        (error: { code: string }) => error.code,
      )

  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://169.254.169.254/latest/meta-data',
    'http://93.184.216.34/',
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
    'https://user:password@93.184.216.34/',
    'nonsense',
  ])('refuses %s', async (url) => {
    expect(await refusal(url)).toBe('blocked-address')
  })

  it('repeats no password that an address carries', async () => {
    const said = await createEgress({ allowPrivate: [] })
      .check('https://user:hunter2@93.184.216.34/')
      .catch((error: NoxError) => JSON.stringify(error.forPerson))
    expect(said).toContain('93.184.216.34')
    expect(said).not.toContain('hunter2')
  })

  it('takes a public https address, and a private one that the operator allows', async () => {
    expect(await refusal('https://93.184.216.34:6443')).toBe('allowed')
    expect(await refusal('http://127.0.0.1:8080', ['127.0.0.1'])).toBe('allowed')
  })

  it('checks again at the connect, literal addresses and names alike', async () => {
    const server = createServer((_request, response) => response.end('secret'))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const closed = createEgress({ allowPrivate: [] }).dispatcher()
    const allowed = createEgress({ allowPrivate: ['127.0.0.1'] }).dispatcher()
    try {
      for (const host of ['127.0.0.1', 'localhost']) {
        const call = fetch(`http://${host}:${port}/`, { dispatcher: closed })
        await expect(call).rejects.toMatchObject({ cause: { code: 'blocked-address' } })
      }
      expect(await (await fetch(`http://127.0.0.1:${port}/`, { dispatcher: allowed })).text()).toBe('secret')
    } finally {
      await closed.destroy()
      await allowed.destroy()
      server.closeAllConnections()
      server.close()
    }
  })
})
