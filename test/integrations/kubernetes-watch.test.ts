import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ClusterTrouble } from '../../src/capabilities/cluster-trouble.ts'
import { watchTimes } from '../../src/integrations/kubernetes/watch-times.ts'
import { type ClusterUnderTest, connectedCluster, readerToken } from '../helpers/cluster.ts'

/** Patient for no longer than a test is. */
const quick = {
  patience: { ...watchTimes.patience, image: 0, start: 0, pending: 3_000, node: 0, blind: 300 },
  calm: 400,
  tick: 50,
  shortestWait: 40,
  longestWait: 200,
  span: 2_000,
}

let running: { readonly cluster: ClusterUnderTest; stop(): Promise<void> } | undefined
afterEach(async () => {
  await running?.stop()
  running = undefined
})

async function watching(namespaces: readonly string[] = [], token?: string, times: object = {}) {
  const cluster = await connectedCluster({}, { watchTimes: { ...quick, ...times } })
  const end = new AbortController()
  const began: ClusterTrouble[] = []
  const ended: string[] = []
  const synced: (readonly string[])[] = []
  const listener = {
    began: (trouble: ClusterTrouble) => void began.push(trouble),
    ended: (key: string) => void ended.push(key),
    synced: (keys: readonly string[]) => void synced.push(keys),
  }
  const connection = token === undefined ? cluster.connection : cluster.connect(token)
  const done = cluster.clusters.watchTroubles(connection, namespaces, listener, { signal: end.signal })
  done.catch(() => {})
  const stop = async () => {
    end.abort()
    await done
  }
  running = {
    cluster,
    stop: async () => {
      await stop().catch(() => {})
      await cluster.close()
    },
  }
  const until = (what: () => unknown) =>
    vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 10_000, interval: 20 })
  const begins = (key: string) => until(() => began.some((trouble) => trouble.key === key))
  return { cluster, double: cluster.double, began, ended, synced, until, begins, done, stop }
}

const watchesOf = (cluster: ClusterUnderTest) =>
  cluster.double.requests.filter(({ path }) => path.includes('watch=true')).map(({ path }) => path)
const listsOf = (cluster: ClusterUnderTest) =>
  cluster.double.requests.filter(({ path }) => path.includes('limit=')).map(({ path }) => path)

const crashOf = (name: string) => `Deployment/staging/${name}/crash`

describe('the watch of a cluster', () => {
  it('tells what was wrong when it began, then that everything was looked at', async () => {
    const { began, synced, until } = await watching(['staging'])
    await until(() => synced.length === 1)
    // Its rollout never ended well either, but for no other reason.
    expect(began.map(({ key }) => key)).toEqual([crashOf('search')])
    expect(began.find(({ kind }) => kind === 'crash')).toMatchObject({
      kind: 'crash',
      object: { kind: 'Deployment', namespace: 'staging', name: 'search' },
      clusterWord: 'CrashLoopBackOff',
      sentence: { key: 'failure.crash' },
      pod: expect.stringMatching(/^search-/),
    })
    expect(synced).toEqual([[crashOf('search')]])
  })

  it('tells a crash of many pods once, and its end', async () => {
    const { double, began, ended, begins, until } = await watching(['staging'])
    await begins(crashOf('search'))
    double.crash('user-api')
    await begins(crashOf('user-api'))
    double.heal('user-api')
    await until(() => ended.includes(crashOf('user-api')))
    expect(began.filter(({ key }) => key === crashOf('user-api'))).toHaveLength(1)
    expect(ended).toEqual([crashOf('user-api')])
    expect(began.some(({ key }) => key === 'Deployment/staging/user-api/rollout')).toBe(false)
  })

  it.each([
    ['OOMKilled', 'memory', 'failure.memory'],
    ['ImagePullBackOff', 'image', 'failure.image'],
    ['Unschedulable', 'pending', 'failure.unschedulable'],
    ['Quota', 'rollout', 'failure.quota'],
  ] as const)('tells %s', async (trouble, kind, sentence) => {
    const { double, cluster, began, begins } = await watching(['staging'])
    await begins(crashOf('search'))
    double.failNextRollout('user-api', trouble)
    double.release('user-api', 'staging', 'registry.example/user-api:v3')
    await begins(`Deployment/staging/user-api/${kind}`)
    expect(began.at(-1)).toMatchObject({ kind, sentence: { key: sentence } })
    expect(cluster.double.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('tells a rollout that makes no progress any more', async () => {
    const { double, began, begins } = await watching(['staging'])
    const [deployment] = double.objects('Deployment', 'staging').filter((each) => each.metadata.name === 'user-api')
    if (deployment) deployment.spec.progressDeadlineSeconds = 20
    double.failNextRollout('user-api', 'Probe')
    double.release('user-api', 'staging', 'registry.example/user-api:v3')
    await begins('Deployment/staging/user-api/rollout')
    expect(began.find(({ key }) => key === 'Deployment/staging/user-api/rollout')).toMatchObject({
      clusterWord: 'ProgressDeadlineExceeded',
      sentence: { key: 'trouble.rollout' },
    })
  })

  it('tells a node that is not ready, and that it is again', async () => {
    const { double, ended, begins, until } = await watching(['staging'])
    double.setNode('node-2', false)
    await begins('Node//node-2/node')
    double.setNode('node-2', true)
    await until(() => ended.includes('Node//node-2/node'))
  })

  it('goes on where a watch ended, without a list', async () => {
    const { cluster, double, begins, until } = await watching(['staging'])
    await begins(crashOf('search'))
    await until(() => watchesOf(cluster).length === 3)
    const lists = listsOf(cluster).length
    double.endWatches()
    await until(() => watchesOf(cluster).length >= 6)
    const again = watchesOf(cluster)
      .slice(3)
      .filter((path) => path.includes('/pods?'))
    expect(again[0]).toMatch(/resourceVersion=\d{4,}/)
    double.crash('user-api')
    await begins(crashOf('user-api'))
    expect(listsOf(cluster)).toHaveLength(lists)
  })

  it('loses nothing of what happened while the connection was away', async () => {
    const { cluster, double, begins, ended, until } = await watching(['staging'])
    await begins(crashOf('search'))
    await until(() => watchesOf(cluster).length === 3)
    double.cutOff(true)
    double.crash('user-api')
    double.heal('search')
    await sleep(300)
    double.cutOff(false)
    await begins(crashOf('user-api'))
    await until(() => ended.includes(crashOf('search')))
  })

  it('lists anew where its version is gone, and strikes out what ended meanwhile', async () => {
    const { cluster, double, begins, ended, until } = await watching(['staging'])
    await begins(crashOf('search'))
    await until(() => watchesOf(cluster).length === 3)
    const lists = listsOf(cluster).length
    double.cutOff(true)
    double.heal('search')
    double.crash('user-api')
    await sleep(300)
    double.compact()
    double.cutOff(false)
    await begins(crashOf('user-api'))
    await until(() => ended.includes(crashOf('search')))
    expect(listsOf(cluster).length).toBeGreaterThan(lists)
  })

  it('tells that it can’t see, and that it sees again', async () => {
    const { double, began, begins, ended, until } = await watching(['staging'])
    await begins(crashOf('search'))
    double.cutOff(true)
    await begins('Cluster//dev-1/blind')
    expect(began.at(-1)).toMatchObject({ kind: 'blind', sentence: { key: 'error.cluster.silent' } })
    double.cutOff(false)
    await until(() => ended.includes('Cluster//dev-1/blind'))
    // What it knew of before is neither over nor told again.
    expect(ended).not.toContain(crashOf('search'))
    expect(began.filter(({ key }) => key === crashOf('search'))).toHaveLength(1)
  })

  it('names the right that its account lacks', async () => {
    const { began, begins } = await watching(['default'], readerToken)
    await begins('Cluster//dev-1/blind')
    expect(began.at(-1)?.sentence).toMatchObject({ key: 'failure.forbidden' })
  })

  it('does without nodes where its account may not see them', async () => {
    const { began, synced, until } = await watching(['staging'], 'token-of-a-watcher')
    await until(() => synced.length === 1)
    expect(began.some(({ kind }) => kind === 'node' || kind === 'blind')).toBe(false)
    expect(began.map(({ key }) => key)).toContain(crashOf('search'))
  })

  it('reads lists page by page', async () => {
    const { cluster, double, begins, until } = await watching([])
    await begins(crashOf('search'))
    for (const deployment of double.objects('Deployment', 'staging').slice(0, 1)) deployment.spec.replicas = 600
    await until(() => double.objects('Pod', 'staging').length > 600)
    double.cutOff(true)
    double.compact()
    await sleep(100)
    double.compact()
    double.cutOff(false)
    await until(() => listsOf(cluster).filter((path) => path.includes('continue=')).length >= 2)
  })

  it('is closed at once, with all of its connections', async () => {
    const { cluster, begins, stop, until } = await watching(['staging'])
    await begins(crashOf('search'))
    await until(() => watchesOf(cluster).length === 3)
    await stop()
    const before = cluster.double.requests.length
    await sleep(300)
    expect(cluster.double.requests).toHaveLength(before)
  })

  it('takes no namespace that would lead elsewhere', async () => {
    const { done, cluster } = await watching(['../kube-system'])
    await expect(done).rejects.toMatchObject({ code: 'bad-input' })
    expect(cluster.double.requests).toHaveLength(0)
  })
})

describe('whatever happens to the connection', () => {
  type Step = 'crash' | 'heal' | 'node' | 'nodeBack' | 'cut' | 'back' | 'end' | 'compact' | 'wait'
  const steps: readonly Step[] = ['crash', 'heal', 'node', 'nodeBack', 'cut', 'back', 'end', 'compact', 'wait', 'wait']

  it('knows in the end what is wrong and what is not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...steps), { minLength: 4, maxLength: 14 }), async (course) => {
        const { double, began, ended, until } = await watching(['staging'])
        const acts: Record<Step, () => unknown> = {
          crash: () => double.crash('user-api'),
          heal: () => double.heal('user-api'),
          node: () => double.setNode('node-1', false),
          nodeBack: () => double.setNode('node-1', true),
          cut: () => double.cutOff(true),
          back: () => double.cutOff(false),
          end: () => double.endWatches(),
          compact: () => double.compact(),
          wait: () => sleep(120),
        }
        try {
          for (const step of course) {
            await acts[step]()
            await sleep(10)
          }
          double.cutOff(false)
          const last = (...of: readonly Step[]) => course.findLast((step) => of.includes(step))
          const isOpen = (key: string) =>
            began.filter((trouble) => trouble.key === key).length > ended.filter((each) => each === key).length
          const wanted: readonly [string, boolean][] = [
            [crashOf('user-api'), last('crash', 'heal') === 'crash'],
            ['Node//node-1/node', last('node', 'nodeBack') === 'node'],
            [crashOf('search'), true],
            ['Cluster//dev-1/blind', false],
          ]
          await until(() => wanted.every(([key, open]) => isOpen(key) === open))
        } finally {
          await running?.stop()
          running = undefined
        }
      }),
      { numRuns: 12 },
    )
  }, 120_000)
})
