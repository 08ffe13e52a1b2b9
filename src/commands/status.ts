import type { Deployment } from '../capabilities/clusters.ts'
import type { Field } from '../domain/answer.ts'
import type { Service, ServiceTarget } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import { logsButton } from './change-answers.ts'
import { allClusters, clusterStatus } from './cluster-status.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { findService, inEnvironment, serviceTarget } from './find-target.ts'
import { statusWords } from './words/status.ts'

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
  describe(args, knowledge) {
    const what = named(args) ?? (args.target === 'all' ? undefined : clusterOrNull(knowledge))
    if (what === undefined) return phrase('type.status')
    return phrase('action.status', { what, where: inEnvironment(optionalText(args, 'environment')) })
  },
  async run(context, args) {
    const name = optionalText(args, 'service')
    // What was asked for, and decided on, is the service.
    if (args.target === 'all' && named(args) === undefined) return allClusters(context)
    if (name === undefined || !findService(context.knowledge, name)) {
      return clusterStatus(context, name ?? optionalText(args, 'cluster'))
    }
    const { service, target } = serviceTarget(
      context.knowledge,
      name,
      optionalText(args, 'environment') ?? '',
      optionalText(args, 'cluster'),
    )
    return serviceStatus(context, service, target)
  },
}

const clusterOrNull = (knowledge: Knowledge) =>
  (knowledge.clusters.find((cluster) => cluster.isDefault) ?? knowledge.clusters[0])?.name
