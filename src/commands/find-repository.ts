import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { CommandContext, Knowledge, Subject } from './command.ts'
import { findService } from './find-target.ts'

/** A repository, by the name that people here use for it. */
export interface NamedRepository {
  /** A service's name, or the repository's own. */
  readonly name: string
  /** `acme/user-api`. */
  readonly repository: string
}

const fullName = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/

/** Is this `owner/name`? */
export const isRepository = (text: string): boolean => fullName.test(text) && !text.endsWith('/..')

/** The repositories of the catalogue, each once. */
export function knownRepositories(knowledge: Knowledge): readonly NamedRepository[] {
  const found = new Map<string, NamedRepository>()
  for (const { name, repository } of knowledge.services) {
    if (repository !== undefined && !found.has(repository)) found.set(repository, { name, repository })
  }
  return [...found.values()]
}

/** A repository by a service's name or alias, by its own short name, or as `owner/name`; `null` = none of these. */
export function findRepository(knowledge: Knowledge, typed: string): NamedRepository | null {
  const service = findService(knowledge, typed)
  if (service?.repository !== undefined) return { name: service.name, repository: service.repository }
  const known = knownRepositories(knowledge)
  const wanted = typed.toLowerCase()
  const own = known.find(({ repository }) => {
    const full = repository.toLowerCase()
    return full === wanted || full.split('/')[1] === wanted
  })
  if (own) return own
  return isRepository(typed) ? { name: typed, repository: typed } : null
}

/** The repository that an order names; the road has made sure that there is one. */
export function repositoryOf(knowledge: Knowledge, args: Arguments): NamedRepository {
  const typed = optionalText(args, 'repository') ?? ''
  const found = findRepository(knowledge, typed)
  if (found) return found
  throw new NoxError('not-found', 'unknown repository', {
    forPerson: findService(knowledge, typed)
      ? phrase('error.noRepository', { service: typed })
      : phrase('question.unknownName.none', { typed }),
  })
}

/** What an order about a repository is about: the service, where one of the catalogue stands for it. */
export function repositorySubject(args: Arguments, knowledge: Knowledge): Subject {
  const typed = optionalText(args, 'repository')
  if (typed === undefined) return { environment: null, resources: [] }
  const found = findRepository(knowledge, typed)
  const names = [found?.name ?? typed, ...(found ? [found.repository] : [])]
  return { environment: null, resources: [...new Set(names)] }
}

/** The repositories that a person may look at: the named one, else those of the catalogue. */
export function repositoriesFor(context: CommandContext, command: string, args: Arguments): readonly NamedRepository[] {
  if (args.repository !== undefined) return [repositoryOf(context.knowledge, args)]
  return knownRepositories(context.knowledge).filter(({ name, repository }) => {
    const question = {
      command,
      action: 'ci',
      effect: 'read',
      environment: null,
      resources: [name, repository],
    } as const
    return context.may(question).verdict !== 'no'
  })
}

/** Repositories that are asked at once; a catalogue may have hundreds. */
const mostAsked = 30

/** What each of several repositories answers; one that fails alone is left out, all of them are an error. */
export async function fromEach<T>(
  sources: readonly NamedRepository[],
  ask: (source: NamedRepository) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const answers = await Promise.allSettled(sources.slice(0, mostAsked).map(ask))
  const given = answers.filter((each) => each.status === 'fulfilled')
  const [failure] = answers.filter((each) => each.status === 'rejected')
  if (given.length === 0 && failure) throw failure.reason
  return given.flatMap((each) => each.value)
}

/** An example of an order about a repository: the first that is known. */
export function exampleRepository(knowledge: Knowledge): Arguments | null {
  const [first] = knowledge.integrations.length > 0 ? knownRepositories(knowledge) : []
  return first ? { repository: first.name } : null
}
