import type { Services } from '../../actions/services.ts'
import type { Knowledge } from '../../commands/command.ts'
import { findCluster, findService } from '../../commands/find-target.ts'
import type { ParseResult } from '../../domain/command-spec.ts'

/** What a word that fits nothing may name, for who knows the tenant: a cluster, or the rest of a service's name. */
export const withNames = (services: Services, knowledge: Knowledge, parsed: ParseResult): ParseResult =>
  withSpacedName(knowledge, withCluster(services, knowledge, parsed))

/** A word that stands for nothing else may be the name of a cluster: `redémarre web sur client-b`. */
function withCluster(services: Services, knowledge: Knowledge, parsed: ParseResult): ParseResult {
  const { leftover = [], isPolite, isNoOrder, without } = parsed
  const order = parsed.command === null ? without : { command: parsed.command, args: parsed.args }
  const takes = services.findCommand(order?.command ?? '')?.words.arguments.some(({ name }) => name === 'cluster')
  const [word = '', ...others] = leftover
  const cluster = takes && others.length === 0 ? findCluster(knowledge, word) : undefined
  if (!order || !cluster || order.args.cluster !== undefined || isPolite || isNoOrder) return parsed
  return { ...parsed, command: order.command, args: { ...order.args, cluster: cluster.name }, leftover: [] }
}

/** `déploie user api`: two words of one name are asked about as the one that they are near. */
function withSpacedName(knowledge: Knowledge, parsed: ParseResult): ParseResult {
  const { leftover = [], without, isNoOrder } = parsed
  const { service } = without?.args ?? {}
  const [word = '', ...others] = leftover
  if (!without || isNoOrder || others.length > 0 || typeof service !== 'string') return parsed
  const isName = (name: string) => findService(knowledge, name) !== undefined
  if (isName(service) || !['-', '_', ''].some((mark) => isName(`${service}${mark}${word}`))) return parsed
  const { without: _, ...rest } = parsed
  return { ...rest, command: without.command, args: { ...without.args, service: `${service} ${word}` }, leftover: [] }
}
