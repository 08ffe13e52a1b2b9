import { randomBytes } from 'node:crypto'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClusterDouble } from '../../src/sandbox/cluster/index.ts'
import { adminToken as doubleAdmin, readerToken as doubleReader, startCluster } from '../helpers/cluster.ts'
import { adminToken } from './kubectl.ts'
import { newDeployment, openReal, type Real } from './real.ts'
import { until } from './servers.ts'

/** The simulated cluster is as strict as the real one: the same requests, the same refusals in the same words. */

let real: Real
let double: ClusterDouble
let doubleUrl: string
const realAgent = { current: undefined as Agent | undefined }
const reads = [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }]

beforeAll(async () => {
  real = openReal()
  realAgent.current = new Agent({ connect: { ca: real.reach.ca } })
  double = startCluster()
  doubleUrl = (await double.listen()).url
  await real.admin.json('POST', '/api/v1/namespaces', { metadata: { name: 'staging' } })
  await newDeployment(real.admin, 'staging')
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/staging'
  await real.admin.json('POST', `${rbac}/roles`, { metadata: { name: 'reader' }, rules: reads })
  await real.admin.json('POST', `${rbac}/rolebindings`, {
    metadata: { name: 'reader' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'reader' }],
  })
  await until('the pods run', async () => {
    const { status } = await real.admin.json('GET', `${apps}/deployments/user-api`)
    return status.availableReplicas === 2
  })
})
afterAll(async () => {
  await double.close()
  await realAgent.current?.close()
  await real.close()
})

const apps = '/apis/apps/v1/namespaces/staging'
const core = '/api/v1/namespaces/staging'
const batch = '/apis/batch/v1/namespaces/staging'
const strategic = 'application/strategic-merge-patch+json'
const merge = 'application/merge-patch+json'

interface Asked {
  readonly path: string
  readonly method?: string
  readonly body?: object
  readonly type?: string
  readonly as?: 'admin' | 'reader' | 'nobody'
}

async function ask(where: 'real' | 'double', { path, method = 'GET', body, type, as = 'admin' }: Asked) {
  const isReal = where === 'real'
  const tokens = isReal
    ? { admin: adminToken, reader: 'token-of-reader', nobody: 'x' }
    : { admin: doubleAdmin, reader: doubleReader, nobody: 'x' }
  const answer = await request(`${isReal ? real.reach.server : doubleUrl}${path}`, {
    method: method as 'GET',
    headers: { authorization: `Bearer ${tokens[as]}`, 'content-type': type ?? 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    ...(isReal && realAgent.current ? { dispatcher: realAgent.current } : {}),
  })
  const text = await answer.body.text()
  return { status: answer.statusCode, text }
}

/** What tells a refusal from another; who asks is called otherwise in both. */
function refusal({ status, text }: { readonly status: number; readonly text: string }) {
  // A path that nobody knows is told by the web server, in plain text.
  if (!text.startsWith('{')) return { status, text }
  const { kind, reason, message = '', code, details = {} } = JSON.parse(text)
  return {
    status,
    kind,
    reason,
    code,
    message: message.replace(/User "[^"]+"/, 'User'),
    about: [details.name, details.group, details.kind],
  }
}

const job = (name: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { template: { spec: { containers: [{ name: 'a', image: 'a' }], restartPolicy: 'Never' } } },
})

describe('the double refuses as the real server does', () => {
  it.each<[string, Asked]>([
    ['a token that nobody has', { path: `${apps}/deployments`, as: 'nobody' }],
    ['a Deployment that is not there', { path: `${apps}/deployments/nothing` }],
    ['a pod that is not there', { path: `${core}/pods/nothing` }],
    ['the log of a pod that is not there', { path: `${core}/pods/nothing/log` }],
    ['a node that is not there', { path: '/api/v1/nodes/nothing' }],
    ['a CronJob that is not there', { path: `${batch}/cronjobs/nothing` }],
    [
      'a change without the right',
      { path: `${apps}/deployments/user-api`, method: 'PATCH', body: {}, type: merge, as: 'reader' },
    ],
    ['a list without the right', { path: '/api/v1/namespaces/default/pods', as: 'reader' }],
    ['a list of the whole cluster without the right', { path: '/api/v1/pods', as: 'reader' }],
    ['nodes without the right', { path: '/api/v1/nodes', as: 'reader' }],
    ['a watch without the right', { path: `${core}/pods?watch=true`, as: 'reader' }],
    ['a log without the right', { path: '/api/v1/namespaces/default/pods/a/log', as: 'reader' }],
    ['a Job without the right', { path: `${batch}/jobs`, method: 'POST', body: job('a'), as: 'reader' }],
    [
      'a change of an older version',
      {
        path: `${apps}/deployments/user-api`,
        method: 'PATCH',
        type: strategic,
        body: { metadata: { resourceVersion: '1' } },
      },
    ],
    [
      'a patch of an unknown kind',
      { path: `${apps}/deployments/user-api`, method: 'PATCH', type: 'application/json', body: {} },
    ],
    [
      'fewer pods than none',
      { path: `${apps}/deployments/user-api`, method: 'PATCH', type: strategic, body: { spec: { replicas: -1 } } },
    ],
    [
      'a container without an image',
      {
        path: `${apps}/deployments/user-api`,
        method: 'PATCH',
        type: strategic,
        body: { spec: { template: { spec: { containers: [{ name: 'user-api', image: '' }] } } } },
      },
    ],
    ['a label selector that can’t be read', { path: `${core}/pods?labelSelector=a%20b%20c` }],
    ['a field that has no index', { path: `${core}/pods?fieldSelector=spec.image%3Da` }],
    ['a page that can’t be read', { path: `${core}/pods?limit=1&continue=abc` }],
    ['a Job with a name that is too long', { path: `${batch}/jobs`, method: 'POST', body: job('a'.repeat(64)) }],
    [
      'a Job in a namespace that is not there',
      { path: '/apis/batch/v1/namespaces/nothing/jobs', method: 'POST', body: job('a') },
    ],
    ['a path that is not there', { path: '/apis/nothing/v1/things' }],
  ])('%s', async (_name, asked) => {
    expect(refusal(await ask('double', asked))).toEqual(refusal(await ask('real', asked)))
  })

  it('a Job that is there already', async () => {
    const body = job(`a-${randomBytes(4).toString('hex')}`)
    const asked = { path: `${batch}/jobs`, method: 'POST', body }
    for (const where of ['real', 'double'] as const) expect((await ask(where, asked)).status).toBe(201)
    expect(refusal(await ask('double', asked))).toEqual(refusal(await ask('real', asked)))
  })

  it.each([
    ['a container that the pod does not have', 'container=other'],
    ['the run before of a container that has had one only', 'container=user-api&previous=true'],
  ])('the log of %s', async (_name, query) => {
    const answers = await Promise.all(
      (['double', 'real'] as const).map(async (where) => {
        const pods = JSON.parse((await ask(where, { path: `${core}/pods?labelSelector=app%3Duser-api` })).text)
        const { name } = pods.items[0].metadata
        const answer = await ask(where, { path: `${core}/pods/${name}/log?${query}` })
        return JSON.parse(JSON.stringify(refusal(answer)).replaceAll(name, 'POD'))
      }),
    )
    // A hollow kubelet knows of no run before, and says so in words of its own.
    if (query.includes('previous')) expect(answers.map(({ status }) => status >= 400)).toEqual([true, true])
    else expect(answers[0]).toEqual(answers[1])
  })
})

describe('the double answers as the real server does', () => {
  it('a page of a list', async () => {
    const pages = await Promise.all(
      (['double', 'real'] as const).map(async (where) =>
        JSON.parse((await ask(where, { path: `${core}/pods?limit=1&labelSelector=app%3Duser-api` })).text),
      ),
    )
    const [mine, its] = pages.map(({ kind, apiVersion, metadata, items }) => ({
      kind,
      apiVersion,
      metadata: Object.keys(metadata).toSorted(),
      items: items.length,
    }))
    expect(mine).toEqual(its)
  })

  it('an event of a watch, and a bookmark at its end', async () => {
    const lines = await Promise.all(
      (['double', 'real'] as const).map(async (where) => {
        const path = `${apps}/deployments?watch=true&allowWatchBookmarks=true&timeoutSeconds=2&fieldSelector=metadata.name%3Duser-api`
        const { text } = await ask(where, { path })
        return text
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line))
      }),
    )
    for (const events of lines) {
      expect(events[0]).toMatchObject({ type: 'ADDED', object: { kind: 'Deployment', metadata: { name: 'user-api' } } })
      expect(events.at(-1)).toMatchObject({ type: 'BOOKMARK', object: { kind: 'Deployment', apiVersion: 'apps/v1' } })
    }
    const marks = lines.map((events) => events.at(-1).object.metadata)
    expect(typeof marks[0].resourceVersion).toBe(typeof marks[1].resourceVersion)
  })

  it('has no field that the real server’s objects do not have', async () => {
    const paths = [`${apps}/deployments`, `${apps}/replicasets`, `${core}/pods`, `${core}/events`, '/api/v1/nodes']
    const keys = (value: unknown): string[] => {
      if (Array.isArray(value)) return [...new Set(value.flatMap(keys))]
      if (typeof value !== 'object' || value === null) return []
      return Object.entries(value).flatMap(([key, each]) => [key, ...keys(each).map((more) => `${key}.${more}`)])
    }
    // What only a real failure, or an older server, writes.
    const known =
      /(^|\.)(labels|annotations|matchLabels|limits|waiting|terminated|lastState|message|reason)(\.|$)|readinessProbe|unavailableReplicas|started/
    for (const path of paths) {
      const [mine, its] = await Promise.all(
        (['double', 'real'] as const).map(
          async (where) => new Set(keys(JSON.parse((await ask(where, { path })).text).items)),
        ),
      )
      const more = [...(mine ?? [])].filter((key) => !its?.has(key) && !known.test(key))
      expect([path, more]).toEqual([path, []])
    }
  })
})
