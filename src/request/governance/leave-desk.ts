import type { Services } from '../../actions/services.ts'
import type { WorkspaceLeaving } from '../../domain/tenant.ts'
import { readAddress } from '../../domain/workspace-address.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import type { Guard } from './guard.ts'
import { finishLeaving, noteLeaving } from './leave-tenant.ts'
import type { Moved } from './moved.ts'

/** A leave that is noted: a crash forgets it no more. */
export interface Leave {
  readonly say: Phrase
  /** Carries it out: every open request is told that it has ended, which may take a while. */
  finish(): Promise<Moved>
}

/** Workspaces that joined a tenant and leave it again. */
export interface LeaveDesk {
  /** Gives a workspace that joined a tenant of its own again: by an admin, or by who asked for it to join. */
  leave(tenantId: string, userId: string, workspaceId: string): Promise<Phrase | Leave>
  /**
   * Carries out what a crash left of workspaces that leave.
   * @param settle nothing of before may stay in memory of these tenants
   */
  finishLeaving(signal: AbortSignal, settle: (moved: readonly string[]) => void): Promise<void>
}

/** A workspace is let go by one work at a time in this process; on another replica, each part of it is done once all the same. */
export function createLeaveDesk(services: Services, guard: Guard): LeaveDesk {
  /** By workspace: who comes second waits for the first. */
  const underWay = new Map<string, Promise<Moved>>()

  function finish(leaving: WorkspaceLeaving): Promise<Moved> {
    const { workspaceId } = leaving
    const begun = underWay.get(workspaceId)
    if (begun) return begun
    const work = finishLeaving(services, leaving).finally(() => underWay.delete(workspaceId))
    underWay.set(workspaceId, work)
    return work
  }

  return {
    async leave(tenantId, userId, workspaceId) {
      const noted = await noteLeaving(services, guard, tenantId, userId, workspaceId)
      if ('key' in noted) return noted
      return { say: phrase('workspace.leaving', { workspace: noted.name }), finish: () => finish(noted) }
    },
    finishLeaving: (signal, settle) => finishAll(services, signal, finish, settle),
  }
}

/** What a crash left noted is carried out; who decided it is told. */
async function finishAll(
  services: Services,
  signal: AbortSignal,
  finish: (leaving: WorkspaceLeaving) => Promise<Moved>,
  settle: (moved: readonly string[]) => void,
): Promise<void> {
  for (const leaving of await services.storage.workspaceJoins.leaving()) {
    if (signal.aborted) return
    try {
      const { say, moved } = await finish(leaving)
      settle(moved)
      await tellWhoDecided(services, leaving, say)
    } catch (error) {
      services.log.error({ err: error, tenant: leaving.tenantId }, 'a workspace could not leave yet; tried again later')
    }
  }
}

/** Where they are now: with their workspace, where it was theirs that left. */
async function tellWhoDecided(services: Services, leaving: WorkspaceLeaving, title: Phrase): Promise<void> {
  const { id, workspaceId } = readAddress(leaving.by)
  const now = workspaceId === leaving.workspaceId ? await services.storage.installations.tenantOf(workspaceId) : null
  const [tenantId, userId] = now === null || now === leaving.tenantId ? [leaving.tenantId, leaving.by] : [now, id]
  const { language } = (await services.knowledge.snapshot(tenantId)).knowledge.tenant
  await services.messenger
    .direct(tenantId, userId, language, { kind: 'notice', title })
    .catch((error: unknown) => services.log.warn({ err: error, tenant: tenantId }, 'news of a workspace went untold'))
}
