import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEgress } from '../../src/egress/index.ts'
import { createClusters } from '../../src/integrations/kubernetes/index.ts'
import { call, imageOf, newDeployment, newNamespace, openReal, problemOf, type Real, targetOf } from './real.ts'

let real: Real
beforeAll(() => {
  real = openReal()
})
afterAll(() => real.close())

const reads = [
  { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['pods', 'events'], verbs: ['get', 'list'] },
]

describe('RBAC that forbids', () => {
  it('is told in a sentence that names the right', async () => {
    const { namespace, token } = await newNamespace(real.admin, reads, 'reader')
    await newDeployment(real.admin, namespace)
    const connection = real.connect(token, [namespace])
    const target = targetOf(namespace)
    const patch = await problemOf(real.clusters.setImage(connection, target, imageOf('v2'), 'A1', call()))
    expect(patch).toMatchObject({
      code: 'forbidden',
      forPerson: {
        key: 'failure.forbidden',
        params: { resource: `deployments (${namespace})`, verb: 'patch deployments' },
      },
    })
    const logs = await problemOf(real.clusters.startJob(connection, namespace, 'backup', 'A1', call()))
    expect(logs.forPerson).toMatchObject({ key: 'failure.forbidden', params: { verb: 'get cronjobs' } })
    const elsewhere = await problemOf(real.clusters.pods(connection, ['kube-system'], call()))
    expect(elsewhere.forPerson).toMatchObject({ key: 'failure.forbidden', params: { resource: 'pods (kube-system)' } })
  })

  it('is found by the test of a connection, right by right', async () => {
    const { namespace, token } = await newNamespace(real.admin, reads, 'reader')
    const { version, forbidden } = await real.clusters.test(real.connect(token, [namespace]), call())
    expect(version).toMatch(/^v1\.\d+\.\d+$/)
    expect(forbidden.toSorted()).toEqual(
      ['patch deployments', 'get pods/log', 'get cronjobs', 'create jobs', 'get jobs', 'list jobs']
        .map((right) => `${right} (${namespace})`)
        .toSorted(),
    )
    const whole = await newNamespace(real.admin)
    expect((await real.clusters.test(real.connect(whole.token, [whole.namespace]), call())).forbidden).toEqual([])
  })

  it('leaves nodes out of the status where an account may not see them', async () => {
    const { namespace, token } = await newNamespace(real.admin, reads, 'reader')
    await newDeployment(real.admin, namespace)
    const status = await real.clusters.status(real.connect(token, [namespace]), [namespace], call())
    expect(status).toMatchObject({ nodes: { ready: 0, total: 0 }, deployments: { total: 1 } })
  })

  it('is that of its pod’s account where NOX runs in the cluster, whose token the kubelet rotates', async () => {
    const { namespace, token } = await newNamespace(real.admin, reads, 'reader')
    const folder = mkdtempSync(join(tmpdir(), 'nox-account-'))
    writeFileSync(join(folder, 'ca.crt'), real.reach.ca)
    writeFileSync(join(folder, 'token'), `${token}\n`)
    const egress = createEgress({ allowPrivate: ['127.0.0.1'] })
    const own = {
      tokenLife: 0,
      server: real.reach.server,
      folder,
      egress,
      mayUse: async (tenantId: string) => tenantId === 'T1',
    }
    const clusters = createClusters({ egress: createEgress({ allowPrivate: [] }), own })
    const connection = { ...real.connect('', [namespace]), access: { server: 'in-cluster' } }
    try {
      expect(await clusters.pods(connection, [namespace], call())).toEqual([])
      writeFileSync(join(folder, 'token'), 'token-of-stranger')
      const stranger = await problemOf(clusters.pods(connection, [namespace], call()))
      expect(stranger.forPerson).toMatchObject({ key: 'failure.forbidden' })
      const elsewhere = { ...connection, cluster: { ...connection.cluster, tenantId: 'T2' } }
      const other = await problemOf(clusters.pods(elsewhere, [namespace], call()))
      expect(other).toMatchObject({ code: 'blocked-address', forPerson: { key: 'error.cluster.own' } })
    } finally {
      await clusters.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('tells a token that is no longer accepted', async () => {
    const error = await problemOf(real.clusters.test(real.connect('token-of-nobody'), call()))
    expect(error).toMatchObject({ code: 'forbidden', forPerson: { key: 'error.cluster.credentials' } })
  })

  it('trusts nobody but the authority that it was given', async () => {
    const connection = real.connect('token-of-admin')
    const { caData: _, ...access } = connection.access
    const error = await problemOf(real.clusters.test({ ...connection, access }, call()))
    expect(error).toMatchObject({ code: 'vendor-refused', forPerson: { key: 'error.cluster.tls' } })
  })
})
