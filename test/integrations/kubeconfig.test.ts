import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { NoxError } from '../../src/errors.ts'
import { readKubeconfig } from '../../src/integrations/kubernetes/index.ts'

const pem = (what: string) => Buffer.from(`-----BEGIN ${what}-----\nabc\n-----END ${what}-----\n`).toString('base64')

const kubeconfig = (cluster: object, user: object, rest: object = {}) =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    contexts: [{ name: 'main', context: { cluster: 'c', user: 'u', namespace: 'web' } }],
    clusters: [{ name: 'c', cluster: { server: 'https://k8s.example:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    ...rest,
  })

function refusal(source: string): { key: string | undefined; field: unknown } {
  try {
    readKubeconfig(source)
  } catch (error) {
    const { forPerson } = error as NoxError
    return { key: forPerson?.key, field: forPerson?.params.field }
  }
  return { key: 'it was accepted', field: undefined }
}

describe('a kubeconfig', () => {
  it('gives the credentials of its current context, and nothing else', () => {
    const ca = pem('CERTIFICATE')
    expect(readKubeconfig(kubeconfig({ 'certificate-authority-data': ca }, { token: 'abc.def' }))).toEqual({
      server: 'https://k8s.example:6443',
      caData: ca,
      token: 'abc.def',
    })
    const user = { 'client-certificate-data': pem('CERTIFICATE'), 'client-key-data': pem('PRIVATE KEY') }
    expect(readKubeconfig(kubeconfig({}, user))).toMatchObject({ clientKeyData: user['client-key-data'] })
  })

  it.each([
    ['exec', {}, { exec: { command: 'rm' } }],
    ['auth-provider', {}, { 'auth-provider': { name: 'gcp' } }],
    ['tokenFile', {}, { tokenFile: '/var/run/token' }],
    ['client-key', {}, { token: 't', 'client-key': '/etc/key' }],
    ['as', {}, { token: 't', as: 'system:admin' }],
    ['password', {}, { username: '', password: 'p' }],
    ['certificate-authority', { 'certificate-authority': '/etc/passwd' }, { token: 't' }],
    ['proxy-url', { 'proxy-url': 'http://10.0.0.1' }, { token: 't' }],
    ['insecure-skip-tls-verify', { 'insecure-skip-tls-verify': true }, { token: 't' }],
    ['server', { server: 'file:///etc/passwd' }, { token: 't' }],
    ['token', {}, { token: 'a\r\nX-Evil: 1' }],
    ['certificate-authority-data', { 'certificate-authority-data': 'aGVsbG8=' }, { token: 't' }],
  ])('is refused for %s, which the sentence names', (name, cluster, user) => {
    const { key, field } = refusal(kubeconfig(cluster, user))
    expect(key).toBe('kubeconfig.field')
    expect(name === 'password' ? ['username', 'password'] : [name]).toContain(field)
  })

  it('is refused without credentials, without a context, and where it is no kubeconfig', () => {
    expect(refusal(kubeconfig({}, {})).key).toBe('kubeconfig.credentials')
    expect(refusal(kubeconfig({}, { token: 't' }, { 'current-context': 'other' })).key).toBe('kubeconfig.context')
    expect(refusal('hello: world').key).toBe('kubeconfig.unreadable')
    expect(refusal('{{{').key).toBe('kubeconfig.unreadable')
    expect(refusal(`a: ${'b'.repeat(300_000)}`).key).toBe('kubeconfig.unreadable')
  })

  it('does not blow up in memory', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (const [name, of] of [...'bcdefghi'].map((each, index) => [each, 'abcdefgh'[index]] as const)) {
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`).join(',')}]`)
    }
    expect(refusal(bomb.join('\n')).key).toBe('kubeconfig.unreadable')
  })

  it('is read or refused in words, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (source) => {
        expect(() => readKubeconfig(source)).toThrow(NoxError)
      }),
    )
  })
})
