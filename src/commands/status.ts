import type { ClusterProblem, Deployment } from '../capabilities/clusters.ts'
import type { Answer, Field } from '../domain/answer.ts'
import type { Service, ServiceTarget } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { logsButton } from './deploy.ts'
import { clusterNamed, findService, namespacesOf, serviceTarget } from './find-target.ts'
import { statusWords } from './words/status.ts'

const shownProblems = 6
/** A cluster that has not answered by then is told as unreachable (ms). */
const patience = 10_000

function problemLine(problem: ClusterProblem, now: number): Phrase {
  if (problem.kind === 'node') return phrase('cluster.problem.node', { node: problem.name, why: problem.why })
  const words = { service: problem.name, ready: problem.ready, total: problem.total, why: problem.why }
  return problem.since === null
    ? phrase('cluster.problem.plain', words)
    : phrase('cluster.problem', { ...words, since: { kind: 'duration', ms: now - problem.since } })
}

async function clusterStatus(context: CommandContext, name: string | undefined): Promise<Outcome> {
  const { knowledge } = context
  const cluster = clusterNamed(knowledge, name)
  const connection = await context.connect(cluster.id)
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(patience)])
  const namespaces = namespacesOf(knowledge, cluster)
  const status = await context.clusters.status(connection, namespaces, { signal }).catch((error: unknown) => {
    if (context.signal.aborted || !(error instanceof NoxError)) throw error
    if (error.code === 'unreachable' || error.code === 'timeout') return null
    throw error
  })
  if (!status) return { result: 'failed', changed: false, answer: gone(cluster.name, cluster.checkedAt) }
  const { nodes, deployments, pods, problems } = status
  const fields: Field[] = [
    { label: phrase('field.nodes'), value: phrase('value.ready', nodes) },
    { label: phrase('field.deployments'), value: phrase('value.ready', deployments) },
    { label: phrase('field.pods'), value: phrase('value.ready', pods) },
  ]
  if (problems.length === 0) {
    const title = phrase('cluster.ok', { cluster: cluster.name })
    return { result: 'done', changed: false, answer: { kind: 'outcome', title, fields } }
  }
  const hidden = problems.length - shownProblems
  const lines = problems.slice(0, shownProblems).map((problem) => problemLine(problem, context.now()))
  const worst = problems.find((problem) => problem.kind === 'deployment')
  const service = worst && serviceOf(knowledge, cluster.id, worst.namespace, worst.name)
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'outcome',
      title: phrase('cluster.bad', { n: problems.length, cluster: cluster.name }),
      lines: hidden > 0 ? [...lines, phrase('cluster.problem.more', { n: hidden })] : lines,
      fields,
      ...(service ? { buttons: [logsButton(service.service.name, service.target.environment)] } : {}),
    },
  }
}

function serviceOf(knowledge: Knowledge, clusterId: string, namespace: string | null, deployment: string) {
  for (const service of knowledge.services) {
    const target = service.targets.find(
      (each) => each.clusterId === clusterId && each.namespace === namespace && each.deployment === deployment,
    )
    if (target) return { service, target }
  }
  return undefined
}

const gone = (cluster: string, checkedAt: number | null): Answer => ({
  kind: 'outcome',
  title: phrase('cluster.gone', { cluster, limit: { kind: 'duration', ms: patience } }),
  ...(checkedAt === null
    ? {}
    : { lines: [phrase('cluster.gone.last', { ago: { kind: 'time', at: checkedAt, as: 'ago' } })] }),
  buttons: [
    {
      label: phrase('button.retry'),
      does: { kind: 'order', command: 'status', args: { cluster } },
    },
  ],
})

async function serviceStatus(context: CommandContext, service: Service, target: ServiceTarget): Promise<Outcome> {
  const { signal } = context
  const connection = await context.connect(target.clusterId)
  const [deployment, pods] = await Promise.all([
    context.clusters.deployment(connection, target, { signal }),
    context.clusters.pods(connection, target, { signal }),
  ])
  const restarts = pods.reduce((sum, pod) => sum + pod.restarts, 0)
  const fields: Field[] = [
    { label: phrase('field.version'), value: { kind: 'code', text: deployment.version } },
    { label: phrase('field.pods'), value: phrase('value.ready', { ready: deployment.ready, total: deployment.total }) },
    { label: phrase('field.restarts'), value: restarts },
  ]
  if (deployment.since !== null) {
    fields.push({ label: phrase('field.deployed'), value: { kind: 'time', at: deployment.since, as: 'ago' } })
  }
  const sick = pods.find((pod) => !pod.ready && !/^(Running|Pending|ContainerCreating|Terminating)$/.test(pod.status))
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'outcome',
      title: serviceTitle(service.name, target.environment, deployment, sick?.status),
      fields,
      buttons: [logsButton(service.name, target.environment)],
    },
  }
}

function serviceTitle(service: string, env: string, deployment: Deployment, why: string | undefined): Phrase {
  const { ready, total } = deployment
  if (why !== undefined) return phrase('service.bad', { service, env, ready, total, why })
  if (ready < total) return phrase('service.moving', { service, env, ready, total })
  return phrase('service.ok', { service, env })
}

const named = (args: Arguments) => optionalText(args, 'service') ?? optionalText(args, 'cluster')

export const status: Command = {
  words: statusWords,
  theme: 'look',
  timeLimitMs: 60_000,
  example: (knowledge) => (knowledge.clusters.length > 0 ? {} : null),
  subject(args, knowledge) {
    const name = named(args) ?? clusterOrNull(knowledge)
    return { environment: optionalText(args, 'environment') ?? null, resources: name ? [name] : [] }
  },
  describe: (args, knowledge) => phrase('action.status', { what: named(args) ?? clusterOrNull(knowledge) ?? '' }),
  async run(context, args) {
    const name = optionalText(args, 'service')
    if (name === undefined || !findService(context.knowledge, name)) {
      return clusterStatus(context, name ?? optionalText(args, 'cluster'))
    }
    const { service, target } = serviceTarget(context.knowledge, name, optionalText(args, 'environment') ?? '')
    return serviceStatus(context, service, target)
  },
}

const clusterOrNull = (knowledge: Knowledge) =>
  (knowledge.clusters.find((cluster) => cluster.isDefault) ?? knowledge.clusters[0])?.name
