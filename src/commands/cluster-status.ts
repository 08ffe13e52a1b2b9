import type { ClusterProblem, ClusterStatus } from '../capabilities/clusters.ts'
import type { Answer, Field } from '../domain/answer.ts'
import type { Cluster } from '../domain/catalogue.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { logsButton } from './change-answers.ts'
import type { CommandContext, Knowledge, Outcome } from './command.ts'
import { clusterNamed, namespacesOf } from './find-target.ts'

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

/** What a cluster says of itself; `null` where it does not answer in time. */
async function ask(context: CommandContext, cluster: Cluster): Promise<ClusterStatus | null> {
  const connection = await context.connect(cluster.id)
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(patience)])
  const namespaces = namespacesOf(context.knowledge, cluster)
  return context.clusters.status(connection, namespaces, { signal }).catch((error: unknown) => {
    const silent = error instanceof NoxError && (error.code === 'unreachable' || error.code === 'timeout')
    if (context.signal.aborted || !silent) throw error
    return null
  })
}

/** One cluster: what is there, and what is unhealthy and why. */
export async function clusterStatus(context: CommandContext, name: string | undefined): Promise<Outcome> {
  const { knowledge } = context
  const cluster = clusterNamed(knowledge, name)
  const status = await ask(context, cluster)
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

/** Every cluster of the tenant that this person may look at, a line each. */
export async function allClusters(context: CommandContext): Promise<Outcome> {
  const question = { command: 'status', action: 'status', effect: 'read', environment: null } as const
  const clusters = context.knowledge.clusters.filter(
    ({ name }) => context.may({ ...question, resources: [name] }).verdict !== 'no',
  )
  if (clusters.length === 0) throw new NoxError('not-found', 'no cluster', { forPerson: phrase('error.noCluster') })
  const lines = await Promise.all(
    clusters.map(async (cluster): Promise<Phrase> => {
      const status = await ask(context, cluster)
      if (!status) return phrase('status.all.gone', { cluster: cluster.name })
      const { problems, pods } = status
      return problems.length === 0
        ? phrase('status.all.ok', { cluster: cluster.name, ...pods })
        : phrase('status.all.bad', { cluster: cluster.name, n: problems.length, ...pods })
    }),
  )
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'outcome',
      title: phrase('status.all', { n: clusters.length }),
      lines,
      buttons: clusters.slice(0, 4).map((cluster) => ({
        label: phrase('action.plain', { command: cluster.name }),
        does: { kind: 'order', command: 'status', args: { cluster: cluster.name } },
      })),
    },
  }
}
