import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { homeOf } from '../helpers/home.ts'
import { people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

const { alice } = people
const folder = mkdtempSync(join(tmpdir(), 'nox-kubeconfig-'))
/** There once a command ran. */
const ran = join(folder, 'ran')
/** A file of the computer, and one that is not there: who reads it says so. */
const secret = 'read-from-the-disk'
const file = join(folder, 'secret')
const nowhere = join(folder, 'nowhere.pem')
const program = join(folder, 'program')
writeFileSync(file, secret)
const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 't' } }
const printed = JSON.stringify({ ...credential, access_token: 't', token_expiry: '2099-01-01T00:00:00Z' })
writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\necho '${printed}'\n`)
chmodSync(program, 0o755)

/** A cluster of a stranger, and a proxy of theirs: what they were told. */
const heard: string[] = []
function listenTo(name: string): Promise<Server> {
  const server = createServer((request, response) => {
    heard.push(`${name} ${request.headers.authorization ?? 'nothing'}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[]}')
  })
  server.on('connect', (_, socket) => {
    heard.push(`${name} a tunnel`)
    socket.destroy()
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
let servers: readonly Server[] = []
let sandbox: TestSandbox
const portOf = (at: number) => (servers[at]?.address() as AddressInfo | undefined)?.port
beforeAll(async () => {
  servers = [await listenTo('cluster'), await listenTo('proxy')]
  sandbox = await startTestSandbox()
})
beforeEach(() => {
  rmSync(ran, { force: true })
  heard.length = 0
})
afterAll(async () => {
  await sandbox.stop()
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true, force: true })
})

const command = { apiVersion: credential.apiVersion, command: program, args: [], interactiveMode: 'Never' }
const provider = (name: string, config: object) => ({ user: { 'auth-provider': { name, config } } })
const cloud = { 'cmd-path': program, 'cmd-args': 'x', 'expiry-key': '{.token_expiry}', 'token-key': '{.access_token}' }

interface Hostile {
  readonly cluster?: object
  readonly user?: object
  /** What the refusal names. */
  readonly field: string
  /** What the client of Kubernetes does with it where nobody stops it. */
  readonly stock: 'runs' | 'sends' | 'reads' | 'proxies' | 'obeys'
}
const token = { token: 't' }
const entries: Readonly<Record<string, Hostile>> = {
  exec: { user: { exec: command }, field: 'exec', stock: 'runs' },
  'auth-provider.config.exec': { ...provider('exec', { exec: command }), field: 'auth-provider', stock: 'runs' },
  'gcp cmd-path': { ...provider('gcp', cloud), field: 'auth-provider', stock: 'runs' },
  'azure cmd-path': { ...provider('azure', cloud), field: 'auth-provider', stock: 'runs' },
  'auth-provider.config.tokenFile': {
    ...provider('tokenFile', { tokenFile: file }),
    field: 'auth-provider',
    stock: 'sends',
  },
  'token-file': { user: { 'token-file': file }, field: 'token-file', stock: 'sends' },
  'certificate-authority': {
    cluster: { 'certificate-authority': nowhere },
    user: token,
    field: 'certificate-authority',
    stock: 'reads',
  },
  'client-certificate': {
    user: { ...token, 'client-certificate': nowhere },
    field: 'client-certificate',
    stock: 'reads',
  },
  'client-key': { user: { ...token, 'client-key': nowhere }, field: 'client-key', stock: 'reads' },
  'proxy-url': { cluster: { 'proxy-url': 'PROXY' }, user: token, field: 'proxy-url', stock: 'proxies' },
  as: { user: { ...token, as: 'system:admin' }, field: 'as', stock: 'obeys' },
  'insecure-skip-tls-verify': {
    cluster: { 'insecure-skip-tls-verify': true },
    user: token,
    field: 'insecure-skip-tls-verify',
    stock: 'obeys',
  },
}

const kubeconfig = ({ cluster = {}, user = token }: Hostile): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'a',
    contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${portOf(0)}`, ...cluster } }],
    users: [{ name: 'u', user }],
  }).replace('PROXY', `http://127.0.0.1:${portOf(1)}`)

describe.each(Object.entries(entries))('a kubeconfig with %s', (_, hostile) => {
  it('is refused in the form, and nothing runs, is read or is asked', async () => {
    const home = homeOf(() => sandbox)
    await home.tab(alice, 'integrations', /"admin.add.cluster"/)
    const { id } = await home.form(alice, 'admin.add.cluster')
    const fields = { name: 'hostile', environments: ['staging'], kubeconfig: kubeconfig(hostile) }
    const { errors } = await home.submit(alice, id, fields)
    expect(errors?.kubeconfig).toContain(`Le champ ${hostile.field} de`)
    expect(errors?.kubeconfig).not.toContain(secret)
    expect(existsSync(ran)).toBe(false)
    expect(heard).toEqual([])
    await sandbox.slack.closeView(societeX, alice, id)
  })

  const isSeen = hostile.stock !== 'obeys'
  it.runIf(isSeen)(`would show: the client of Kubernetes, left alone, ${hostile.stock}`, async () => {
    const error = await (async () => {
      const config = new KubeConfig()
      // Without TLS it asks nobody unless it is told to.
      const cluster = { ...hostile.cluster, 'insecure-skip-tls-verify': true }
      config.loadFromString(kubeconfig({ ...hostile, cluster }))
      await config.makeApiClient(CoreV1Api).listNamespace()
    })().catch((thrown: unknown) => thrown)
    const seen = {
      runs: existsSync(ran),
      sends: heard.includes(`cluster Bearer ${secret}`),
      reads: String(error).includes(nowhere),
      proxies: heard.some((each) => each.startsWith('proxy ')),
      obeys: true,
    }
    expect(seen[hostile.stock], String(error)).toBe(true)
  })
})
