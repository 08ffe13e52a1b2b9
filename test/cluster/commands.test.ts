import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isReadyNode } from './control-plane.ts'
import { playKubelet } from './play-kubelet.ts'
import { all, call, imageOf, newDeployment, newNamespace, openReal, problemOf, type Real, targetOf } from './real.ts'
import { until } from './servers.ts'

let real: Real
beforeAll(() => {
  real = openReal()
})
afterAll(() => real.close())

const follow = (connection: ReturnType<Real['connect']>, namespace: string) =>
  all(real.clusters.watchRollout(connection, targetOf(namespace), call()))

/** A service that runs in two pods on hollow nodes. */
async function running(over: Parameters<typeof newDeployment>[2] = {}) {
  const { namespace, token } = await newNamespace(real.admin)
  await newDeployment(real.admin, namespace, over)
  const connection = real.connect(token, [namespace])
  const states = await follow(connection, namespace)
  expect(states.at(-1)).toMatchObject({ phase: 'done' })
  return { namespace, connection, target: targetOf(namespace) }
}

const set = (r: Awaited<ReturnType<typeof running>>, tag: string, action: string) =>
  real.clusters.setImage(r.connection, r.target, imageOf(tag), action, call())

const strategic = 'application/strategic-merge-patch+json'
const pathOf = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/deployments/user-api`

/** A release whose pods go to a node that no kubelet runs on: the test plays it. */
async function nowhere(namespace: string, tag: string): Promise<void> {
  const containers = [{ name: 'user-api', image: imageOf(tag) }]
  await real.admin.json(
    'PATCH',
    pathOf(namespace),
    { spec: { template: { spec: { nodeName: 'nowhere', containers } } } },
    strategic,
  )
}

/** Lets no new pod onto the nodes, or lets them again. */
async function cordon(unschedulable: boolean): Promise<void> {
  const { items } = await real.admin.json('GET', '/api/v1/nodes')
  for (const { metadata } of items) {
    const path = `/api/v1/nodes/${metadata.name}`
    await real.admin.json('PATCH', path, { spec: { unschedulable } }, 'application/merge-patch+json')
  }
}

describe('a real control plane', () => {
  it('has its hollow nodes ready', async () => {
    const { items } = await real.admin.json('GET', '/api/v1/nodes')
    expect(items).toHaveLength(2)
    expect(items.every(isReadyNode)).toBe(true)
    const status = await real.clusters.status(real.connect('token-of-admin'), ['default'], call())
    expect(status.nodes).toEqual({ ready: 2, total: 2 })
  })

  it('deploys, once for an action, and follows the rollout to its end', async () => {
    const r = await running()
    const before = await real.clusters.deployment(r.connection, r.target, call())
    expect(before).toMatchObject({ version: 'v1', revision: 1, ready: 2, total: 2, lastActionId: null })
    await set(r, 'v2', 'A1')
    const { metadata } = await real.admin.json('GET', `/apis/apps/v1/namespaces/${r.namespace}/deployments/user-api`)
    await set(r, 'v2', 'A1')
    const again = await real.admin.json('GET', `/apis/apps/v1/namespaces/${r.namespace}/deployments/user-api`)
    expect(again.metadata.generation).toBe(metadata.generation)
    const states = await follow(r.connection, r.namespace)
    expect(states.at(-1)).toEqual({ phase: 'done', ready: 2, total: 2 })
    expect(states.every((state, index) => state.ready >= (states[index - 1]?.ready ?? 0))).toBe(true)
    const after = await real.clusters.deployment(r.connection, r.target, call())
    expect(after).toMatchObject({ version: 'v2', revision: 2, ready: 2, lastActionId: 'A1' })
    expect(await real.clusters.findChange(r.connection, r.target, 'A1', call())).toBe('in-progress')
    expect(await real.clusters.findChange(r.connection, r.target, 'A2', call())).toBe('not-started')
  })

  it('scales and restarts', async () => {
    const r = await running()
    await real.clusters.scale(r.connection, r.target, 4, 'A1', call())
    expect((await follow(r.connection, r.namespace)).at(-1)).toEqual({ phase: 'done', ready: 4, total: 4 })
    const names = async () => (await real.clusters.pods(r.connection, r.target, call())).map(({ name }) => name)
    const before = await names()
    await real.clusters.restart(r.connection, r.target, 'A2', call())
    expect((await follow(r.connection, r.namespace)).at(-1)?.phase).toBe('done')
    await until('the old pods are gone', async () => !(await names()).some((name) => before.includes(name)))
    await real.clusters.scale(r.connection, r.target, 0, 'A3', call())
    expect((await follow(r.connection, r.namespace)).at(-1)).toEqual({ phase: 'done', ready: 0, total: 0 })
  })

  it.each([
    ['ImagePullBackOff', 'ImagePullBackOff', 'failure.image'],
    ['CrashLoopBackOff', 'CrashLoopBackOff', 'failure.crash'],
    ['OOMKilled', 'OOMKilled', 'failure.memory'],
  ] as const)('tells why a rollout failed: %s', async (trouble, reason, sentence) => {
    const r = await running()
    await nowhere(r.namespace, 'v2')
    const end = playKubelet(real.admin, r.namespace, trouble)
    const states = await follow(r.connection, r.namespace)
    await end()
    expect(states.at(-1)).toMatchObject({ phase: 'failed', ready: 2, failure: { reason, sentence: { key: sentence } } })
  })

  it('tells why a rollout failed: no node has room', async () => {
    const r = await running({ spec: { progressDeadlineSeconds: 8 } })
    const path = `/apis/apps/v1/namespaces/${r.namespace}/deployments/user-api`
    const container = { name: 'user-api', resources: { requests: { memory: '4000Gi' }, limits: { memory: '4000Gi' } } }
    const patch = { spec: { template: { spec: { containers: [container] } } } }
    await real.admin.json('PATCH', path, patch, 'application/strategic-merge-patch+json')
    const states = await follow(r.connection, r.namespace)
    expect(states.at(-1)).toMatchObject({
      phase: 'failed',
      failure: {
        reason: 'Unschedulable',
        sentence: { key: 'failure.unschedulable', params: { resource: { key: 'word.memory' } } },
      },
    })
  })

  it('tells why a rollout failed: the quota of the namespace', async () => {
    const r = await running()
    await real.admin.json('POST', `/api/v1/namespaces/${r.namespace}/resourcequotas`, {
      metadata: { name: 'compute' },
      spec: { hard: { 'limits.memory': '130Mi' } },
    })
    await until('the quota is counted', async () => {
      const quota = await real.admin.json('GET', `/api/v1/namespaces/${r.namespace}/resourcequotas/compute`)
      return quota.status.used?.['limits.memory'] === '128Mi'
    })
    await set(r, 'v2', 'A1')
    expect((await follow(r.connection, r.namespace)).at(-1)).toMatchObject({
      phase: 'failed',
      ready: 2,
      failure: {
        reason: 'Quota',
        sentence: { key: 'failure.quota', params: { resource: 'limits.memory', used: '128Mi', limit: '130Mi' } },
      },
    })
  })

  it('goes back to the revision before, with its ReplicaSet, and never to the one that failed', async () => {
    const r = await running()
    await set(r, 'v2', 'A1')
    expect((await follow(r.connection, r.namespace)).at(-1)?.phase).toBe('done')
    await cordon(true)
    await set(r, 'v3', 'A2')
    const failed = (await follow(r.connection, r.namespace)).at(-1)
    expect(failed).toMatchObject({ phase: 'failed', failure: { sentence: { key: 'failure.unplaced' } } })
    await cordon(false)
    const revisions = await real.clusters.revisions(r.connection, r.target, call())
    expect(revisions.map(({ revision, wasGood }) => [revision, wasGood])).toEqual([
      [3, false],
      [2, true],
      [1, true],
    ])
    await set(r, 'v2', 'A3')
    expect((await follow(r.connection, r.namespace)).at(-1)?.phase).toBe('done')
    const { items } = await real.admin.json('GET', `/apis/apps/v1/namespaces/${r.namespace}/replicasets`)
    expect(items).toHaveLength(3)
    const after = await real.clusters.revisions(r.connection, r.target, call())
    expect(after.map(({ version, wasGood }) => [version, wasGood])).toEqual([
      ['v2', true],
      ['v3', false],
      ['v1', true],
    ])
  })

  it('goes on where something else changes the Deployment at the same time', async () => {
    const r = await running({ replicas: 1 })
    const path = `/apis/apps/v1/namespaces/${r.namespace}/deployments/user-api`
    let isOver = false
    const other = (async () => {
      for (let n = 0; !isOver; n += 1) {
        const patch = { metadata: { annotations: { other: String(n) } } }
        await real.admin.json('PATCH', path, patch, 'application/merge-patch+json')
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })()
    const actions = Array.from({ length: 8 }, (_, n) => `A${n}`)
    await Promise.all(
      actions.map((action, n) => real.clusters.scale(r.connection, r.target, (n % 2) + 1, action, call())),
    )
    isOver = true
    await other
    for (const action of actions) {
      expect(await real.clusters.findChange(r.connection, r.target, action, call())).toBe('in-progress')
    }
  })

  it('tells a conflict that does not end', async () => {
    const r = await running({ replicas: 1 })
    const path = `/apis/apps/v1/namespaces/${r.namespace}/deployments/user-api`
    const old = await real.admin.json('GET', path)
    await set(r, 'v2', 'A1')
    await expect(real.admin.json('PUT', path, old)).rejects.toThrow(/409.*Conflict/s)
  })

  it('reads the logs of hollow pods, or tells why not', async () => {
    const r = await running()
    const query = { lines: 10, maxBytes: 100_000 }
    const outcome = await real.clusters.logs(r.connection, r.target, query, call()).catch((error: unknown) => error)
    // The kubelet of a hollow node has no log to give: the API server says so with a status, never with silence.
    if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'NoxError', code: 'vendor-failed' })
    else expect(outcome).toMatchObject({ cut: false })
  })

  it('tells the pods and the events of a service', async () => {
    const r = await running()
    const pods = await real.clusters.pods(r.connection, r.target, call())
    expect(pods).toHaveLength(2)
    for (const pod of pods) {
      expect(pod).toMatchObject({
        ready: true,
        status: 'Running',
        restarts: 0,
        node: expect.stringMatching(/^hollow-/),
      })
    }
    const events = await real.clusters.events(r.connection, r.target, Date.now() - 600_000, call())
    const reasons = events.map(({ reason }) => reason)
    expect(reasons).toEqual(expect.arrayContaining(['ScalingReplicaSet', 'SuccessfulCreate', 'Scheduled']))
    expect(reasons.indexOf('ScalingReplicaSet')).toBeLessThan(reasons.indexOf('Scheduled'))
    expect(events.every(({ at }) => Math.abs(at - Date.now()) < 600_000)).toBe(true)
  })

  it('makes a Job from a CronJob, once for an action, and follows it', async () => {
    const { namespace, token } = await newNamespace(real.admin)
    const connection = real.connect(token, [namespace])
    const container = { name: 'backup', image: 'registry.example/pg-dump:v16' }
    const template = { spec: { containers: [container], restartPolicy: 'Never', terminationGracePeriodSeconds: 0 } }
    await real.admin.json('POST', `/apis/batch/v1/namespaces/${namespace}/cronjobs`, {
      metadata: { name: 'backup-client-z' },
      spec: { schedule: '0 3 * * *', jobTemplate: { spec: { backoffLimit: 0, template } } },
    })
    const first = await real.clusters.startJob(connection, namespace, 'backup-client-z', 'A1', call())
    const second = await real.clusters.startJob(connection, namespace, 'backup-client-z', 'A1', call())
    expect(second.name).toBe(first.name)
    const { items } = await real.admin.json('GET', `/apis/batch/v1/namespaces/${namespace}/jobs`)
    expect(items).toHaveLength(1)
    expect(items[0].metadata.ownerReferences).toMatchObject([{ kind: 'CronJob', name: 'backup-client-z' }])
    expect(await real.clusters.findJob(connection, namespace, 'A1', call())).toMatchObject({ name: first.name })
    expect(await real.clusters.findJob(connection, namespace, 'A2', call())).toBeNull()
    // A hollow container never ends by itself: the deadline of the Job ends it, and that is told.
    const path = `/apis/batch/v1/namespaces/${namespace}/jobs/${first.name}`
    await real.admin.json('PATCH', path, { spec: { activeDeadlineSeconds: 3 } }, 'application/merge-patch+json')
    const states = await all(real.clusters.watchJob(connection, namespace, first.name, call()))
    expect(states[0]).toMatchObject({ phase: 'running' })
    expect(states.at(-1)).toMatchObject({ phase: 'failed', failure: expect.stringMatching(/DeadlineExceeded/) })
    const missing = await problemOf(real.clusters.startJob(connection, namespace, 'nothing', 'A3', call()))
    expect(missing).toMatchObject({ code: 'not-found', forPerson: { key: 'error.cronJob' } })
  })

  it('does not find what is not there', async () => {
    const { namespace, token } = await newNamespace(real.admin)
    const connection = real.connect(token, [namespace])
    const error = await problemOf(real.clusters.deployment(connection, targetOf(namespace), call()))
    expect(error).toMatchObject({
      code: 'not-found',
      forPerson: { key: 'error.notFound', params: { what: 'user-api' } },
    })
  })
})
