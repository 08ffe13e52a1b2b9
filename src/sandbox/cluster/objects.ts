/** Objects as Kubernetes' API writes them: only the fields that NOX and the simulated controllers look at. */
export interface Meta {
  name: string
  namespace?: string
  uid: string
  resourceVersion: string
  generation?: number
  creationTimestamp: string
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[]
}

export interface Condition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastUpdateTime?: string
  lastTransitionTime?: string
}

export interface Container {
  name: string
  image: string
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> }
  readinessProbe?: { httpGet?: { path: string; port: number } }
  [field: string]: unknown
}

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
  spec: { containers: Container[]; restartPolicy?: string; [field: string]: unknown }
}

export interface ContainerStatus {
  name: string
  image: string
  imageID: string
  ready: boolean
  started: boolean
  restartCount: number
  state: ContainerState
  lastState: ContainerState
}

export interface ContainerState {
  waiting?: { reason: string; message?: string }
  running?: { startedAt: string }
  terminated?: { exitCode: number; reason: string; startedAt: string; finishedAt: string }
}

interface Base<Kind extends string> {
  apiVersion: string
  kind: Kind
  metadata: Meta
}

export interface DeploymentObject extends Base<'Deployment'> {
  spec: {
    replicas: number
    selector: { matchLabels: Record<string, string> }
    template: PodTemplate
    paused?: boolean
    progressDeadlineSeconds?: number
    revisionHistoryLimit?: number
    [field: string]: unknown
  }
  status: {
    observedGeneration: number
    replicas?: number
    updatedReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    unavailableReplicas?: number
    conditions: Condition[]
  }
}

export interface ReplicaSetObject extends Base<'ReplicaSet'> {
  spec: { replicas: number; selector: { matchLabels: Record<string, string> }; template: PodTemplate }
  status: { replicas: number; readyReplicas?: number; availableReplicas?: number; observedGeneration: number }
}

export interface PodObject extends Base<'Pod'> {
  spec: PodTemplate['spec'] & { nodeName?: string }
  status: {
    phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
    startTime?: string
    conditions: Condition[]
    containerStatuses?: ContainerStatus[]
  }
}

export interface JobObject extends Base<'Job'> {
  spec: { template: PodTemplate; backoffLimit?: number; [field: string]: unknown }
  status: {
    startTime?: string
    completionTime?: string
    active?: number
    succeeded?: number
    failed?: number
    conditions?: Condition[]
  }
}

export interface CronJobObject extends Base<'CronJob'> {
  spec: {
    schedule: string
    suspend?: boolean
    jobTemplate: {
      metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
      spec: JobObject['spec']
    }
    [field: string]: unknown
  }
  status: { lastScheduleTime?: string }
}

export interface NodeObject extends Base<'Node'> {
  status: { conditions: Condition[]; nodeInfo?: Record<string, string> }
}

export interface NamespaceObject extends Base<'Namespace'> {
  status: { phase: string }
}

export interface EventObject extends Base<'Event'> {
  involvedObject: { kind: string; name: string; namespace: string; uid: string }
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  count: number
  firstTimestamp: string
  lastTimestamp: string
  source: { component: string }
}

export interface Objects {
  Deployment: DeploymentObject
  ReplicaSet: ReplicaSetObject
  Pod: PodObject
  Job: JobObject
  CronJob: CronJobObject
  Node: NodeObject
  Namespace: NamespaceObject
  Event: EventObject
}

export type Kind = keyof Objects
export type AnyObject = Objects[Kind]
