import type { DatabaseConfig } from '../../config.ts'
import { NoxError } from '../../errors.ts'
import { seededWorkspaces } from '../../sandbox/workspaces.ts'
import { openStorage } from '../../storage/open-storage.ts'
import type { Installations } from '../../storage/types/installations.ts'
import { createVault } from '../../vault/index.ts'

/** Whether NOX is installed in a workspace that is not the sandbox's. No master key is needed to tell. */
export async function hasRealWorkspaces(installations: Pick<Installations, 'installedIds'>): Promise<boolean> {
  const ids = await installations.installedIds()
  return ids.some((id) => !seededWorkspaces.some((own) => own.id === id))
}

/**
 * Whoever forgot the credentials of Slack must not find their workspaces in a sandbox that anyone may open, where NOX
 * would go on with their orders and tell a simulated Slack of it.
 * @throws NoxError `configuration` where the database has a workspace that is not the sandbox's
 */
export async function refuseRealTenants(database: DatabaseConfig, masterKeys: readonly string[]): Promise<void> {
  const storage = await openStorage(database, createVault(masterKeys))
  try {
    if (await hasRealWorkspaces(storage.installations)) {
      throw new NoxError(
        'configuration',
        'DATABASE_URL names the database of real workspaces, and no credentials of Slack are set: the sandbox does not open it.\n  Set SLACK_SIGNING_SECRET, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (or SLACK_APP_TOKEN) to serve them, or give the sandbox a database of its own.',
      )
    }
  } finally {
    await storage.close()
  }
}
