import type { Services } from '../../actions/services.ts'
import type { Command, Knowledge } from '../../commands/command.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import type { Member } from '../../domain/member.ts'
import { decide } from '../../permissions/index.ts'
import { type FillFrom, fillArguments } from './fill-arguments.ts'
import { type Filled, missing, namesOf } from './found.ts'

/**
 * As `fillArguments`, for this person. A guest is given no cluster that is not theirs: whose projects are services alone
 * is asked which one, where others look at a cluster as a whole.
 */
export async function fillForMember(
  services: Services,
  member: Member,
  command: Command,
  given: Arguments,
  knowledge: Knowledge,
  from: FillFrom,
): Promise<Filled> {
  const filled = await fillArguments(services, command, given, knowledge, from)
  const isGiven = [given.cluster, given.service, given.target].some((each) => each !== undefined)
  if (member.role !== 'guest' || filled.kind !== 'complete' || filled.args.cluster === undefined || isGiven)
    return filled
  const own = seenBy(member, knowledge)
  if (own.clusters.length > 0) return fillArguments(services, command, given, own, from)
  return { ...missing(given, 'service', namesOf(knowledge.services)), sources: {} }
}

/** What stands for "the cluster" to this person: to a guest only clusters among their projects. */
export function seenBy(member: Member, knowledge: Knowledge): Knowledge {
  if (member.role !== 'guest') return knowledge
  const look = { command: 'status', action: 'status', effect: 'read', environment: null } as const
  // Zones open nothing to guests.
  const sees = (name: string) => decide(member, [], { ...look, resources: [name] }).verdict !== 'no'
  return { ...knowledge, clusters: knowledge.clusters.filter(({ name }) => sees(name)) }
}
