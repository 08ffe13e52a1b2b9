import type { DatabaseConfig } from '../../config.ts'
import { hasRealWorkspaces } from '../../start/sandbox/refuse-real-tenants.ts'
import type { Inspection } from '../../storage/inspect-storage.ts'
import { type Check, failed } from './check.ts'

/** Would the sandbox open this database? On SQLite it has a file of its own. */
export async function checkSandbox(where: DatabaseConfig, contents: Inspection['contents']): Promise<readonly Check[]> {
  if (!('url' in where) || contents === null || !(await hasRealWorkspaces(contents.installations))) return []
  return [
    failed(
      'sandbox',
      'DATABASE_URL names the database of real workspaces: without credentials of Slack npm start does not open it.',
      'Set SLACK_SIGNING_SECRET, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (or SLACK_APP_TOKEN) to serve them, or give the sandbox a database of its own.',
    ),
  ]
}
