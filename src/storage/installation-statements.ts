import { builtOnce } from './built-once.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'

// How a request of Slack finds its workspace; built once for a connection. Flags come as SQLite has them: 0 or 1.

const names = [
  ...['workspaceId', 'tenantId', 'isOrgWide', 'appId', 'botToken', 'botUserId', 'botId', 'scopes'],
  ...['installerUserId', 'installedAt', 'isInstalled', 'joinedAt', 'name'],
]

function columnsOf({ tables: { installations } }: Database) {
  const { workspaceId, tenantId, isOrgWide, appId, botToken, botUserId, botId, scopes } = installations
  const { installerUserId, installedAt, isInstalled, joinedAt, name } = installations
  return {
    ...{ workspaceId, tenantId, isOrgWide, appId, botToken, botUserId, botId, scopes },
    ...{ installerUserId, installedAt, isInstalled, joinedAt, name },
  }
}

export const workspaceStatement = builtOnce(names, (tx, database) => {
  const { installations } = database.tables
  return tx
    .select(columnsOf(database))
    .from(installations)
    .where(orm.eq(installations.workspaceId, orm.sql.placeholder('workspaceId')))
    .prepare('workspace')
})

export const workspacesStatement = builtOnce(names, (tx, database) => {
  const { installations } = database.tables
  return tx
    .select(columnsOf(database))
    .from(installations)
    .where(
      orm.and(orm.eq(installations.tenantId, orm.sql.placeholder('tenantId')), orm.eq(installations.isInstalled, true)),
    )
    .orderBy(orm.asc(installations.workspaceId))
    .prepare('workspaces_of_tenant')
})

/** All workspaces of the tenant that this one belongs to, where it is installed: one look, whosever it is. */
export const besideStatement = builtOnce(names, (tx, database) => {
  const { installations } = database.tables
  const { and, asc, eq, sql } = orm
  const owner = tx
    .select({ tenantId: installations.tenantId })
    .from(installations)
    .where(and(eq(installations.workspaceId, sql.placeholder('workspaceId')), eq(installations.isInstalled, true)))
  return tx
    .select(columnsOf(database))
    .from(installations)
    .where(and(eq(installations.tenantId, sql`(${owner})`), eq(installations.isInstalled, true)))
    .orderBy(asc(installations.workspaceId))
    .prepare('workspaces_beside')
})
