import type { DeploymentState, Repositories } from '../capabilities/repositories.ts'
import { providersAmong } from '../domain/integration.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import type { CommandContext, Outcome } from './command.ts'
import type { FollowedChange } from './follow-rollout.ts'

/** A commit that comes to run, of a repository whose code hosting keeps deployments. */
export interface Noted {
  readonly repositories: Repositories
  readonly repository: string
  readonly sha: string
}

/** What comes to run where. */
export interface Placed {
  readonly environment: string
  readonly image: string
}

/** Tells the code hosting how a deployment goes. It never holds up the deployment, and never fails it. */
interface DeploymentRecord {
  /** `null` = the code hosting knows the end, or nobody keeps it; else what people are told. */
  end(state: Exclude<DeploymentState, 'in_progress'>): Promise<Phrase | null>
}

/** What one call may take (ms); the answer waits no longer for it. */
const patience = 5_000
const call = () => ({ signal: AbortSignal.timeout(patience) })

/** A record that nobody keeps. */
const noRecord: DeploymentRecord = { end: async () => null }

/** How the code hosting calls the end of a deployment. */
const endOf = { done: 'success', failed: 'failure', cancelled: 'inactive', refused: 'inactive' } as const

/**
 * Makes a change whose deployment the code hosting notes. What it was not told of is said below the answer.
 * @param change calls `begin` with its first effect: what runs already is no deployment. `find`: which commit it brings
 */
export async function withRecord(
  context: CommandContext,
  change: (begin: (placed: Placed, find: () => Promise<Noted | null>) => void) => Promise<FollowedChange>,
): Promise<Outcome> {
  let record = noRecord
  try {
    const { replacedSince, ...told } = await change((placed, find) => {
      record = recordDeployment(context, placed, find)
    })
    const first = await record.end(endOf[told.result])
    const replaced = (await replacedSince?.()) ?? null
    const outcome = replaced ?? told
    const note = replaced ? await record.end(endOf[replaced.result]) : first
    const { answer } = outcome
    return note ? { ...outcome, answer: { ...answer, context: [...(answer.context ?? []), note] } } : outcome
  } catch (error) {
    if (!isHandedOver(context)) await record.end('failure')
    throw error
  }
}

/** Begins the record of this action's deployment; the same action goes on with its own after a restart. */
function recordDeployment(
  context: CommandContext,
  placed: Placed,
  find: () => Promise<Noted | null>,
): DeploymentRecord {
  const begun = (async () => {
    const noted = await find()
    if (!noted) return null
    const { repositories, repository, sha } = noted
    const id = await repositories.startDeployment(repository, { sha, ...placed, actionId: context.action.id }, call())
    await repositories.setDeploymentState(repository, id, 'in_progress', call())
    return { ...noted, id }
  })()
  // What failed is told at the end.
  begun.catch(() => {})
  return {
    async end(state) {
      try {
        const known = await begun
        if (known) await known.repositories.setDeploymentState(known.repository, known.id, state, call())
        return null
      } catch {
        return phrase('github.notTold')
      }
    },
  }
}

/**
 * The commit of a version that ran before: as its deployment was noted, else what its tag, or the version itself, stands
 * for; of a branch that nobody noted none is known, for it moves on. `null` = nobody keeps deployments.
 * @throws NoxError where its commit is not known
 */
export async function findCommit(
  context: CommandContext,
  repository: string | undefined,
  version: string,
  placed: Placed,
): Promise<Noted | null> {
  if (repository === undefined || providersAmong(context.knowledge.integrations, 'repositories').length === 0)
    return null
  const repositories = await context.provider('repositories')
  const noted = await repositories.deployedCommit(repository, placed, call())
  const wanted = [{ tag: version }, ...(/^[0-9a-f]{7,40}$/.test(version) ? [{ sha: version }] : [])]
  let sha = noted
  for (const each of wanted) sha ??= (await repositories.resolve(repository, each, call()))?.sha ?? null
  if (sha === null) throw new NoxError('not-found', 'the commit of a version is not known')
  return { repositories, repository, sha }
}

/** True where another process goes on with the action: its record stays open. */
const isHandedOver = ({ signal }: CommandContext): boolean => {
  const { why } = (signal.aborted ? signal.reason : {}) as { readonly why?: string }
  return why === 'shutdown' || why === 'lost'
}
