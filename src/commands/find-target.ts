import type { BackupTarget, Cluster, Service, ServiceTarget } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Knowledge } from './command.ts'

const same = (a: string, b: string) => a.localeCompare(b, 'en', { sensitivity: 'accent' }) === 0
const called = (thing: { readonly name: string; readonly aliases: readonly string[] }, name: string) =>
  same(thing.name, name) || thing.aliases.some((alias) => same(alias, name))

/** A service by its name or an alias, in any case; never by likeness. */
export const findService = (knowledge: Knowledge, name: string): Service | undefined =>
  knowledge.services.find((service) => called(service, name))

/** A backup target by its name or an alias. */
export const findBackupTarget = (knowledge: Knowledge, name: string): BackupTarget | undefined =>
  knowledge.backupTargets.find((target) => called(target, name))

/** A cluster by its name, in any case; clusters have no aliases. */
export const findCluster = (knowledge: Knowledge, name: string): Cluster | undefined =>
  knowledge.clusters.find((cluster) => same(cluster.name, name))

/** The cluster that stands for "the cluster": the marked default, or the only one. */
export function defaultCluster(knowledge: Knowledge): Cluster | undefined {
  return knowledge.clusters.find((cluster) => cluster.isDefault) ?? onlyOne(knowledge.clusters)
}

/** The only one there is; `undefined` where there are several, or none. */
export const onlyOne = <T>(things: readonly T[]): T | undefined => (things.length === 1 ? things[0] : undefined)

/** Where a service runs in an environment; a NoxError tells the person what is known instead. */
export function serviceTarget(
  knowledge: Knowledge,
  serviceName: string,
  environment: string,
  clusterName?: string,
): { readonly service: Service; readonly target: ServiceTarget } {
  const service = findService(knowledge, serviceName)
  if (!service) {
    throw new NoxError('not-found', 'unknown service', {
      forPerson: phrase('question.unknownName.none', { typed: serviceName }),
    })
  }
  const there = service.targets.filter((target) => target.environment === environment)
  if (there.length === 0) {
    throw new NoxError('not-found', 'service has no target in this environment', {
      forPerson: phrase('error.noTarget', { service: service.name, env: environment }),
    })
  }
  const cluster = clusterName === undefined ? undefined : findCluster(knowledge, clusterName)
  const target = clusterName === undefined ? there[0] : there.find((each) => each.clusterId === cluster?.id)
  if (!target) {
    throw new NoxError('not-found', 'service has no target on this cluster', {
      forPerson: phrase('error.targetCluster', {
        service: service.name,
        cluster: clusterName ?? '',
        env: environment,
      }),
    })
  }
  return { service, target }
}

/** The cluster of this name, or the one that stands for "the cluster"; a NoxError tells the person otherwise. */
export function clusterNamed(knowledge: Knowledge, name: string | undefined): Cluster {
  const cluster = name === undefined ? defaultCluster(knowledge) : findCluster(knowledge, name)
  if (cluster) return cluster
  if (name !== undefined) {
    throw new NoxError('not-found', 'unknown cluster', { forPerson: phrase('error.clusterUnknown', { cluster: name }) })
  }
  throw new NoxError('not-found', 'no default cluster', {
    forPerson: phrase(knowledge.clusters.length === 0 ? 'error.noCluster' : 'question.missing.cluster'),
  })
}

/** The namespaces that NOX looks at: those that an admin listed, else those of the catalogue. */
export function namespacesOf(knowledge: Knowledge, cluster: Cluster): readonly string[] {
  if (cluster.namespaces.length > 0) return cluster.namespaces
  const targets = knowledge.services.flatMap((service) => service.targets)
  const backups = knowledge.backupTargets
  const here = [...targets, ...backups].filter((target) => target.clusterId === cluster.id)
  return [...new Set(here.map((target) => target.namespace))]
}

/** ` en production`, or nothing. */
export const inEnvironment = (environment: string | undefined): Phrase | '' =>
  environment === undefined ? '' : phrase('action.in', { env: environment })

/** What `pods` and `events` look at: one service, or a cluster's namespaces. */
export function placeOf(
  knowledge: Knowledge,
  args: Arguments,
): {
  readonly name: string
  readonly clusterId: string
  /** Absent for a cluster. */
  readonly environment?: string
  readonly where: ServiceTarget | readonly string[]
} {
  const name = optionalText(args, 'service')
  if (name !== undefined && findService(knowledge, name)) {
    const environment = optionalText(args, 'environment') ?? ''
    const { service, target } = serviceTarget(knowledge, name, environment, optionalText(args, 'cluster'))
    return { name: service.name, clusterId: target.clusterId, environment: target.environment, where: target }
  }
  const cluster = clusterNamed(knowledge, name ?? optionalText(args, 'cluster'))
  return { name: cluster.name, clusterId: cluster.id, where: namespacesOf(knowledge, cluster) }
}

/** What `pods` and `events` are about, be it there or not: its name, and the environment of a service. */
export function placeNamed(
  knowledge: Knowledge,
  args: Arguments,
): Pick<ReturnType<typeof placeOf>, 'name' | 'environment'> {
  const { cluster: _, ...anywhere } = args
  return placeOf(knowledge, args.service === undefined ? args : anywhere)
}
