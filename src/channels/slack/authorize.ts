import type { Authorize } from '@slack/bolt'
import { suffixOf } from '../../domain/workspace-address.ts'
import { ForeignPayload } from './foreign-payload.ts'
import type { InstallationCache } from './installations.ts'

/** A workspace that has no NOX (any more): its requests are acknowledged and forgotten. */
export class NotInstalledError extends Error {}

/**
 * Finds the tenant of a request: by the workspace that Bolt read from `authorizations`, never from `event.team`, which
 * is the author's in a shared channel. No token is given to Bolt: NOX calls Slack over its own pool.
 */
export function createAuthorize(installations: InstallationCache): Authorize<boolean> {
  return async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
    const workspaceId = isEnterpriseInstall ? enterpriseId : teamId
    const isId = typeof workspaceId === 'string' && workspaceId !== ''
    if (!isId && workspaceId) throw new ForeignPayload('the id of a workspace is none')
    const installation = !isId ? null : await installations.find(workspaceId)
    if (!installation) throw new NotInstalledError('NOX is not installed there')
    const { botId, botUserId, tenantId } = installation
    return {
      botId,
      botUserId,
      tenantId,
      suffix: suffixOf(installation),
      ...(teamId === undefined ? {} : { teamId }),
      ...(enterpriseId === undefined ? {} : { enterpriseId }),
    }
  }
}
