// What a large cluster has, of the size that its API really sends: a pod with its managed fields is some 8 KB.

export const namespace = 'shop'
/** Pods of one Deployment. */
export const replicas = 50
const startedAt = '2026-11-20T08:00:00Z'
/** One Deployment in so many has a pod that does not start. */
const sickEvery = 10

const hex = (number: number, length: number): string => number.toString(16).padStart(length, '0')
const nameOf = (deployment: number): string => (deployment === 0 ? 'user-api' : `service-${deployment}`)
const metadata = (name: string, number: number, app: string) => ({
  name,
  namespace,
  uid: `00000000-0000-4000-8000-${hex(number, 12)}`,
  resourceVersion: String(1_000 + number),
  creationTimestamp: startedAt,
  labels: { app, 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/part-of': 'shop', tier: 'backend' },
  annotations: { 'checksum/config': hex(number, 64), 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' },
})

/** Who set which field, as the API server notes it: a third of a pod. */
const managed = Array.from({ length: 2 }, (_, manager) => ({
  manager: manager === 0 ? 'kube-controller-manager' : 'kubelet',
  operation: 'Update',
  apiVersion: 'v1',
  time: startedAt,
  fieldsType: 'FieldsV1',
  fieldsV1: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f:field-${n}`, { 'f:name': {}, 'f:value': {} }])),
}))

const container = (app: string) => ({
  name: app,
  image: `registry.example/${app}:v2.3.1`,
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  env: Array.from({ length: 25 }, (_, n) => ({ name: `SETTING_${n}`, value: `https://service-${n}.shop.svc:8443/v1` })),
  resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
  volumeMounts: [{ name: 'token', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
  readinessProbe: { httpGet: { path: '/readyz', port: 'http', scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10 },
  livenessProbe: { httpGet: { path: '/livez', port: 'http', scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10 },
  terminationMessagePath: '/dev/termination-log',
  imagePullPolicy: 'IfNotPresent',
})

const isSick = (pod: number): boolean => pod % (replicas * sickEvery) === replicas * sickEvery - 1

/** @param number of the cluster's pods, from 0 on */
export function pod(number: number): object {
  const app = nameOf(Math.floor(number / replicas))
  const sick = isSick(number)
  const types = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready']
  const state = sick
    ? { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } }
    : { running: { startedAt } }
  return {
    metadata: {
      ...metadata(`${app}-7d9f8b6c5-${hex(number, 5)}`, number, app),
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app}-7d9f8b6c5`, uid: hex(number, 32) }],
      managedFields: managed,
    },
    spec: {
      containers: [container(app)],
      nodeName: `node-${number % 200}`,
      serviceAccountName: app,
      volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],
      tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }],
    },
    status: {
      phase: 'Running',
      startTime: startedAt,
      podIP: `10.0.${(number >> 8) & 255}.${number & 255}`,
      conditions: types.map((type, n) => {
        const status = sick && n > 1 ? 'False' : 'True'
        return { type, status, lastProbeTime: null, lastTransitionTime: startedAt }
      }),
      containerStatuses: [
        {
          name: app,
          image: `registry.example/${app}:v2.3.1`,
          imageID: '',
          restartCount: sick ? 40 : 0,
          ready: !sick,
          state,
        },
      ],
    },
  }
}

/** @param number of the cluster's Deployments, from 0 on */
export function deployment(number: number): object {
  const app = nameOf(number)
  const ready = isSick((number + 1) * replicas - 1) ? replicas - 1 : replicas
  return {
    metadata: { ...metadata(app, number, app), generation: 3, managedFields: managed },
    spec: {
      replicas,
      selector: { matchLabels: { app } },
      strategy: { type: 'RollingUpdate' },
      template: { metadata: { labels: { app } }, spec: { containers: [container(app)] } },
    },
    status: {
      observedGeneration: 3,
      replicas,
      readyReplicas: ready,
      updatedReplicas: replicas,
      availableReplicas: ready,
    },
  }
}

export const node = (number: number): object => ({
  metadata: { name: `node-${number}`, uid: hex(number, 32), resourceVersion: '1', creationTimestamp: startedAt },
  spec: {},
  status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: startedAt }] },
})
