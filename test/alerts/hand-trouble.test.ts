import { expect, it } from 'vitest'
import type { Services } from '../../src/actions/services.ts'
import { createTenantKnowledge } from '../../src/actions/tenant-knowledge.ts'
import type { ClusterTrouble } from '../../src/capabilities/cluster-trouble.ts'
import { type Alert, noAlertSettings } from '../../src/domain/alert.ts'
import type { Cluster } from '../../src/domain/catalogue.ts'
import { createTroubleSink, watchRoutes } from '../../src/request/alerts/hand-trouble.ts'
import { createAlertDoor } from '../../src/request/alerts/receive-alerts.ts'
import { routeAlert } from '../../src/request/alerts/route-alert.ts'
import { phrase } from '../../src/texts/phrase.ts'
import { createTenant } from '../helpers/actions.ts'
import { eachDatabase } from '../helpers/each-database.ts'

const cluster: Cluster = {
  tenantId: 'T1',
  id: 'c1',
  name: 'prod-1',
  environments: ['staging', 'production'],
  namespaces: [],
  isDefault: true,
  checkedAt: null,
  watchChannel: 'C0OPS',
}

const trouble = (name: string, since: number): ClusterTrouble => ({
  key: `Deployment/prod/${name}/crash`,
  kind: 'crash',
  object: { kind: 'Deployment', namespace: 'prod', name },
  sentence: phrase('failure.container', { container: name }),
  clusterWord: 'CrashLoopBackOff',
  pod: `${name}-1`,
  since,
})

eachDatabase('troubles of clusters as alerts', (open) => {
  async function start() {
    const { storage } = await open()
    await createTenant(storage)
    await storage.catalogue.saveCluster(cluster, { server: 'https://k8s.example', token: 't' })
    const place = { environment: 'production', clusterId: 'c1', namespace: 'prod', container: 'api' }
    await storage.catalogue.saveService({
      tenantId: 'T1',
      id: 'S1',
      name: 'user-api',
      aliases: [],
      targets: [{ ...place, deployment: 'api' }],
      imageTemplate: '{service}:{tag}',
      defaultBranch: 'main',
    })
    const clock = { now: 1_000_000 }
    const now = () => clock.now
    const services = { storage, knowledge: createTenantKnowledge(storage), now, log: console } as unknown as Services
    const door = createAlertDoor(
      services,
      () => Promise.reject(new Error('no webhook')),
      () => {},
    )
    const kept = () => storage.alerts.list('T1', {}, 10)
    return { clock, kept, sink: createTroubleSink(services, door), storage }
  }

  it('are told as what people call them: the service and environment of the catalogue', async () => {
    const { sink, kept } = await start()
    await sink.began(cluster, trouble('api', 500_000))
    const [only] = await kept()
    expect(only?.beganAt).toBe(500_000)
    expect(only?.alert).toMatchObject({
      source: 'kubernetes',
      title: expect.stringMatching(/CrashLoopBackOff.*prod\/api.*prod-1/),
      severity: 'error',
      service: 'user-api',
      environment: 'production',
      labels: { cluster: 'prod-1', namespace: 'prod', name: 'api', pod: 'api-1' },
    })
  })

  it('are one, however often a watch begins anew, and begin again after they were over, whatever the clock says', async () => {
    const { sink, kept, clock } = await start()
    await sink.began(cluster, trouble('api', 500_000))
    clock.now += 60_000
    await sink.began(cluster, trouble('api', 500_000))
    expect((await kept()).map(({ count }) => count)).toEqual([1])
    await sink.ended(cluster, trouble('api', 0).key)
    await sink.ended(cluster, trouble('api', 0).key)
    expect((await kept()).map(({ alert, count }) => [alert.state, count])).toEqual([['resolved', 2]])
    clock.now += 60_000
    // The cluster's clock is behind.
    await sink.began(cluster, trouble('api', 400_000))
    expect((await kept()).map(({ alert }) => alert.state)).toEqual(['firing'])
  })

  it('are over where a watch that looked at everything no longer sees them, and only those of its cluster', async () => {
    const { sink, kept, storage } = await start()
    const other = { ...cluster, id: 'c2', name: 'prod-2' }
    await storage.catalogue.saveCluster(other, { server: 'https://k8s.example', token: 't' })
    for (const name of ['api', 'web', 'mail']) await sink.began(cluster, trouble(name, 1))
    await sink.began(other, trouble('web', 1))
    await sink.synced(cluster, [trouble('web', 1).key])
    const open = async () =>
      (await kept())
        .filter(({ alert }) => alert.state === 'firing')
        .map(({ alert }) => `${alert.labels.cluster} ${alert.labels.name}`)
        .toSorted()
    expect(await open()).toEqual(['prod-1 web', 'prod-2 web'])
    await sink.dropped(cluster)
    expect(await open()).toEqual(['prod-2 web'])
  })

  it('go to the channel of their cluster, and leave what no route takes to the admins', async () => {
    const { sink, kept } = await start()
    await sink.began(cluster, trouble('api', 1))
    const routing = {
      settings: noAlertSettings,
      more: watchRoutes([cluster]),
      members: [],
      admins: ['U0ADMIN'],
      timeZone: 'UTC',
      now: 0,
    }
    const [mine] = await kept()
    if (!mine) throw new Error('none was kept')
    expect(routeAlert(mine.alert, routing).destinations).toEqual([{ kind: 'channel', id: 'C0OPS' }])
    const foreign: Alert = { ...mine.alert, source: 'grafana', labels: {} }
    expect(routeAlert(foreign, routing).destinations).toEqual([{ kind: 'person', id: 'U0ADMIN' }])
  })
})
