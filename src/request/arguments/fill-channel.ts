import { optionalText } from '../../commands/arguments.ts'
import type { Knowledge } from '../../commands/command.ts'
import { findService } from '../../commands/find-target.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Found, missing, namesOf, unknownName } from './found.ts'

/** What a channel is to stand for: only names that the tenant has; nothing is filled in. */
export function fillChannel(args: Arguments, knowledge: Knowledge): Found {
  const typed = optionalText(args, 'service')
  const environment = optionalText(args, 'environment')
  if (typed === undefined) {
    if (environment === undefined && args.cluster === undefined) {
      return missing(args, 'service', namesOf(knowledge.services))
    }
    const known = environmentsOf(knowledge)
    if (environment === undefined || known.includes(environment)) return { kind: 'complete', args }
    return { kind: 'told', args, phrase: phrase('error.noEnvironment', { env: environment }), ...nextOf(known) }
  }
  const service = findService(knowledge, typed)
  if (!service) return unknownName(args, 'service', typed, namesOf(knowledge.services))
  const named = { ...args, service: service.name }
  const known = [...new Set(service.targets.map((target) => target.environment))]
  if (environment === undefined || known.includes(environment)) return { kind: 'complete', args: named }
  const words = { service: service.name, env: environment }
  return { kind: 'told', args: named, phrase: phrase('error.noTarget', words), ...nextOf(known) }
}

const nextOf = (known: readonly string[]) =>
  known.length > 0 ? { next: phrase('error.noTarget.next', { known: { kind: 'list', items: known } }) } : {}

const environmentsOf = ({ clusters, services }: Knowledge): readonly string[] => [
  ...new Set([
    ...clusters.flatMap((cluster) => cluster.environments),
    ...services.flatMap((service) => service.targets.map((target) => target.environment)),
  ]),
]
