import type { Services } from '../../actions/services.ts'
import { optionalText } from '../../commands/arguments.ts'
import type { Command, Knowledge } from '../../commands/command.ts'
import { defaultCluster, findCluster, findService, onlyOne } from '../../commands/find-target.ts'
import { openSources } from '../../commands/source.ts'
import type { Service } from '../../domain/catalogue.ts'
import type { ChannelDefault } from '../../domain/channel-default.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import { reportPeriods } from '../../domain/report.ts'
import { phrase } from '../../texts/phrase.ts'
import { type About, readSurroundings, type Whereabouts } from '../words/surroundings.ts'
import { fillChannel } from './fill-channel.ts'
import { fillPeople } from './fill-people.ts'
import { type Filling, fillCluster, fillTarget, near, type Sources } from './fill-places.ts'
import { fillRepository } from './fill-repository.ts'
import { fillSchedule } from './fill-schedule.ts'
import { type Filled, type Found, missing, namesOf, unknownName } from './found.ts'

const replicaChoices = ['1', '2', '3', '4', '5', '6', '8', '10']

/** What an order is filled from, beside the tenant's catalogue. */
export interface FillFrom {
  readonly where: Whereabouts
  readonly channel?: ChannelDefault | undefined
  /** An order of the same message that stands before this one. */
  readonly before?: Arguments
  /** The words go on with the thread: `et le status ?` is about its service. */
  readonly goesOn?: boolean
}

/**
 * Fills what the words left open: the thread, the channel's default, the only candidate. Names are found as they are
 * written or by alias, never by likeness; a write is never given an environment by guess.
 */
export async function fillArguments(
  services: Services,
  command: Command,
  given: Arguments,
  knowledge: Knowledge,
  from: FillFrom,
): Promise<Filled> {
  const sources: Sources = {}
  const lenders = new Set<string>()
  const around = createLazy(() => readSurroundings(services, from.where, from.channel, from.before))
  const { channel, goesOn = false } = from
  const found = await fill(services, command, given, knowledge, { around, channel, sources, lenders, goesOn })
  return { ...found, sources, lenders: [...lenders] }
}

async function fill(
  services: Services,
  command: Command,
  given: Arguments,
  knowledge: Knowledge,
  filling: Filling,
): Promise<Found> {
  const takes = (name: string) => command.words.arguments.some((each) => each.name === name)
  const requires = (name: string) => command.words.arguments.some((each) => each.name === name && each.required)
  const { name, effect } = command.words
  let args = given

  const cluster = optionalText(args, 'cluster')
  if (cluster !== undefined && takes('cluster')) {
    const found = findCluster(knowledge, cluster)
    if (!found) return unknownName(args, 'cluster', cluster, namesOf(knowledge.clusters))
    args = { ...args, cluster: found.name }
  }
  if (name === 'schedule') {
    return fillSchedule(services, args, knowledge, (inner, its) => fill(services, inner, its, knowledge, filling))
  }
  if (command.theme === 'team') return fillPeople(services, command, args, knowledge)
  if (command.theme === 'incidents') return fillIncident(command, args, knowledge)
  if (name === 'report') {
    return args.period === undefined ? missing(args, 'period', reportPeriods) : { kind: 'complete', args }
  }
  if (name === 'backup') return fillTarget(args, knowledge, filling)
  if (name === 'can') return { kind: 'complete', args: { ...args, action: args.action ?? 'deploy' } }
  if (name === 'channel.set') return fillChannel(args, knowledge)
  if (command.capability === 'repositories') {
    return fillRepository(command, args, knowledge, () => near(filling, 'service'))
  }
  if (command.capability !== undefined && !command.asksAll && takes('source')) {
    const sources = openSources(knowledge, command.capability, args)
    if (sources.length > 0) return missing(args, 'source', sources)
  }
  if (command.capability !== undefined && (name !== 'metrics' || args.query !== undefined)) {
    const isOpenMute = effect === 'write' && command.capability === 'alerts' && (args.service ?? args.id) === undefined
    if (isOpenMute) return missing(args, 'service', namesOf(knowledge.services))
    const isGiven = (each: string) => args[each] !== undefined
    const open = command.words.arguments.find(
      ({ name: each, required, unless = [] }) => required && !isGiven(each) && !unless.some(isGiven),
    )
    return open ? missing(args, open.name, []) : { kind: 'complete', args }
  }
  if (!takes('service') || name === 'audit') return { kind: 'complete', args }

  let typed = optionalText(args, 'service')
  const isOpen = requires('service') || (cluster === undefined && args.target === undefined)
  if (typed === undefined && isOpen && (name !== 'status' || filling.goesOn)) {
    typed = await near(filling, 'service')
    if (typed === undefined && requires('service')) typed = onlyOne(knowledge.services)?.name
  }
  if (typed === undefined) {
    if (requires('service')) return missing(args, 'service', namesOf(knowledge.services))
    return fillCluster(args, knowledge, filling)
  }
  const service = findService(knowledge, typed)
  if (!service) {
    const asCluster = requires('service') ? undefined : findCluster(knowledge, typed)
    if (asCluster) {
      const { service: _, ...rest } = args
      return { kind: 'complete', args: { ...rest, cluster: asCluster.name } }
    }
    return unknownName(args, 'service', typed, namesOf(knowledge.services))
  }
  args = { ...args, service: service.name }
  const placed = await fillEnvironment(effect, args, service, knowledge, filling)
  if (placed.kind !== 'complete' || !requires('replicas') || args.replicas !== undefined) return placed
  return missing(placed.args, 'replicas', replicaChoices)
}

/** Nobody in trouble is asked for more than what it is; a service that the catalogue does not know stays as written. */
function fillIncident({ words }: Command, args: Arguments, knowledge: Knowledge): Found {
  const open = words.arguments.find((each) => each.required && args[each.name] === undefined)
  if (open) return missing(args, open.name, [])
  const named = optionalText(args, 'service')
  const service = named === undefined ? undefined : findService(knowledge, named)
  return { kind: 'complete', args: service ? { ...args, service: service.name } : args }
}

async function fillEnvironment(
  effect: 'read' | 'write',
  args: Arguments,
  service: Service,
  knowledge: Knowledge,
  filling: Filling,
): Promise<Found> {
  const known = [...new Set(service.targets.map((target) => target.environment))]
  const wanted = optionalText(args, 'environment')
  if (wanted !== undefined) {
    if (known.includes(wanted)) return { kind: 'complete', args }
    return {
      kind: 'told',
      args,
      phrase: phrase('error.noTarget', { service: service.name, env: wanted }),
      ...(known.length > 0
        ? { next: phrase('error.noTarget.next', { known: { kind: 'environments', names: known } }) }
        : {}),
    }
  }
  const isKnown = (value: string, about: About) =>
    known.includes(value) && (about.service === undefined || findService(knowledge, about.service) === service)
  const fallback = effect === 'read' ? onDefaultCluster(service, knowledge) : undefined
  const environment = (await near(filling, 'environment', isKnown)) ?? onlyOne(known) ?? fallback
  if (environment !== undefined && known.includes(environment)) {
    return { kind: 'complete', args: { ...args, environment } }
  }
  return missing(args, 'environment', known)
}

/** Where a service is looked at when nothing else is said: on the default cluster, if it runs there once. */
function onDefaultCluster(service: Service, knowledge: Knowledge): string | undefined {
  const cluster = defaultCluster(knowledge)
  return onlyOne(service.targets.filter((target) => target.clusterId === cluster?.id))?.environment
}

function createLazy<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined
  return () => {
    value ??= read()
    return value
  }
}
