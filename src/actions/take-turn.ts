import type { Command } from '../commands/command.ts'
import { findBackupTarget, findCluster, findService } from '../commands/find-target.ts'
import { cancelButton } from '../commands/follow-rollout.ts'
import type { Action } from '../domain/action.ts'
import type { LiveMessage } from '../domain/messenger.ts'
import { phrase } from '../texts/phrase.ts'
import { describeAction } from './frames.ts'
import { alwaysOpen } from './quota.ts'
import type { Services } from './services.ts'
import type { TenantSnapshot } from './tenant-knowledge.ts'
import { createTurns, type TurnLimits, type Turns } from './turns.ts'

/** Turns of what reads and of what changes something, counted apart: who looks at a rollout never waits behind it. */
export type Lanes = Readonly<Record<Command['words']['effect'], Turns>>

/** Both with the same limits. */
export const createLanes = (limits: TurnLimits): Lanes => ({ read: createTurns(limits), write: createTurns(limits) })

/** Waits until it is an order's turn, and tells the person that it waits; gives what ends the turn. */
export async function takeTurn(
  services: Services,
  lanes: Lanes,
  { action, command, snapshot }: { action: Action; command: Command; snapshot: TenantSnapshot },
  live: LiveMessage,
  signal: AbortSignal,
): Promise<() => void> {
  // What tells about NOX alone, or decides on what waits, waits for nobody.
  if (command.words.action === null || alwaysOpen.has(command.words.name)) return () => {}
  const { effect } = command.words
  const clusterId = effect === 'write' ? clusterOf(action, snapshot) : null
  return lanes[effect].take({ tenantId: action.tenantId, clusterId }, signal, (before) => {
    const words = { action: describeAction(services, snapshot.knowledge, action) }
    const title = before === 0 ? phrase('turn.busy', words) : phrase('turn.waits', { ...words, n: before })
    live.show({ kind: 'progress', title, buttons: [cancelButton(action.id)] })
  })
}

/** The cluster that an order changes, where it is known before it runs. */
function clusterOf({ args, environment }: Action, { knowledge }: TenantSnapshot): string | null {
  const { service, target, cluster } = args
  if (typeof service === 'string') {
    const named = typeof cluster === 'string' ? findCluster(knowledge, cluster)?.id : undefined
    const isThere = (each: { readonly environment: string; readonly clusterId: string }) =>
      each.environment === environment && (cluster === undefined || each.clusterId === named)
    return findService(knowledge, service)?.targets.find(isThere)?.clusterId ?? null
  }
  if (typeof target === 'string') return findBackupTarget(knowledge, target)?.clusterId ?? null
  return null
}
