import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RolloutState } from '../../src/capabilities/clusters.ts'
import { NoxError } from '../../src/errors.ts'
import type { Trouble } from '../../src/sandbox/cluster/index.ts'
import { type ClusterUnderTest, connectedCluster, readerToken, target } from '../helpers/cluster.ts'

let running: ClusterUnderTest | undefined
afterEach(async () => {
  await running?.close()
  running = undefined
})

async function start(...options: Parameters<typeof connectedCluster>): Promise<ClusterUnderTest> {
  running = await connectedCluster(...options)
  return running
}

const call = (ms = 20_000) => ({ signal: AbortSignal.timeout(ms) })
const imageOf = (tag: string) => `registry.example/user-api:${tag}`

async function follow({ clusters, connection }: ClusterUnderTest): Promise<RolloutState[]> {
  const states: RolloutState[] = []
  for await (const state of clusters.watchRollout(connection, target, call())) states.push(state)
  return states
}

const problem = (work: Promise<unknown>): Promise<NoxError> =>
  work.then(
    () => Promise.reject(new Error('it went well')),
    (error: unknown) => {
      if (error instanceof NoxError) return error
      throw error
    },
  )

describe('a deployment', () => {
  it('sets the image once, and follows the rollout to its end', async () => {
    const cluster = await start()
    const { clusters, connection, double } = cluster
    const before = await clusters.deployment(connection, target, call())
    expect(before).toMatchObject({ version: 'v2', revision: 2, ready: 3, total: 3 })
    await clusters.setImage(connection, target, imageOf('v3'), 'A1', call())
    await clusters.setImage(connection, target, imageOf('v3'), 'A1', call())
    expect(double.requests.filter((request) => request.method === 'PATCH')).toHaveLength(1)
    const states = await follow(cluster)
    expect(states.at(-1)).toEqual({ phase: 'done', ready: 3, total: 3 })
    expect(states.every((state, index) => state.ready >= (states[index - 1]?.ready ?? 0))).toBe(true)
    const after = await clusters.deployment(connection, target, call())
    expect(after).toMatchObject({ version: 'v3', revision: 3, ready: 3, lastActionId: 'A1' })
    expect(await clusters.findChange(connection, target, 'A1', call())).toBe('in-progress')
    expect(await clusters.findChange(connection, target, 'A2', call())).toBe('not-started')
  })

  it.each<[Trouble, string, string]>([
    ['ImagePullBackOff', 'ImagePullBackOff', 'failure.image'],
    ['CrashLoopBackOff', 'CrashLoopBackOff', 'failure.crash'],
    ['OOMKilled', 'OOMKilled', 'failure.memory'],
    ['Unschedulable', 'Unschedulable', 'failure.unschedulable'],
    ['Quota', 'Quota', 'failure.quota'],
  ])('tells why a rollout fails: %s', async (trouble, reason, sentence) => {
    const cluster = await start()
    cluster.double.failNextRollout('user-api', trouble)
    await cluster.clusters.setImage(cluster.connection, target, imageOf('v3'), 'A1', call())
    const last = (await follow(cluster)).at(-1)
    expect(last).toMatchObject({ phase: 'failed', total: 3, failure: { reason, sentence: { key: sentence } } })
    // The old version goes on serving.
    expect(last?.ready).toBe(3)
    if (trouble === 'CrashLoopBackOff') expect(last?.failure?.lines.at(-1)).toContain('exiting with code 1')
  })

  it('goes back to the last good revision, not to the one that failed', async () => {
    const cluster = await start()
    const { clusters, connection, double } = cluster
    double.failNextRollout('user-api', 'CrashLoopBackOff')
    await clusters.setImage(connection, target, imageOf('v3'), 'A1', call())
    expect((await follow(cluster)).at(-1)?.phase).toBe('failed')
    await clusters.setImage(connection, target, imageOf('v2'), 'A2', call())
    expect((await follow(cluster)).at(-1)?.phase).toBe('done')
    const revisions = await clusters.revisions(connection, target, call())
    expect(revisions.map(({ version, wasGood }) => [version, wasGood])).toEqual([
      ['v2', true],
      ['v3', false],
      ['v1', true],
    ])
    // The ReplicaSet of before was taken again.
    expect(double.objects('ReplicaSet').filter((set) => set.metadata.name.startsWith('user-api'))).toHaveLength(3)
  })

  it('counts a revision as good that failed at first and has all of its pods ready by now', async () => {
    const cluster = await start()
    const { clusters, connection, double } = cluster
    double.failNextRollout('user-api', 'CrashLoopBackOff')
    await clusters.setImage(connection, target, imageOf('v3'), 'A1', call())
    expect((await follow(cluster)).at(-1)?.phase).toBe('failed')
    const good = async () => {
      const revisions = await clusters.revisions(connection, target, call())
      return revisions.find(({ version }) => version === 'v3')?.wasGood
    }
    expect(await good()).toBe(false)
    double.heal('user-api')
    expect((await follow(cluster)).at(-1)?.phase).toBe('done')
    expect(await good()).toBe(true)
  })

  it('rests after five failures in a row, says so, and still sees a rollout through', async () => {
    const cluster = await start()
    const { clusters, connection, double } = cluster
    await clusters.setImage(connection, target, imageOf('v3'), 'A1', call())
    double.cutOff(true)
    const followed = follow(cluster)
    const look = () => problem(clusters.listDeployments(connection, ['staging'], call()))
    for (let at = 0; at < 5; at += 1) expect((await look()).forPerson).toBeUndefined()
    double.cutOff(false)
    expect(await look()).toMatchObject({ code: 'unreachable', forPerson: { key: 'error.cluster.rests' } })
    expect((await followed).at(-1)).toMatchObject({ phase: 'done' })
    expect(await clusters.test(connection, call())).toBeDefined()
  })

  it('goes on following where the cluster is cut off in the middle', async () => {
    const cluster = await start({ speed: 10 })
    await cluster.clusters.setImage(cluster.connection, target, imageOf('v3'), 'A1', call())
    setTimeout(() => cluster.double.cutOff(true), 100)
    setTimeout(() => cluster.double.cutOff(false), 2_500)
    expect((await follow(cluster)).at(-1)).toMatchObject({ phase: 'done', ready: 3 })
  })

  it('names the containers that there are, where the catalogue names another', async () => {
    const { clusters, connection, double } = await start()
    const error = await problem(
      clusters.setImage(connection, { ...target, container: 'app' }, imageOf('v3'), 'A1', call()),
    )
    expect(error).toMatchObject({ code: 'not-found', forPerson: { key: 'error.container' } })
    expect(double.requests.some((request) => request.method === 'PATCH')).toBe(false)
  })

  it('scales and restarts', async () => {
    const cluster = await start()
    const { clusters, connection } = cluster
    await clusters.scale(connection, target, 5, 'A1', call())
    expect((await follow(cluster)).at(-1)).toEqual({ phase: 'done', ready: 5, total: 5 })
    const names = async () => (await clusters.pods(connection, target, call())).map((pod) => pod.name)
    const before = await names()
    await clusters.restart(connection, target, 'A2', call())
    expect((await follow(cluster)).at(-1)?.phase).toBe('done')
    expect((await names()).some((name) => before.includes(name))).toBe(false)
  })
})

describe('looking', () => {
  it('tells what is unhealthy and why', async () => {
    const { clusters, connection } = await start()
    const status = await clusters.status(connection, ['staging'], call())
    expect(status).toMatchObject({
      nodes: { ready: 3, total: 3 },
      deployments: { ready: 2, total: 3 },
      pods: { ready: 5, total: 7 },
    })
    expect(status.problems).toMatchObject([
      { kind: 'deployment', name: 'search', why: 'CrashLoopBackOff', ready: 0, total: 2 },
    ])
    const events = await clusters.events(connection, { ...target, deployment: 'search' }, 0, call())
    expect(events.map((event) => event.reason)).toContain('BackOff')
  })

  it('begins a list anew where the cluster forgot it between two pages, and tells no pod twice', async () => {
    const { clusters, connection, double } = await start()
    await clusters.scale(connection, target, 620, 'A1', call())
    await vi.waitFor(() => expect(double.objects('Pod', 'staging').length).toBeGreaterThan(620), 10_000)
    double.faults.push({ kind: 'gone', times: 1 })
    const before = double.requests.length
    const pods = await clusters.pods(connection, target, call())
    expect(new Set(pods.map(({ name }) => name)).size).toBe(pods.length)
    expect(pods.length).toBeGreaterThanOrEqual(620)
    const pages = double.requests.slice(before).filter(({ path }) => path.includes('/pods?'))
    expect(pages.map(({ path }) => path.includes('continue='))).toEqual([false, true, false, true])
    double.faults.push({ kind: 'gone', times: 2 })
    expect(await problem(clusters.pods(connection, target, call()))).toMatchObject({ facts: { status: 410 } })
  })

  it('reads the newest lines of all pods in the order of time', async () => {
    const { clusters, connection } = await start()
    const found = await clusters.logs(connection, target, { lines: 30, maxBytes: 1_000_000 }, call())
    expect(found.lines).toHaveLength(30)
    expect(found.cut).toBe(true)
    expect(new Set(found.lines.map((line) => line.pod)).size).toBe(3)
    const times = found.lines.map((line) => line.at ?? 0)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const middle = times[15] ?? 0
    const early = await clusters.logs(connection, target, { lines: 5, maxBytes: 1_000_000, until: middle }, call())
    expect(early.lines).toHaveLength(5)
    expect(early.lines.every(({ at }) => (at ?? 0) < middle)).toBe(true)
    const errors = await clusters.logs(connection, target, { lines: 500, maxBytes: 1_000_000, level: 'error' }, call())
    expect(errors.lines.length).toBeGreaterThan(0)
    expect(errors.lines.every((line) => line.text.includes('"level":"error"'))).toBe(true)
  })

  it('filters a log of a gigabyte without holding it', async () => {
    const { clusters, connection } = await start({})
    const chatty = { ...target, deployment: 'chatty', container: 'chatty' }
    const signal = AbortSignal.timeout(4_000)
    const before = process.memoryUsage().rss
    const reading = clusters.logs(
      connection,
      chatty,
      { lines: 100, maxBytes: 1_000_000, contains: 'no such words' },
      { signal },
    )
    expect((await problem(reading)).code).toBe('timeout')
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })

  it('reads the run before a crash', async () => {
    const { clusters, connection } = await start()
    const search = { ...target, deployment: 'search', container: 'search' }
    const found = await clusters.logs(connection, search, { lines: 10, maxBytes: 100_000, previous: true }, call())
    expect(found.lines.at(-1)?.text).toContain('exiting with code 1')
  })
})

describe('a backup', () => {
  it('runs the Job of a CronJob once, and tells its size', async () => {
    const { clusters, connection, double } = await start()
    const first = await clusters.startJob(connection, 'staging', 'backup-client-z', '01KAX3V5T0Y6Q2Z8', call())
    const again = await clusters.startJob(connection, 'staging', 'backup-client-z', '01KAX3V5T0Y6Q2Z8', call())
    expect(again.name).toBe(first.name)
    expect(double.objects('Job')).toHaveLength(1)
    const states = []
    for await (const state of clusters.watchJob(connection, 'staging', first.name, call())) states.push(state)
    expect(states.at(-1)).toMatchObject({ phase: 'done', sizeBytes: 1_200_000_000 })
    expect(await clusters.findJob(connection, 'staging', '01KAX3V5T0Y6Q2Z8', call())).toMatchObject({ phase: 'done' })
    expect(await clusters.findJob(connection, 'staging', 'another', call())).toBeNull()
  })

  it('tells the last lines of one that fails', async () => {
    const { clusters, connection, double } = await start()
    double.failCronJob('backup-client-z')
    const { name } = await clusters.startJob(connection, 'staging', 'backup-client-z', 'A1', call())
    const states = []
    for await (const state of clusters.watchJob(connection, 'staging', name, call())) states.push(state)
    expect(states.at(-1)).toMatchObject({ phase: 'failed', failure: 'exit 2' })
    expect(states.at(-1)?.lines.at(-1)).toContain('pg_dump: error')
  })
})

describe('what a cluster does not give', () => {
  it('tells which rights are missing', async () => {
    const { clusters, connect } = await start()
    const tested = await clusters.test(connect(readerToken), call())
    expect(tested.version).toMatch(/^v1\./)
    expect(tested.forbidden).toEqual(['patch deployments (staging)', 'create jobs (staging)'])
    const error = await problem(clusters.setImage(connect(readerToken), target, imageOf('v3'), 'A1', call()))
    expect(error.forPerson).toMatchObject({ key: 'failure.forbidden', params: { verb: 'patch deployments' } })
  })

  it('says that the credentials are no longer taken', async () => {
    const { clusters, connect } = await start()
    const error = await problem(clusters.status(connect('stolen'), ['staging'], call()))
    expect(error).toMatchObject({ code: 'forbidden', forPerson: { key: 'error.cluster.credentials' } })
    expect(JSON.stringify(error)).not.toContain('stolen')
  })

  it('refuses names that are no names, before anything is sent', async () => {
    const { clusters, connection, double } = await start()
    const sent = double.requests.length
    for (const name of ['../../secrets', 'a/b', 'a?x=1', '', 'UPPER', 'a..b']) {
      const error = await problem(clusters.deployment(connection, { ...target, deployment: name }, call()))
      expect(error.code).toBe('bad-input')
    }
    expect(double.requests).toHaveLength(sent)
  })

  it('keeps one connection for many calls', async () => {
    const { clusters, connection, double } = await start()
    for (let i = 0; i < 10; i += 1) await clusters.deployment(connection, target, call())
    expect(double.requests.length).toBeGreaterThanOrEqual(10)
  })
})
