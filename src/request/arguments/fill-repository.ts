import { optionalText } from '../../commands/arguments.ts'
import type { Command, Knowledge } from '../../commands/command.ts'
import { findRepository, knownRepositories } from '../../commands/find-repository.ts'
import { findService, onlyOne } from '../../commands/find-target.ts'
import type { Arguments } from '../../domain/command-spec.ts'
import { phrase } from '../../texts/phrase.ts'
import { type Found, missing, unknownName } from './found.ts'

/** Which repository an order is about: the named one, that of the thread's or channel's service, the only one. */
export async function fillRepository(
  command: Command,
  args: Arguments,
  knowledge: Knowledge,
  aboutService: () => Promise<string | undefined>,
): Promise<Found> {
  const known = knownRepositories(knowledge)
  const names = known.map(({ name }) => name)
  const typed = optionalText(args, 'repository')
  if (typed !== undefined) {
    const found = findRepository(knowledge, typed)
    if (found) return { kind: 'complete', args: { ...args, repository: found.name } }
    const service = findService(knowledge, typed)
    if (service) return { kind: 'told', args, phrase: phrase('error.noRepository', { service: service.name }) }
    return unknownName(args, 'repository', typed, names)
  }
  if (args.mine === true) return { kind: 'complete', args }
  const near = await aboutService()
  const nearby = near === undefined ? null : findRepository(knowledge, near)
  const only = nearby ?? onlyOne(known)
  if (only) return { kind: 'complete', args: { ...args, repository: only.name } }
  // A look goes over all of them; a change is never given a repository by guess.
  return command.words.effect === 'read' ? { kind: 'complete', args } : missing(args, 'repository', names)
}
