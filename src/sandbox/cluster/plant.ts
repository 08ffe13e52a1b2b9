import { randomBytes } from 'node:crypto'
import type { Controller } from './controller.ts'
import { updateStatus } from './deployment-status.ts'
import type { PodTemplate } from './objects.ts'
import { applyLife, lifeAt } from './pod-life.ts'
import type { ClusterSeed } from './seed.ts'
import { revisionAnnotation } from './simulation.ts'

/** How long what is seeded has been running (ms). */
const age = 3 * 3_600_000

const stamp = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

const template = (name: string, container: string, image: string): PodTemplate => ({
  metadata: { labels: { app: name } },
  spec: {
    containers: [
      {
        name: container,
        image,
        resources: { limits: { memory: '512Mi', cpu: '500m' } },
        readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
      },
    ],
    restartPolicy: 'Always',
  },
})

/** Fills a cluster with what has been running there for a while. */
export function plant(controller: Controller, seed: ClusterSeed): void {
  const { store } = controller.options
  const since = store.now() - age
  for (const name of seed.nodes) {
    const condition = {
      type: 'Ready',
      status: 'True' as const,
      reason: 'KubeletReady',
      lastTransitionTime: stamp(since),
    }
    store.add('Node', { metadata: { name, creationTimestamp: stamp(since) }, status: { conditions: [condition] } })
  }
  for (const name of seed.namespaces) store.add('Namespace', { metadata: { name }, status: { phase: 'Active' } })
  for (const deployment of seed.deployments) plantDeployment(controller, deployment, since)
  for (const { namespace, name, image, schedule } of seed.cronJobs) {
    store.add('CronJob', {
      metadata: { name, namespace, creationTimestamp: stamp(since) },
      spec: {
        schedule,
        suspend: false,
        jobTemplate: {
          metadata: { labels: { app: name } },
          spec: {
            backoffLimit: 0,
            template: {
              metadata: { labels: { app: name } },
              spec: { containers: [{ name: 'backup', image }], restartPolicy: 'Never' },
            },
          },
        },
      },
      status: {},
    })
  }
  controller.tick()
}

function plantDeployment(controller: Controller, seed: ClusterSeed['deployments'][number], since: number): void {
  const { store } = controller.options
  const { namespace, name, replicas, container = name } = seed
  const deployment = store.add('Deployment', {
    metadata: { name, namespace, generation: 1, labels: { app: name }, creationTimestamp: stamp(since) },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: template(name, container, seed.image),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
    },
    status: { observedGeneration: 1, conditions: [] },
  })
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name, uid: deployment.metadata.uid, controller: true }
  seed.before?.forEach((image, index) => {
    const hash = randomBytes(5).toString('hex')
    store.add('ReplicaSet', {
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: { app: name, 'pod-template-hash': hash },
        annotations: { [revisionAnnotation]: String(index + 1) },
        ownerReferences: [owner],
        creationTimestamp: stamp(since - (seed.before?.length ?? 0 - index) * 86_400_000),
      },
      spec: { replicas: 0, selector: { matchLabels: { app: name } }, template: template(name, container, image) },
      status: { replicas: 0, observedGeneration: 1 },
    })
  })
  if (seed.trouble) controller.nextTroubles.set(`${namespace}/${name}`, seed.trouble)
  controller.tick()
  ageOf(controller, deployment.metadata.uid, since)
  updateStatus(controller, deployment)
  for (const condition of deployment.status.conditions) {
    condition.lastTransitionTime = stamp(since)
    if (condition.lastUpdateTime) condition.lastUpdateTime = stamp(since)
  }
}

/** Makes the pods of a Deployment as old as the cluster. */
function ageOf(controller: Controller, uid: string, since: number): void {
  const { store } = controller.options
  for (const set of store.list('ReplicaSet').filter((each) => each.metadata.ownerReferences?.[0]?.uid === uid)) {
    const trouble = controller.troubles.get(set.metadata.uid)
    if (trouble) controller.troubles.set(set.metadata.uid, { ...trouble, since })
    if (controller.podsOf(set).length > 0) set.metadata.creationTimestamp = stamp(since)
    for (const pod of controller.podsOf(set)) {
      pod.metadata.creationTimestamp = stamp(since)
      pod.status.startTime = stamp(since)
      pod.status.conditions = []
      applyLife(
        pod,
        lifeAt(age, trouble?.trouble, 0, (at) => stamp(since + at)),
        stamp(since),
      )
    }
  }
}
