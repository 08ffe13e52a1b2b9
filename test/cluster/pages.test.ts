import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ClusterTrouble } from '../../src/capabilities/cluster-trouble.ts'
import { watchTimes } from '../../src/integrations/kubernetes/watch-times.ts'
import { adminToken } from './kubectl.ts'
import { call, newDeployment, newNamespace, openReal, type Real, targetOf } from './real.ts'
import { until } from './servers.ts'
import { trackRequests } from './track-requests.ts'

let real: Real
beforeAll(() => {
  real = openReal({ patience: { ...watchTimes.patience, pending: 0 }, calm: 500, tick: 100 })
})
afterAll(() => real.close())

const many = 2_000

it(`lists ${many} pods in pages, and watches them page by page`, async () => {
  const { namespace, token } = await newNamespace(real.admin)
  await newDeployment(real.admin, namespace, { replicas: many, pod: { nodeSelector: { disk: 'none-has-it' } } })
  await until(
    `${many} pods are there`,
    async () => {
      const { metadata, items } = await real.admin.json('GET', `/api/v1/namespaces/${namespace}/pods?limit=1`)
      return items.length + (metadata.remainingItemCount ?? 0) >= many
    },
    240_000,
  )
  const requests = trackRequests()
  const pods = await real.clusters.pods(real.connect(token, [namespace]), targetOf(namespace), call())
  expect(pods).toHaveLength(many)
  expect(new Set(pods.map(({ name }) => name)).size).toBe(many)
  const asked = requests.stop().filter((path) => path.includes('/pods?'))
  expect(asked.length).toBe(many / 500)
  expect(asked.filter((path) => path.includes('continue=')).length).toBe(many / 500 - 1)
  const status = await real.clusters.status(real.connect(adminToken), [namespace], call())
  expect(status.pods).toEqual({ ready: 0, total: many })
  expect(status.problems).toMatchObject([
    { name: 'user-api', why: expect.stringMatching(/^(Unschedulable|Pending)$/), total: many },
  ])
  const end = new AbortController()
  const began: string[] = []
  let synced = false
  const listener = {
    began: (trouble: ClusterTrouble) => void began.push(trouble.key),
    ended: () => {},
    synced: () => {
      synced = true
    },
  }
  const seen = trackRequests()
  const watch = real.clusters.watchTroubles(real.connect(adminToken), [namespace], listener, { signal: end.signal })
  await until('everything was looked at', async () => synced)
  end.abort()
  await watch
  // Two thousand pods are one trouble.
  expect(began).toEqual([`Deployment/${namespace}/user-api/pending`])
  expect(seen.stop().filter((path) => path.includes('/pods?') && path.includes('limit='))).toHaveLength(many / 250)
  await real.admin.json(
    'DELETE',
    `/apis/apps/v1/namespaces/${namespace}/deployments/user-api?propagationPolicy=Background`,
  )
}, 400_000)
