import { afterEach, describe, expect, it } from 'vitest'
import type { ClusterTrouble } from '../../src/capabilities/cluster-trouble.ts'
import { createEgress } from '../../src/egress/index.ts'
import { openApart } from '../../src/integrations/kubernetes/session.ts'
import { followResource, type ResourceListener } from '../../src/integrations/kubernetes/watch-resource.ts'
import { watchTimes } from '../../src/integrations/kubernetes/watch-times.ts'
import { isReadyNode, type Reach, startControlPlane, startHollowNode } from './control-plane.ts'
import { playKubelet } from './play-kubelet.ts'
import { newDeployment, newNamespace, openReal, type Real } from './real.ts'
import { until } from './servers.ts'

const quick = {
  ...watchTimes,
  patience: { ...watchTimes.patience, image: 0, start: 0, pending: 2_000, node: 0, blind: 1_500 },
  calm: 1_500,
  tick: 100,
  shortestWait: 100,
  longestWait: 500,
}

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

function watching(real: Real, token: string, namespaces: readonly string[]) {
  const end = new AbortController()
  const began: ClusterTrouble[] = []
  const ended: string[] = []
  let synced: readonly string[] | undefined
  const listener = {
    began: (trouble: ClusterTrouble) => void began.push(trouble),
    ended: (key: string) => void ended.push(key),
    synced: (keys: readonly string[]) => {
      synced = keys
    },
  }
  const done = real.clusters.watchTroubles(real.connect(token, namespaces), namespaces, listener, {
    signal: end.signal,
  })
  ends.push(() => {
    end.abort()
    return done
  })
  return {
    began,
    ended,
    synced: () => until('everything was looked at', async () => synced !== undefined),
    begins: (key: string) => until(`${key} begins`, async () => began.some((trouble) => trouble.key === key)),
    overs: (key: string) => until(`${key} ends`, async () => ended.includes(key)),
  }
}

const rights = [
  { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'watch'] },
]

function shared() {
  const real = openReal(quick)
  ends.push(() => real.close())
  return real
}

describe('the watch of a real cluster', () => {
  it('tells crashes, kills for memory and missing images, once each, and their end', async () => {
    const real = shared()
    const { namespace, token } = await newNamespace(real.admin, rights, 'watcher')
    const watch = watching(real, token, [namespace])
    await watch.synced()
    const played = { 'user-api': 'CrashLoopBackOff', search: 'OOMKilled', web: 'ImagePullBackOff' } as const
    const kinds = { CrashLoopBackOff: 'crash', OOMKilled: 'memory', ImagePullBackOff: 'image' } as const
    for (const [name, what] of Object.entries(played)) {
      await newDeployment(real.admin, namespace, { name, pod: { nodeName: 'nowhere' } })
      const stop = playKubelet(real.admin, namespace, what)
      await watch.begins(`Deployment/${namespace}/${name}/${kinds[what]}`)
      await stop()
    }
    expect(new Set(watch.began.map(({ key }) => key)).size).toBe(watch.began.length)
    expect(watch.began.find(({ kind }) => kind === 'crash')).toMatchObject({
      object: { kind: 'Deployment', namespace, name: 'user-api' },
      clusterWord: 'CrashLoopBackOff',
      sentence: { key: 'failure.crash' },
      pod: expect.stringMatching(/^user-api-/),
    })
    await real.admin.json('DELETE', `/apis/apps/v1/namespaces/${namespace}/deployments/web`)
    await watch.overs(`Deployment/${namespace}/web/image`)
  })

  it('tells pods that no node takes, and a rollout that fails with nothing wrong of its pods', async () => {
    const real = shared()
    const { namespace, token } = await newNamespace(real.admin, rights, 'watcher')
    const watch = watching(real, token, [namespace])
    const spec = { progressDeadlineSeconds: 4 }
    await newDeployment(real.admin, namespace, { pod: { nodeSelector: { disk: 'none-has-it' } }, spec })
    await newDeployment(real.admin, namespace, { name: 'slow', spec: { ...spec, minReadySeconds: 1 }, unready: true })
    await watch.begins(`Deployment/${namespace}/user-api/pending`)
    await watch.begins(`Deployment/${namespace}/slow/rollout`)
    // One trouble each: the rollout of the first fails for no other reason.
    expect(watch.began.map(({ clusterWord }) => clusterWord).toSorted()).toEqual([
      'ProgressDeadlineExceeded',
      'Unschedulable',
    ])
  })

  it('tells a node whose kubelet died, and that it is back', async () => {
    const real = shared()
    const node = await startHollowNode(real.reach, 'hollow-mortal')
    const path = '/api/v1/nodes/hollow-mortal'
    ends.push(async () => {
      await node.stop('SIGKILL')
      await real.admin.json('DELETE', path).catch(() => {})
    })
    await until('the node is ready', async () => isReadyNode(await real.admin.json('GET', path)))
    const watch = watching(real, 'token-of-admin', ['default'])
    await watch.synced()
    await node.stop('SIGKILL')
    await watch.begins('Node//hollow-mortal/node')
    expect(watch.began.at(-1)).toMatchObject({
      clusterWord: 'NodeStatusUnknown',
      sentence: { key: 'trouble.node.silent' },
    })
    const again = await startHollowNode(real.reach, 'hollow-mortal')
    ends.push(() => again.stop('SIGKILL'))
    await watch.overs('Node//hollow-mortal/node')
  })

  it('tells the right that its account lacks', async () => {
    const real = shared()
    const { namespace, token } = await newNamespace(real.admin, rights.slice(0, 1), 'watcher')
    const watch = watching(real, token, [namespace])
    await watch.begins('Cluster//real/blind')
    expect(watch.began.at(-1)?.sentence).toMatchObject({
      key: 'failure.forbidden',
      params: { verb: 'list deployments' },
    })
  })
})

/** Follows the pods of a namespace, and notes what is told. */
async function following(reach: Reach, real: Real, namespace: string) {
  const connection = real.connect('token-of-admin')
  const { session, close } = await openApart({ egress: createEgress({ allowPrivate: ['127.0.0.1'] }) }, connection)
  const end = new AbortController()
  const told: string[] = []
  const listener: ResourceListener = {
    listing: () => void told.push('listing'),
    listed: () => void told.push('listed'),
    object: (object) => void told.push(`object ${(object as { metadata: { name: string } }).metadata.name}`),
    gone: (object) => void told.push(`gone ${(object as { metadata: { name: string } }).metadata.name}`),
    failed: () => void told.push('failed'),
    fine: () => {},
  }
  const done = followResource(session, `/api/v1/namespaces/${namespace}/pods`, {}, listener, quick, end.signal)
  ends.push(async () => {
    end.abort()
    await done
    await close()
  })
  return { told, count: (what: string) => told.filter((each) => each === what).length, reach }
}

const newPod = (real: Real, namespace: string, name: string) =>
  real.admin.json('POST', `/api/v1/namespaces/${namespace}/pods`, {
    metadata: { name },
    spec: { automountServiceAccountToken: false, containers: [{ name: 'a', image: 'a' }] },
  })

describe('a watch that breaks off', () => {
  it('goes on where it was when the API server comes back, and lists anew when that is compacted: 410 Gone', async () => {
    const plane = await startControlPlane({ hollowNodes: 0 })
    ends.push(() => plane.stop())
    const real = openReal(quick, plane)
    ends.push(() => real.close())
    // Without a controller manager no account is made, and a pod wants one.
    await real.admin.json('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } })
    await newPod(real, 'default', 'first')
    const pods = await following(plane, real, 'default')
    await until('the list is told', async () => pods.count('listed') === 1)
    await newPod(real, 'default', 'second')
    await until('the watch tells', async () => pods.count('object second') > 0)

    await plane.apiServer.stop('SIGKILL')
    await until('the failure is told', async () => pods.told.includes('failed'))
    await plane.apiServer.start()
    await newPod(real, 'default', 'third')
    await until('the watch goes on', async () => pods.count('object third') > 0)
    // Every version is known still: nothing was listed again, nothing told twice.
    expect(pods.count('listing')).toBe(1)
    expect(pods.count('object first')).toBe(1)

    await plane.apiServer.stop('SIGKILL')
    await compact(plane)
    await plane.apiServer.start()
    await until('a new list', async () => pods.count('listed') === 2)
    expect(pods.count('object first')).toBe(2)
    await real.admin.json('DELETE', '/api/v1/namespaces/default/pods/first?gracePeriodSeconds=0')
    await until('the watch goes on', async () => pods.count('gone first') > 0)
  })
})

/** Forgets all older versions of what etcd holds, after a few more. */
async function compact({ etcd }: Reach): Promise<void> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${etcd}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { header: { revision: string } }
  }
  for (let n = 0; n < 5; n += 1) await post('put', { key: btoa('nox'), value: btoa(String(n)) })
  const { header } = await post('range', { key: btoa('nox') })
  await post('compaction', { revision: header.revision, physical: true })
}
