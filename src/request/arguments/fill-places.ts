import { optionalText } from '../../commands/arguments.ts'
import type { Knowledge } from '../../commands/command.ts'
import { findBackupTarget, findCluster, onlyOne } from '../../commands/find-target.ts'
import type { Cluster } from '../../domain/catalogue.ts'
import type { ChannelDefault } from '../../domain/channel-default.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import type { ValueSource } from '../../domain/origin.ts'
import { phrase } from '../../texts/phrase.ts'
import type { About, Surroundings } from '../words/surroundings.ts'
import { type Found, missing, namesOf, unknownName } from './found.ts'

/** Where a value that nobody wrote came from, by argument. */
export type Sources = { [argument: string]: ValueSource }

/** What an order is filled from as it is filled. */
export interface Filling {
  readonly around: () => Promise<Surroundings>
  readonly channel: ChannelDefault | undefined
  readonly sources: Sources
  /** Whose orders gave a value in the place of that of one's own. */
  readonly lenders: Set<string>
  readonly goesOn: boolean
}

/** The nearest value that something around the order stands for; notes where it came from. */
export async function near(
  { around, sources, lenders }: Filling,
  argument: keyof About,
  fits: (value: string, about: About) => boolean = () => true,
): Promise<string | undefined> {
  for (const { source, about, since } of await around()) {
    const value = about[argument]
    if (value === undefined || !fits(value, about)) continue
    sources[argument] = source
    if (since && since.own[argument] !== value) lenders.add(since.userId)
    return value
  }
  return undefined
}

/** The cluster that is looked at where no service is named. */
export async function fillCluster(args: Arguments, knowledge: Knowledge, filling: Filling): Promise<Found> {
  if (args.cluster !== undefined || args.target !== undefined) return { kind: 'complete', args }
  const wanted = optionalText(args, 'environment')
  const isHere = (cluster: Cluster, environment: string | undefined) =>
    environment === undefined || cluster.environments.includes(environment)
  const about = await nearCluster(knowledge, filling, wanted)
  if (about) return { kind: 'complete', args: { ...args, cluster: about.name } }
  const there = knowledge.clusters.filter((cluster) => isHere(cluster, wanted))
  const cluster = onlyOne(there) ?? there.find((each) => each.isDefault)
  if (cluster) return { kind: 'complete', args: { ...args, cluster: cluster.name } }
  if (there.length === 0) return { kind: 'told', args, phrase: phrase('error.noCluster') }
  return missing(args, 'cluster', namesOf(there))
}

/** The cluster that the channel (or the thread that it goes on with) stands for: by name, or as its environment's only one. */
async function nearCluster(
  knowledge: Knowledge,
  filling: Filling,
  wanted: string | undefined,
): Promise<Cluster | undefined> {
  const serves = (cluster: Cluster | undefined) => wanted === undefined || cluster?.environments.includes(wanted)
  const abouts = filling.goesOn ? (await filling.around()).map((each) => each.about) : [filling.channel ?? {}]
  for (const about of abouts) {
    const named = about.cluster === undefined ? undefined : findCluster(knowledge, about.cluster)
    const { environment } = about
    const placed =
      environment === undefined
        ? undefined
        : onlyOne(knowledge.clusters.filter((each) => each.environments.includes(environment)))
    const found = named ?? placed
    if (found && serves(found)) return found
  }
  return undefined
}

/** What a backup is of. */
export async function fillTarget(args: Arguments, knowledge: Knowledge, filling: Filling): Promise<Found> {
  const names = namesOf(knowledge.backupTargets)
  const typed =
    optionalText(args, 'target') ??
    (await near(filling, 'target', (name) => findBackupTarget(knowledge, name) !== undefined)) ??
    onlyOne(names)
  if (typed === undefined) return missing(args, 'target', names)
  const target = findBackupTarget(knowledge, typed)
  if (!target) return unknownName(args, 'target', typed, names)
  const environment = optionalText(args, 'environment')
  if (environment !== undefined && environment !== target.environment) {
    return { kind: 'told', args, phrase: phrase('error.noTarget', { service: target.name, env: environment }) }
  }
  return { kind: 'complete', args: { ...args, target: target.name } }
}
