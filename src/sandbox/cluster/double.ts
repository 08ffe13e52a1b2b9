import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Account } from './access.ts'
import { Controller } from './controller.ts'
import type { Kind, Objects } from './objects.ts'
import { plant } from './plant.ts'
import { podIsReady, type Trouble } from './pod-life.ts'
import type { ClusterSeed } from './seed.ts'
import { type ServeContext, serve } from './serve.ts'
import { Store } from './store.ts'

export interface ClusterDoubleOptions {
  readonly seed: ClusterSeed
  readonly accounts: readonly Account[]
  /** Simulated seconds in a real one; default 1. */
  readonly speed?: number
  readonly now?: () => number
  /** Simulated seconds that a Job takes; default 6. */
  readonly jobSeconds?: number
  /** Where the API stands in a server that it is mounted into: `/sandbox/clusters/prod-1`. */
  readonly basePath?: string
}

export interface ClusterFault {
  /** `gone`: the page that follows another is no longer known. */
  readonly kind: 'status' | 'reset' | 'slow' | 'gone'
  readonly status?: number
  readonly path?: RegExp
  /** How many times; absent = until removed. */
  times?: number
}

/** A simulated Kubernetes cluster behind its API. */
export interface ClusterDouble {
  listen(port?: number): Promise<{ readonly url: string }>
  close(): Promise<void>
  readonly requestListener: (request: IncomingMessage, response: ServerResponse) => void
  handles(path: string): boolean
  crash(deployment: string, namespace?: string): void
  failNextRollout(deployment: string, why: Trouble, namespace?: string): void
  failCronJob(name: string): void
  /** Another tool than NOX sets the image of a Deployment's containers. */
  release(deployment: string, namespace: string, image: string): void
  /** Ends the trouble of a Deployment, or of all. */
  heal(deployment?: string): void
  /** A node is not ready any more, or is again. */
  setNode(name: string, isReady: boolean): void
  /** Forgets all changes so far: who asks for those after an older version is told 410 Gone. */
  compact(): void
  /** Ends every watch that is open, as a server does that restarts. */
  endWatches(): void
  /** Breaks every connection, and each new one, until it is switched off again. */
  cutOff(on: boolean): void
  readonly faults: ClusterFault[]
  objects<K extends Kind>(kind: K, namespace?: string): Objects[K][]
  /** The last requests, oldest first. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly at: number }[]
  /** Changes by clients, oldest first: of what, and the annotation `nox.dev/action` after it. */
  readonly changes: readonly { readonly name: string; readonly action: string | undefined }[]
  isReady(deployment: string, namespace: string): boolean
}

const keptRequests = 1_000

/** Plants the seed and starts the controllers at once; keeps the last 1,000 requests. */
export function createClusterDouble(options: ClusterDoubleOptions): ClusterDouble {
  const now = options.now ?? Date.now
  const store = new Store(now)
  const { seed, basePath = '', speed = 1 } = options
  const controller = new Controller({
    store,
    speed,
    hasImage: seed.hasImage,
    nodes: seed.nodes,
    jobSeconds: options.jobSeconds ?? 6,
    jobSizes: Object.fromEntries(seed.cronJobs.map((each) => [each.name, each.sizeBytes ?? 0])),
  })
  const changes: { name: string; action: string | undefined }[] = []
  const context: ServeContext = {
    onChange: ({ metadata }) => changes.push({ name: metadata.name, action: metadata.annotations?.['nox.dev/action'] }),
    controller,
    accounts: options.accounts,
    version: 'v1.35.2',
    bigLogs: Object.fromEntries(
      seed.deployments.flatMap((each) =>
        each.logLines === undefined ? [] : [[`${each.namespace}/${each.name}`, each.logLines]],
      ),
    ),
  }
  plant(controller, seed)
  controller.start()
  const requests: { method: string; path: string; at: number }[] = []
  const faults: ClusterFault[] = []
  const open = new Set<Socket>()
  const watches = new Set<ServerResponse>()
  let isCut = false
  let server: Server | undefined

  const requestListener = (request: IncomingMessage, response: ServerResponse): void => {
    if (!open.has(request.socket)) {
      open.add(request.socket)
      request.socket.once('close', () => open.delete(request.socket))
    }
    if (isCut) return void request.socket.destroy()
    if (/[?&]watch=(true|1)/.test(request.url ?? '')) {
      watches.add(response)
      response.once('close', () => watches.delete(response))
    }
    const path = (request.url ?? '/').split('?')[0]?.slice(basePath.length) ?? '/'
    requests.push({ method: request.method ?? 'GET', path: request.url ?? '', at: now() })
    if (requests.length > keptRequests) requests.shift()
    const fault = takeFault(faults, path, /[?&]continue=/.test(request.url ?? ''))
    if (fault?.kind === 'reset') return void request.socket.destroy()
    if (fault?.kind === 'status') return void response.writeHead(fault.status ?? 500).end('{}')
    if (fault?.kind === 'slow') return void setTimeout(() => void serve(context, request, response, path), 3_000)
    if (fault?.kind === 'gone') store.compact()
    void serve(context, request, response, path)
  }

  const named = (name: string, namespace?: string) =>
    store.list('Deployment', namespace).filter((deployment) => deployment.metadata.name === name)

  return {
    requestListener,
    handles: (path) => path.startsWith(`${basePath}/`),
    async listen(port = 0) {
      const listening = createServer(requestListener)
      server = listening
      await new Promise<void>((resolve, reject) => {
        listening.once('error', reject)
        listening.listen(port, '127.0.0.1', resolve)
      })
      return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}${basePath}` }
    },
    async close() {
      controller.stop()
      const listening = server
      if (!listening) return
      listening.closeAllConnections()
      await new Promise((resolve) => listening.close(resolve))
    },
    crash(deployment, namespace) {
      for (const each of named(deployment, namespace)) {
        const [current] = controller.setsOf(each)
        if (current) controller.troubles.set(current.metadata.uid, { trouble: 'CrashLoopBackOff', since: now() })
      }
    },
    failNextRollout(deployment, why, namespace) {
      controller.nextTroubles.set(namespace ? `${namespace}/${deployment}` : deployment, why)
    },
    release(deployment, namespace, image) {
      for (const each of named(deployment, namespace)) {
        for (const container of each.spec.template.spec.containers) container.image = image
        each.metadata.generation = (each.metadata.generation ?? 1) + 1
        store.touch(each)
      }
    },
    failCronJob: (name) => void controller.failingCronJobs.add(name),
    heal(deployment) {
      controller.failingCronJobs.clear()
      controller.nextTroubles.clear()
      const sets = store.list('ReplicaSet')
      for (const [uid, { trouble }] of controller.troubles) {
        const set = sets.find((each) => each.metadata.uid === uid)
        const isMeant = deployment === undefined || set?.metadata.ownerReferences?.[0]?.name === deployment
        // An image that the registry does not have stays missing.
        if (isMeant && trouble !== 'ImagePullBackOff') controller.troubles.delete(uid)
      }
    },
    setNode(name, isReady) {
      const node = store.get('Node', undefined, name)
      const condition = node?.status.conditions.find(({ type }) => type === 'Ready')
      if (!node || !condition) return
      condition.status = isReady ? 'True' : 'False'
      condition.reason = isReady ? 'KubeletReady' : 'KubeletNotReady'
      condition.lastTransitionTime = store.time
      store.touch(node)
    },
    compact: () => store.compact(),
    endWatches() {
      for (const response of watches) response.end()
    },
    cutOff(on) {
      isCut = on
      if (on) for (const socket of open) socket.destroy()
    },
    faults,
    objects: (kind, namespace) => store.list(kind, namespace),
    requests,
    changes,
    isReady(deployment, namespace) {
      const [found] = named(deployment, namespace)
      const [current] = found ? controller.setsOf(found) : []
      const pods = current ? controller.podsOf(current) : []
      return pods.length > 0 && pods.every(podIsReady)
    },
  }
}

function takeFault(faults: ClusterFault[], path: string, isNextPage: boolean): ClusterFault | undefined {
  const fits = (each: ClusterFault) => each.path === undefined || each.path.test(path)
  const fault = faults.find((each) => fits(each) && (each.kind !== 'gone' || isNextPage))
  if (fault?.times !== undefined) {
    fault.times -= 1
    if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1)
  }
  return fault
}
