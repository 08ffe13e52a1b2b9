import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { adminToken, kubectl } from './kubectl.ts'
import { removeDeadSockets, removeFolders } from './leftovers.ts'
import { freePort, type Running, startServer, until } from './servers.ts'

/** Where a control plane is reached, and what it trusts. */
export interface Reach {
  readonly server: string
  /** PEM. */
  readonly ca: string
  readonly etcd: string
  readonly folder: string
}

declare module 'vitest' {
  interface ProvidedContext {
    cluster: Reach
  }
}

export interface ControlPlane extends Reach {
  readonly apiServer: { stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>; start(): Promise<void> }
  stop(): Promise<void>
}

/** Users of the API server, by token; what they may do is bound by tests with real RBAC. */
const users = ['system:kube-controller-manager', 'system:kube-scheduler', 'nox', 'reader', 'watcher', 'stranger']

/**
 * Starts etcd and an API server; with `controllers` also the controller manager, the scheduler and hollow nodes.
 * Everything listens on 127.0.0.1, and goes away with `stop`.
 */
export async function startControlPlane(options: { readonly hollowNodes: number }): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'nox-cluster-'))
  const [client, peer, secure] = [await freePort(), await freePort(), await freePort()]
  const etcd = `http://127.0.0.1:${client}`
  const server = `https://127.0.0.1:${secure}`
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }))
  const masters = [`${adminToken},admin,admin,system:masters`, 'token-of-a-node,hollow,hollow,system:masters']
  writeFileSync(
    join(folder, 'tokens.csv'),
    [...masters, ...users.map((user) => `token-of-${user},${user},${user}`)].join('\n'),
  )
  mkdirSync(join(folder, 'certs'))
  const running: Running[] = []
  const etcdArgs = [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=default=http://127.0.0.1:${peer}`,
    '--unsafe-no-fsync',
  ]
  running.push(startServer('etcd', etcdArgs, folder))
  const apiArgs = [
    `--etcd-servers=${etcd}`,
    `--secure-port=${secure}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${join(folder, 'certs')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://nox.example',
    `--service-account-key-file=${join(folder, 'sa.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    '--service-cluster-ip-range=10.99.0.0/16',
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
    '--kubelet-preferred-address-types=InternalIP',
  ]
  let api = startServer('kube-apiserver', apiArgs, folder)
  const reach = (): Reach => ({
    server,
    ca: readFileSync(join(folder, 'certs', 'apiserver.crt'), 'utf8'),
    etcd,
    folder,
  })
  const isReady = async () => (await kubectl(reach()).text('GET', '/readyz')) === 'ok'
  const stop = async () => {
    for (const each of running.splice(1).toReversed()) await each.stop('SIGKILL')
    await api.stop('SIGKILL')
    await running[0]?.stop('SIGKILL')
    if (options.hollowNodes > 0) await removeDeadSockets()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until('the API server is ready', isReady)
    if (options.hollowNodes > 0) running.push(...(await startControllers(reach(), folder, options.hollowNodes)))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ...reach(),
    apiServer: {
      stop: (signal) => api.stop(signal),
      async start() {
        api = startServer('kube-apiserver', apiArgs, folder)
        await until('the API server is ready again', isReady)
      },
    },
    stop,
  }
}

function kubeconfig({ server, ca }: Reach, token: string): string {
  const data = Buffer.from(ca).toString('base64')
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'it',
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    clusters: [{ name: 'it', cluster: { server, 'certificate-authority-data': data } }],
    users: [{ name: 'it', user: { token } }],
  })
}

async function startControllers(reach: Reach, folder: string, nodes: number): Promise<readonly Running[]> {
  const config = (name: string, token: string) => {
    const path = join(folder, `${name}.kubeconfig`)
    writeFileSync(path, kubeconfig(reach, token))
    return `--kubeconfig=${path}`
  }
  const alone = ['--leader-elect=false', '--bind-address=127.0.0.1']
  const running = [
    startServer(
      'kube-controller-manager',
      [
        config('controller-manager', adminToken),
        ...alone,
        `--secure-port=${await freePort()}`,
        `--service-account-private-key-file=${join(folder, 'sa.key')}`,
        '--kube-api-qps=500',
        '--kube-api-burst=1000',
        // A node that is silent for so long counts as not ready: a test does not wait for the usual 50 s.
        '--node-monitor-grace-period=12s',
        '--node-monitor-period=1s',
      ],
      folder,
    ),
    startServer(
      'kube-scheduler',
      [
        config('scheduler', adminToken),
        ...alone,
        `--secure-port=${await freePort()}`,
        '--kube-api-qps=500',
        '--kube-api-burst=1000',
      ],
      folder,
    ),
  ]
  for (let node = 1; node <= nodes; node += 1) running.push(await startHollowNode(reach, `hollow-${node}`))
  const k = kubectl(reach)
  await until('hollow nodes are ready', async () => {
    const { items } = await k.json('GET', '/api/v1/nodes')
    return items.length === nodes && items.every(isReadyNode)
  })
  await until('namespaces have their accounts', async () =>
    Boolean(await k.json('GET', '/api/v1/namespaces/default/serviceaccounts/default')),
  )
  return running
}

export const isReadyNode = (node: {
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] }
}): boolean => node.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')

/** A kubelet without containers: it registers its node, and says of each pod that it runs. */
export async function startHollowNode(reach: Reach, name: string): Promise<Running> {
  const path = join(reach.folder, `${name}.kubeconfig`)
  writeFileSync(path, kubeconfig(reach, 'token-of-a-node'))
  const args = [
    '--morph=kubelet',
    `--name=${name}`,
    `--kubeconfig=${path}`,
    '--use-host-image-service=false',
    `--kubelet-port=${await freePort()}`,
    `--kubelet-read-only-port=${await freePort()}`,
    '--kube-api-qps=100',
    '--kube-api-burst=200',
    '--v=1',
  ]
  const running = startServer('kubemark', args, reach.folder, name)
  return {
    ...running,
    async stop(signal) {
      await running.stop(signal)
      removeFolders(join(reach.folder, `${name}.log`))
    },
  }
}

/** vitest's global setup: one control plane for all files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const plane = await startControlPlane({ hollowNodes: 2 })
  const { server, ca, etcd, folder } = plane
  project.provide('cluster', { server, ca, etcd, folder })
  return plane.stop
}
