import { generateKeyPairSync } from 'node:crypto'
import type { Connected, Connection } from '../../src/capabilities/connectors.ts'
import { github } from '../../src/integrations/github/index.ts'
import { createGithubDouble, type GithubDouble, type GithubSeed } from '../../src/sandbox/github/index.ts'
import { createConnectors } from '../../src/start/create-connectors.ts'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const all = { contents: 'read', pull_requests: 'read', actions: 'write', deployments: 'write' } as const

export const repository = 'acme/user-api'

export const seed: GithubSeed = {
  accounts: [
    { token: 'ghp_all', login: 'nox-acme', permissions: all, scopes: 'repo, read:org' },
    { token: 'ghp_narrow', login: 'nox-narrow', permissions: { contents: 'read' }, scopes: 'public_repo' },
  ],
  app: {
    id: 4711,
    slug: 'nox',
    publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    installationId: 815,
    permissions: { ...all, actions: 'read' },
  },
  repositories: [
    {
      name: repository,
      branches: ['main', 'feature/auth', ...Array.from({ length: 130 }, (_, at) => `old/${at}`)],
      tags: ['v1.0.0'],
      workflows: [{ file: 'deploy.yml', name: 'Deploy', inputs: { environment: true, nox_action: false } }],
      pulls: [
        { number: 7, title: 'One', author: 'bob', branch: 'feature/auth', state: 'open', minutesAgo: 5 },
        { number: 6, title: 'Two', author: 'eve', branch: 'main', state: 'merged', minutesAgo: 50 },
        { number: 5, title: 'Three', author: 'eve', branch: 'main', state: 'closed', minutesAgo: 40 },
      ],
      runs: [
        { workflow: 'CI', branch: 'main', title: 'Good', by: 'bob', minutesAgo: 30, ends: 'success' },
        { workflow: 'CI', branch: 'feature/auth', title: 'Bad', by: 'bob', minutesAgo: 20, ends: 'failure' },
        { workflow: 'CI', branch: 'main', title: 'Long', by: 'bob', minutesAgo: 10, ends: 'success', seconds: 99_999 },
      ],
    },
  ],
}

export const byToken = (token: string) => ({ settings: {}, secrets: { token } })
export const byApp = { settings: { appId: '4711', installationId: '815' }, secrets: { privateKey } }

export interface GithubUnderTest {
  readonly double: GithubDouble
  connect(how: { settings: Record<string, string>; secrets: Record<string, string> }): Promise<Connected>
  close(): Promise<void>
}

/** A simulated GitHub, and NOX's client connected to it over HTTP. */
export async function startGithub(over: Partial<GithubSeed> = {}): Promise<GithubUnderTest> {
  const double = createGithubDouble({ seed: { ...seed, ...over } })
  const { url } = await double.listen()
  const connectors = createConnectors([github], { allowPrivate: ['127.0.0.1'], now: Date.now })
  return {
    double,
    connect({ settings, secrets }) {
      const connection: Connection = {
        integration: {
          tenantId: 'T1',
          vendor: 'github',
          settings: { server: url, ...settings },
          account: settings.appId === undefined ? 'nox-acme' : 'nox[bot]',
          connectedAt: 0,
          checkedAt: 0,
          failingSince: null,
        },
        secrets,
      }
      return connectors.open(connection)
    },
    async close() {
      await connectors.close()
      await double.close()
    },
  }
}
