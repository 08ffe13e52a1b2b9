import type { DeploymentState } from '../capabilities/repositories.ts'
import type { CommandContext } from './command.ts'
import type { Source } from './deploy-source.ts'

/** Tells the code hosting how a deployment goes. It never holds up the deployment, and never fails it. */
export interface DeploymentRecord {
  /** `true` = the code hosting knows the end. */
  end(state: Exclude<DeploymentState, 'in_progress'>): Promise<boolean>
}

/** What one call may take (ms); the answer waits no longer for it. */
const patience = 5_000
const call = () => ({ signal: AbortSignal.timeout(patience) })

/** A record that nobody keeps. */
export const noRecord: DeploymentRecord = { end: async () => true }

/** Begins the record of this action's deployment; the same action goes on with its own after a restart. */
export function recordDeployment(context: CommandContext, source: Source, environment: string): DeploymentRecord {
  const { repositories, repository, ref } = source
  const begun = (async () => {
    const deployment = { sha: ref.sha, environment, actionId: context.action.id }
    const id = await repositories.startDeployment(repository, deployment, call())
    await repositories.setDeploymentState(repository, id, 'in_progress', call())
    return id
  })()
  // What failed is told at the end.
  begun.catch(() => {})
  return {
    async end(state) {
      try {
        await repositories.setDeploymentState(repository, await begun, state, call())
        return true
      } catch {
        return false
      }
    },
  }
}

/** True where another process goes on with the action: its record stays open. */
export const isHandedOver = ({ signal }: CommandContext): boolean => {
  const { why } = (signal.aborted ? signal.reason : {}) as { readonly why?: string }
  return why === 'shutdown' || why === 'lost'
}
