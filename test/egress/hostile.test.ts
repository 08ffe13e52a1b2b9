import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Connector } from '../../src/capabilities/connectors.ts'
import { createEgress } from '../../src/egress/index.ts'
import { createVendorFetch } from '../../src/egress/vendor-fetch.ts'
import { NoxError } from '../../src/errors.ts'
import { alertmanager } from '../../src/integrations/alertmanager/index.ts'
import { confluence } from '../../src/integrations/confluence/index.ts'
import { datadog } from '../../src/integrations/datadog/index.ts'
import { github } from '../../src/integrations/github/index.ts'
import { grafana } from '../../src/integrations/grafana/index.ts'
import { jira } from '../../src/integrations/jira/index.ts'
import { createClusters } from '../../src/integrations/kubernetes/index.ts'
import { notion } from '../../src/integrations/notion/index.ts'
import { teams } from '../../src/integrations/teams/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'

/** Names that a stranger's name server answers: a resolver that lies cannot be had otherwise. */
const zone = vi.hoisted(() => ({ answers: new Map<string, string[][]>() }))
vi.mock('node:dns/promises', async (original) => {
  const real = await original<typeof import('node:dns/promises')>()
  return {
    ...real,
    lookup: async (name: string, options: never) => {
      const answers = zone.answers.get(name)
      if (!answers) return real.lookup(name, options)
      const found = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
      return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
  }
})

const call = () => ({ signal: AbortSignal.timeout(10_000) })
let marker: Server
let port = 0
let reached = 0
beforeAll(async () => {
  marker = createServer((_, response) => {
    reached += 1
    response.end('{}')
  })
  await new Promise<void>((resolve) => marker.listen(0, '127.0.0.1', resolve))
  port = (marker.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => marker.close(resolve)))

/** 60 ways to write what is not a public address over https; `:0` becomes the port of something that listens. */
const hostile: readonly string[] = [
  // loopback, in every notation that a URL knows
  'https://127.0.0.1:0',
  'https://127.1:0',
  'https://127.0.1:0',
  'https://2130706433:0',
  'https://0x7f000001:0',
  'https://0x7f.0.0.1:0',
  'https://0x7f.1:0',
  'https://017700000001:0',
  'https://0177.0.0.1:0',
  'https://0177.0.0.01:0',
  'https://127.0.0.1.:0',
  'https://１２７.0.0.1:0',
  'https://①②⑦.⓪.⓪.①:0',
  'https://%31%32%37.0.0.1:0',
  'https://127.255.255.254:0',
  'https://0.0.0.0:0',
  'https://0:0',
  'https://localhost:0',
  'https://LOCALHOST:0',
  'https://localhost.:0',
  // IPv6, and IPv4 inside of it
  'https://[::1]:0',
  'https://[0:0:0:0:0:0:0:1]:0',
  'https://[::]:0',
  'https://[::ffff:127.0.0.1]:0',
  'https://[::ffff:7f00:1]:0',
  'https://[::ffff:0:127.0.0.1]:0',
  'https://[::127.0.0.1]:0',
  'https://[64:ff9b::127.0.0.1]:0',
  'https://[64:ff9b::a9fe:a9fe]:0',
  'https://[64:ff9b:1::7f00:1]:0',
  'https://[2002:7f00:1::]:0',
  'https://[2001:0:7f00:1::]:0',
  'https://[fe80::1]:0',
  'https://[fec0::1]:0',
  'https://[fc00::1]:0',
  'https://[fd12:3456:789a::1]:0',
  'https://[ff02::1]:0',
  'https://[2001:db8::1]:0',
  // private networks and what is nobody's
  'https://10.0.0.1',
  'https://172.16.0.1',
  'https://172.31.255.255',
  'https://192.168.0.1',
  'https://3232235521',
  'https://100.64.0.1',
  'https://198.18.0.1',
  'https://192.0.2.1',
  'https://240.0.0.1',
  'https://255.255.255.255',
  'https://224.0.0.1',
  // metadata of clouds
  'https://169.254.169.254',
  'https://2852039166',
  'https://0xa9fea9fe',
  'https://[fd00:ec2::254]',
  'https://100.100.100.200',
  'https://192.0.0.192',
  'https://168.63.129.16',
  'https://metadata.google.internal',
  // users in addresses, other schemes, no encryption
  'https://api.github.com@127.0.0.1:0',
  'https://user:password@93.184.216.34',
  'https://93.184.216.34%2f@127.0.0.1:0',
  'http://93.184.216.34',
  'ftp://93.184.216.34',
  'file:///etc/passwd',
  // names whose owner answers with an inside address, at once, among others, or the second time
  'https://inside.example:0',
  'https://both.example:0',
  'https://rebind.example:0',
]

const at = (address: string) => address.replace(/:0$/, `:${port}`)

function lie(): void {
  zone.answers.set('metadata.google.internal', [['169.254.169.254']])
  zone.answers.set('localhost.', [['127.0.0.1']])
  zone.answers.set('inside.example', [['127.0.0.1']])
  zone.answers.set('both.example', [['93.184.216.34', '127.0.0.1']])
  zone.answers.set('rebind.example', [['93.184.216.34'], ['127.0.0.1']])
}

const secrets = { token: 'stolen', apiKey: 'stolen', appKey: 'stolen' }
const rest = { tenantId: 'T1', account: '', connectedAt: 0, checkedAt: 0, failingSince: null }

async function byConnector(connector: Connector, address: string, allowPrivate: readonly string[] = []) {
  const connectors = createConnectors([connector], { allowPrivate, now: Date.now })
  const settings = { url: address, server: address, edition: 'cloud', email: 'nox@acme.example' }
  try {
    const integration = { ...rest, vendor: connector.vendor, settings }
    return await (await connectors.open({ integration, secrets: { ...secrets, webhooks: address } })).test(call())
  } finally {
    await connectors.close()
  }
}

async function byFetch(address: string, allowPrivate: readonly string[] = []) {
  const egress = createEgress({ allowPrivate })
  const dispatcher = egress.dispatcher()
  const fetch = createVendorFetch({ vendor: 'Nobody', egress, dispatcher })
  return fetch(address, call()).finally(() => dispatcher.destroy())
}

async function byKubernetes(address: string, allowPrivate: readonly string[] = []) {
  const clusters = createClusters({ egress: createEgress({ allowPrivate }), now: Date.now })
  const cluster = {
    tenantId: 'T1',
    id: 'c',
    name: 'c',
    environments: [],
    namespaces: [],
    isDefault: true,
    checkedAt: 0,
  }
  return clusters
    .test({ cluster, access: { server: address, token: 'stolen' } }, call())
    .finally(() => clusters.close())
}

type Client = (address: string, allowPrivate?: readonly string[]) => Promise<unknown>
const by =
  (connector: Connector): Client =>
  (address, allowPrivate) =>
    byConnector(connector, address, allowPrivate)
const clients: Readonly<Record<string, Client>> = {
  'plain fetch': byFetch,
  Octokit: by(github),
  'Notion’s SDK': by(notion),
  'Datadog’s SDK': by(datadog),
  Jira: by(jira),
  Confluence: by(confluence),
  Grafana: by(grafana),
  Alertmanager: by(alertmanager),
  'Microsoft Teams': by(teams),
  Kubernetes: byKubernetes,
}

it('has sixty ways in and more', () => expect(new Set(hostile).size).toBeGreaterThanOrEqual(60))

describe.each(Object.keys(clients))('%s', (name) => {
  it('reaches nothing that is not public, however it is written', async () => {
    const through: string[] = []
    for (const address of hostile) {
      lie()
      const error = await clients[name]?.(at(address)).catch((thrown: unknown) => thrown)
      const isBlocked = error instanceof NoxError && error.code === 'blocked-address'
      // A form refuses these before anything is sent; here any error will do.
      const isNoForm = !/^https?:/.test(address) || address.includes('user:')
      if (!isBlocked && !(isNoForm && error instanceof Error)) through.push(`${address}: ${String(error)}`)
      expect(JSON.stringify([String(error), (error as NoxError).forPerson ?? null])).not.toMatch(/stolen|password/)
    }
    expect(through).toEqual([])
    expect(reached).toBe(0)
  })
})

describe('a redirect', () => {
  it.each(Object.entries(clients))('to another place is not followed by %s', async (_, client) => {
    for (const status of [301, 302, 307, 308]) {
      let asked = 0
      const vendor = createServer((_request, response) => {
        asked += 1
        response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end()
      })
      await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
      const { port: own } = vendor.address() as AddressInfo
      // Both places are allowed: what is refused is the way from one to the other.
      const error = await client(`http://127.0.0.1:${own}`, ['127.0.0.1']).catch((thrown: unknown) => thrown)
      await new Promise((resolve) => vendor.close(resolve))
      expect(asked).toBeGreaterThan(0)
      expect(error).toBeInstanceOf(NoxError)
      expect(reached).toBe(0)
    }
  })

  it.each(hostile.filter((address) => URL.canParse(address)))('to %s is not followed', async (address) => {
    lie()
    const vendor = createServer((_, response) => response.writeHead(302, { location: new URL(at(address)).href }).end())
    await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
    const { port: own } = vendor.address() as AddressInfo
    const sent = byConnector(grafana, `http://127.0.0.1:${own}`, ['127.0.0.1'])
    await expect(sent).rejects.toMatchObject({ code: 'vendor-refused' })
    await new Promise((resolve) => vendor.close(resolve))
    expect(reached).toBe(0)
  })
})
