import { type Action, finalStates } from '../domain/action.ts'
import { isOf } from '../domain/workspace-address.ts'
import { auditEntry } from './frames.ts'
import type { Services } from './services.ts'

/** Whether nobody can be told of an action any more: NOX was uninstalled where it was ordered. */
export async function isGone({ storage }: Services, { tenantId, place }: Action): Promise<boolean> {
  const workspaces = await storage.installations.listByTenant(tenantId)
  return !workspaces.some((each) => isOf(each, place.conversationId))
}

/**
 * Ends an action that came in as its workspace uninstalled NOX, as the uninstall itself ends all others: nothing of it is
 * begun or tried again. `false` = its workspace is there, and nothing was done.
 */
export async function endWhereGone(services: Services, action: Action): Promise<boolean> {
  if (!(await isGone(services, action))) return false
  const { ledger } = services.storage
  const now = services.now()
  const state = action.state === 'running' && action.step !== null ? 'unknown' : 'cancelled'
  const details = { rule: 'workspace.gone', ...(action.step === null ? {} : { step: action.step }) }
  const audit = auditEntry(action, state, now, details, 'nox')
  const ending = { state, audit, giveBack: state === 'cancelled', now } as const
  const hasEnded =
    action.state === 'running'
      ? await ledger.finish(action.tenantId, action.id, action.fence, ending)
      : !finalStates.includes(action.state) && (await ledger.settle(action.tenantId, action.id, ending))
  if (hasEnded) services.metrics.actionEnded(action.command, state, now - action.createdAt)
  return true
}
