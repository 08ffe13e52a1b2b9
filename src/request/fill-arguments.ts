import type { Services } from '../actions/services.ts'
import { optionalText } from '../commands/arguments.ts'
import type { Command, Knowledge } from '../commands/command.ts'
import { defaultCluster, findBackupTarget, findCluster, findService, onlyOne } from '../commands/find-target.ts'
import type { Service } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import type { Request } from '../domain/request.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'

/** An order with everything that it needs, or the one thing to ask next. */
export type Filled =
  | { readonly kind: 'complete'; readonly args: Arguments }
  | {
      readonly kind: 'missing'
      readonly args: Arguments
      readonly argument: string
      readonly choices: readonly string[]
    }
  | {
      readonly kind: 'unknown-name'
      readonly args: Arguments
      readonly argument: string
      readonly typed: string
      readonly choices: readonly string[]
    }
  | { readonly kind: 'told'; readonly args: Arguments; readonly phrase: Phrase; readonly next?: Phrase }

/** What the thread and the channel are about. */
export interface Surroundings {
  readonly service?: string
  readonly environment?: string
}

/** Reads what the thread (first) and the channel stand for; only where an order leaves something open. */
export async function surroundings(
  services: Services,
  request: Pick<Request, 'tenantId' | 'place'>,
): Promise<Surroundings> {
  const { tenantId, place } = request
  const [action, fallback] = await Promise.all([
    place.threadTs === null
      ? null
      : services.storage.ledger.latestInThread(tenantId, place.conversationId, place.threadTs),
    services.storage.tenants.channelDefault(tenantId, place.conversationId),
  ])
  const service = action && optionalText(action.args, 'service')
  if (!service) return fallback ?? {}
  const environment = optionalText(action.args, 'environment')
  return { service, ...(environment === undefined ? {} : { environment }) }
}

const replicaChoices = ['1', '2', '3', '4', '5', '6', '8', '10']

/**
 * Fills what the words left open: the thread, the channel's default, the only candidate. Names are found as they are
 * written or by alias, never by likeness; a write is never given an environment by guess.
 */
export async function fillArguments(
  services: Services,
  command: Command,
  given: Arguments,
  knowledge: Knowledge,
  request: Pick<Request, 'tenantId' | 'place'>,
): Promise<Filled> {
  const takes = (name: string) => command.words.arguments.some((each) => each.name === name)
  const requires = (name: string) => command.words.arguments.some((each) => each.name === name && each.required)
  const about = createLazy(() => surroundings(services, request))
  let args = given

  const cluster = optionalText(args, 'cluster')
  if (cluster !== undefined && takes('cluster')) {
    const found = findCluster(knowledge, cluster)
    if (!found)
      return unknownName(
        args,
        'cluster',
        cluster,
        knowledge.clusters.map((each) => each.name),
      )
    args = { ...args, cluster: found.name }
  }
  if (command.words.name === 'backup') return fillTarget(args, knowledge)
  if (command.words.name === 'can') return { kind: 'complete', args: { ...args, action: args.action ?? 'deploy' } }
  if (!takes('service') || command.words.name === 'audit') return { kind: 'complete', args }

  let typed = optionalText(args, 'service')
  if (typed === undefined && (requires('service') || command.words.name !== 'status')) {
    const near = (await about()).service ?? (requires('service') ? onlyOne(knowledge.services)?.name : undefined)
    if (near !== undefined && (requires('service') || cluster === undefined)) typed = near
  }
  if (typed === undefined) {
    if (requires('service'))
      return missing(
        args,
        'service',
        knowledge.services.map((each) => each.name),
      )
    return fillCluster(args, knowledge)
  }
  const service = findService(knowledge, typed)
  if (!service) {
    const asCluster = requires('service') ? undefined : findCluster(knowledge, typed)
    if (asCluster) {
      const { service: _, ...rest } = args
      return { kind: 'complete', args: { ...rest, cluster: asCluster.name } }
    }
    return unknownName(
      args,
      'service',
      typed,
      knowledge.services.map((each) => each.name),
    )
  }
  args = { ...args, service: service.name }
  const placed = await fillEnvironment(command, args, service, knowledge, about)
  if (placed.kind !== 'complete' || !requires('replicas') || args.replicas !== undefined) return placed
  return missing(placed.args, 'replicas', replicaChoices)
}

async function fillEnvironment(
  command: Command,
  args: Arguments,
  service: Service,
  knowledge: Knowledge,
  about: () => Promise<Surroundings>,
): Promise<Filled> {
  const known = [...new Set(service.targets.map((target) => target.environment))]
  const wanted = optionalText(args, 'environment')
  if (wanted !== undefined) {
    if (known.includes(wanted)) return { kind: 'complete', args }
    return {
      kind: 'told',
      args,
      phrase: phrase('error.noTarget', { service: service.name, env: wanted }),
      ...(known.length > 0 ? { next: phrase('error.noTarget.next', { known: { kind: 'list', items: known } }) } : {}),
    }
  }
  const { service: aboutService, environment: aboutEnvironment } = await about()
  const near = aboutService === undefined || aboutService === service.name ? aboutEnvironment : undefined
  const fallback = command.words.effect === 'read' ? onDefaultCluster(service, knowledge) : undefined
  const environment = [near, onlyOne(known), fallback].find((each) => each !== undefined && known.includes(each))
  if (environment !== undefined) return { kind: 'complete', args: { ...args, environment } }
  return missing(args, 'environment', known)
}

/** Where a service is looked at when nothing else is said: on the default cluster, if it runs there once. */
function onDefaultCluster(service: Service, knowledge: Knowledge): string | undefined {
  const cluster = defaultCluster(knowledge)
  return onlyOne(service.targets.filter((target) => target.clusterId === cluster?.id))?.environment
}

function fillCluster(args: Arguments, knowledge: Knowledge): Filled {
  if (args.cluster !== undefined || args.target !== undefined) return { kind: 'complete', args }
  const environment = optionalText(args, 'environment')
  const there = knowledge.clusters.filter(
    (cluster) => environment === undefined || cluster.environments.includes(environment),
  )
  const cluster = onlyOne(there) ?? there.find((each) => each.isDefault)
  if (cluster) return { kind: 'complete', args: { ...args, cluster: cluster.name } }
  if (there.length === 0) return { kind: 'told', args, phrase: phrase('error.noCluster') }
  return missing(
    args,
    'cluster',
    there.map((each) => each.name),
  )
}

function fillTarget(args: Arguments, knowledge: Knowledge): Filled {
  const names = knowledge.backupTargets.map((each) => each.name)
  const typed = optionalText(args, 'target') ?? onlyOne(names)
  if (typed === undefined) return missing(args, 'target', names)
  const target = findBackupTarget(knowledge, typed)
  if (!target) return unknownName(args, 'target', typed, names)
  const environment = optionalText(args, 'environment')
  if (environment !== undefined && environment !== target.environment) {
    return { kind: 'told', args, phrase: phrase('error.noTarget', { service: target.name, env: environment }) }
  }
  return { kind: 'complete', args: { ...args, target: target.name } }
}

const missing = (args: Arguments, argument: string, choices: readonly string[]): Filled => ({
  kind: 'missing',
  args,
  argument,
  choices,
})

const unknownName = (args: Arguments, argument: string, typed: string, choices: readonly string[]): Filled => ({
  kind: 'unknown-name',
  args,
  argument,
  typed,
  choices,
})

function createLazy<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined
  return () => {
    value ??= read()
    return value
  }
}
