import type { Repositories, ResolvedRef, WantedRef } from '../capabilities/repositories.ts'
import type { Service } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { providersOf } from '../domain/integration.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { CommandContext, Outcome } from './command.ts'

/** Where a version comes from, as the code hosting knows it at this moment. */
export interface Source {
  readonly repositories: Repositories
  readonly repository: string
  readonly ref: ResolvedRef
}

/** What was found out about the version that an order names. */
export type Sourced =
  | { readonly kind: 'found'; readonly source: Source }
  /** The repository has no such branch, tag or commit. */
  | { readonly kind: 'missing'; readonly why: Phrase; readonly near: readonly string[] }
  /** Nobody to ask, or no answer: a deployment does not wait for its code hosting. */
  | { readonly kind: 'unknown'; readonly note: Phrase | null }

const mostNear = 3
/** What the code hosting gets to answer (ms). */
const patience = 5_000

/** The branch, tag or commit that an order names, else the service's own branch. */
function wantedRef(service: Service, args: Arguments): WantedRef & { readonly name: string } {
  const [tag, sha, branch] = ['tag', 'sha', 'branch'].map((name) => optionalText(args, name))
  if (tag !== undefined) return { tag, name: tag }
  if (sha !== undefined) return { sha, name: sha }
  const name = branch ?? service.defaultBranch
  return { branch: name, name }
}

/** Asks the code hosting what the order's version stands for. @param agreed the commit that was agreed to in its place */
export async function sourceOf(
  context: CommandContext,
  service: Service,
  args: Arguments,
  agreed?: string,
): Promise<Sourced> {
  const { repository } = service
  const isConnected = context.knowledge.integrations.some(({ vendor }) => providersOf.repositories.includes(vendor))
  if (repository === undefined || !isConnected) return { kind: 'unknown', note: null }
  const wanted = agreed === undefined ? wantedRef(service, args) : { sha: agreed, name: agreed }
  const call = { signal: AbortSignal.any([context.signal, AbortSignal.timeout(patience)]) }
  try {
    const repositories = await context.provider('repositories')
    const ref = await repositories.resolve(repository, wanted, call)
    if (ref) return { kind: 'found', source: { repositories, repository, ref } }
    const kind = 'tag' in wanted ? 'tag' : 'sha' in wanted ? 'sha' : 'branch'
    const names = kind === 'sha' ? [] : await repositories.refs(repository, call)
    const near = context.nearest(wanted.name, names, mostNear)
    return { kind: 'missing', why: phrase(`github.ref.${kind}`, { ref: wanted.name, repository }), near }
  } catch (error) {
    context.signal.throwIfAborted()
    if (error instanceof NoxError && error.code === 'internal') throw error
    return { kind: 'unknown', note: phrase('github.unchecked', { ref: wanted.name }) }
  }
}

/** An order for a version that does not exist: what is near to it, as buttons. */
export function missingSource(action: Phrase, { why, near }: Sourced & { kind: 'missing' }, args: Arguments): Outcome {
  const { branch: _, tag: __, sha: ___, ...rest } = args
  const isTag = (name: string) => /^v?\d+(\.\d+)*/.test(name)
  const buttons = near.map((name) => {
    const order = { ...rest, [isTag(name) ? 'tag' : 'branch']: name }
    return {
      label: phrase('action.plain', { command: name }),
      does: { kind: 'order', command: 'deploy', args: order },
    } as const
  })
  const names = { kind: 'list', items: near.map((text) => ({ kind: 'code', text }) as const) } as const
  const next = near.length > 0 ? phrase('github.ref.near', { names }) : phrase('github.ref.none')
  return {
    result: 'failed',
    changed: false,
    answer: { kind: 'outcome', title: phrase('state.failed', { action }), lines: [why, next], buttons },
    details: { reason: 'ref.missing' },
  }
}
