import type { ClusterSeed } from './cluster/index.ts'
import { githubOwner } from './seed-github.ts'

/** A simulated cluster with what NOX's catalogue says of it. */
export interface SeededCluster {
  readonly name: string
  readonly environments: readonly string[]
  readonly namespaces: readonly string[]
  readonly isDefault: boolean
  readonly token: string
  /** Where its trouble is told; absent = it is not watched. */
  readonly watchChannel?: string
  readonly seed: ClusterSeed
}

/** A service of the catalogue: where it runs, by environment. */
export interface SeededService {
  readonly name: string
  readonly aliases: readonly string[]
  readonly imageTemplate: string
  readonly repository?: string
  readonly workflow?: string
  readonly targets: readonly { readonly environment: string; readonly cluster: string; readonly namespace: string }[]
}

export interface SeededBackup {
  readonly name: string
  readonly aliases: readonly string[]
  readonly environment: string
  readonly cluster: string
  readonly namespace: string
  readonly cronJob: string
}

/** What one simulated workspace works with. */
export interface SeededEstate {
  readonly teamId: string
  readonly clusters: readonly SeededCluster[]
  readonly services: readonly SeededService[]
  readonly backups: readonly SeededBackup[]
}

const registry = 'registry.example'
const image = (service: string, tag: string) => `${registry}/${service}:${tag}`
/** Tags that the registry has: releases 2.2 to 2.4, and what CI built of three branches. */
const known = /^registry\.example\/[\w-]+:(v?2\.[2-4]\.\d+|main|feature-auth|fix-login|v\d+)$/
const hasImage = (name: string): boolean => known.test(name)
const gigabyte = 1_000_000_000

const names = ['user-api', 'billing', 'web', 'checkout', 'search', 'mailer'] as const
const aliases: Record<(typeof names)[number], readonly string[]> = {
  'user-api': ['users'],
  billing: ['facturation'],
  web: ['front'],
  checkout: ['panier'],
  search: ['recherche'],
  mailer: ['mails'],
}
const replicas = (name: string) => (name === 'user-api' || name === 'web' ? 3 : 2)
const backup = (namespace: string, name: string, sizeBytes: number) => ({
  namespace,
  name,
  image: image('pg-dump', 'v16'),
  schedule: '0 3 * * *',
  sizeBytes,
})

const societeX: SeededEstate = {
  teamId: 'T0SOCIETEX',
  clusters: [
    {
      name: 'dev-1',
      environments: ['development', 'staging'],
      namespaces: ['dev', 'staging'],
      isDefault: false,
      token: 'sandbox-dev-1',
      watchChannel: 'C0INCIDENTS',
      seed: {
        nodes: ['dev-node-1', 'dev-node-2'],
        namespaces: ['dev', 'staging', 'default', 'kube-system'],
        hasImage,
        cronJobs: [],
        deployments: [
          ...names.map((name) => ({ namespace: 'dev', name, image: image(name, 'main'), replicas: 1 })),
          ...names.map((name) => ({
            namespace: 'staging',
            name,
            image: image(name, 'v2.3.1'),
            replicas: replicas(name),
            before: [image(name, 'v2.3.0')],
            ...(name === 'search' ? { trouble: 'CrashLoopBackOff' as const } : {}),
          })),
        ],
      },
    },
    {
      name: 'prod-1',
      environments: ['production'],
      namespaces: ['prod'],
      isDefault: true,
      token: 'sandbox-prod-1',
      watchChannel: 'C0INCIDENTS',
      seed: {
        nodes: ['prod-node-1', 'prod-node-2', 'prod-node-3'],
        namespaces: ['prod', 'default', 'kube-system'],
        hasImage,
        cronJobs: [
          backup('prod', 'backup-client-z', 2.4 * gigabyte),
          backup('prod', 'backup-user-db', 11.8 * gigabyte),
        ],
        deployments: names.map((name) => ({
          namespace: 'prod',
          name,
          image: image(name, 'v2.3.1'),
          replicas: replicas(name),
          before: [image(name, 'v2.2.4'), image(name, 'v2.3.0')],
          ...(name === 'mailer' ? { trouble: 'OOMKilled' as const } : {}),
        })),
      },
    },
  ],
  services: names.map((name) => ({
    name,
    aliases: aliases[name],
    imageTemplate: `${registry}/{service}:{tag}`,
    repository: `${githubOwner}/${name}`,
    targets: [
      { environment: 'development', cluster: 'dev-1', namespace: 'dev' },
      { environment: 'staging', cluster: 'dev-1', namespace: 'staging' },
      { environment: 'production', cluster: 'prod-1', namespace: 'prod' },
    ],
  })),
  backups: [
    {
      name: 'client-Z',
      aliases: ['clientz'],
      environment: 'production',
      cluster: 'prod-1',
      namespace: 'prod',
      cronJob: 'backup-client-z',
    },
    {
      name: 'user-db',
      aliases: ['users-db'],
      environment: 'production',
      cluster: 'prod-1',
      namespace: 'prod',
      cronJob: 'backup-user-db',
    },
  ],
}

/** One cluster of a client of the freelance: its site and its API, in production. */
function clientCluster(client: 'y' | 'z', isDefault: boolean): SeededCluster {
  const namespace = `client-${client}`
  const services = [`site-${client}`, `api-${client}`]
  return {
    name: `client-${client}`,
    environments: ['production'],
    namespaces: [namespace],
    isDefault,
    token: `sandbox-client-${client}`,
    seed: {
      nodes: [`${namespace}-node-1`],
      namespaces: [namespace, 'default', 'kube-system'],
      hasImage,
      cronJobs: [backup(namespace, `backup-client-${client}`, 0.8 * gigabyte)],
      deployments: services.map((name) => ({
        namespace,
        name,
        image: image(name, 'v2.3.1'),
        replicas: 2,
        before: [image(name, 'v2.3.0')],
      })),
    },
  }
}

const freelance: SeededEstate = {
  teamId: 'T0FREELEA',
  clusters: [clientCluster('y', true), clientCluster('z', false)],
  services: (['y', 'z'] as const).flatMap((client) =>
    [`site-${client}`, `api-${client}`].map((name) => ({
      name,
      aliases: [],
      imageTemplate: `${registry}/{service}:{tag}`,
      targets: [{ environment: 'production', cluster: `client-${client}`, namespace: `client-${client}` }],
    })),
  ),
  backups: (['y', 'z'] as const).map((client) => ({
    name: `client-${client.toUpperCase()}`,
    aliases: [],
    environment: 'production',
    cluster: `client-${client}`,
    namespace: `client-${client}`,
    cronJob: `backup-client-${client}`,
  })),
}

/** What the sandbox's workspaces start with. */
export const seededEstates: readonly SeededEstate[] = [societeX, freelance]
