import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createEgress } from '../../src/egress/index.ts'
import { createClusters } from '../../src/integrations/kubernetes/index.ts'
import { adminToken, readerToken, startCluster, target } from '../helpers/cluster.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const call = () => ({ signal: AbortSignal.timeout(10_000) })

/** NOX in a pod whose account has this token; only T1 may use the cluster. */
async function inPod(files: Readonly<Record<string, string>>) {
  const double = startCluster()
  const { url } = await double.listen()
  const folder = mkdtempSync(join(tmpdir(), 'nox-account-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const own = {
    server: url,
    folder,
    tokenLife: 0,
    egress: createEgress({ allowPrivate: ['127.0.0.1'] }),
    mayUse: async (tenantId: string) => tenantId === 'T1',
  }
  const clusters = createClusters({ egress: createEgress({ allowPrivate: [] }), own })
  ends.push(
    () => rmSync(folder, { recursive: true }),
    () => double.close(),
    () => clusters.close(),
  )
  const connect = (tenantId: string, server = 'in-cluster') => ({
    cluster: {
      tenantId,
      id: 'c1',
      name: 'own',
      environments: ['staging'],
      namespaces: ['staging'],
      isDefault: true,
      checkedAt: null,
    },
    access: { server },
  })
  return { double, url, clusters, connect, setToken: (token: string) => writeFileSync(join(folder, 'token'), token) }
}

it('uses the token of today: the kubelet rotates it', async () => {
  const { clusters, connect, setToken } = await inPod({ 'ca.crt': 'x', token: `${readerToken}\n` })
  expect(await clusters.deployment(connect('T1'), target, call())).toMatchObject({ version: 'v2' })
  const scale = () => clusters.scale(connect('T1'), target, 4, 'A1', call())
  await expect(scale()).rejects.toMatchObject({ code: 'forbidden' })
  setToken(adminToken)
  expect(await scale()).toMatchObject({ total: 4 })
})

it('is for nobody whom the operator did not name, not even after another used it', async () => {
  const { clusters, connect, double } = await inPod({ 'ca.crt': 'x', token: adminToken })
  await clusters.deployment(connect('T1'), target, call())
  const before = double.requests.length
  await expect(clusters.deployment(connect('T2'), target, call())).rejects.toMatchObject({
    code: 'blocked-address',
    forPerson: { key: 'error.cluster.own' },
  })
  expect(double.requests).toHaveLength(before)
})

it('sends the token of the pod to no address that a tenant names', async () => {
  const { clusters, connect, url, double } = await inPod({ 'ca.crt': 'x', token: adminToken })
  await expect(clusters.deployment(connect('T1', url), target, call())).rejects.toMatchObject({
    code: 'blocked-address',
  })
  expect(double.requests).toHaveLength(0)
})

it('tells that the account is not mounted', async () => {
  const { clusters, connect } = await inPod({})
  await expect(clusters.deployment(connect('T1'), target, call())).rejects.toMatchObject({
    forPerson: { key: 'error.cluster.noAccount' },
  })
})
