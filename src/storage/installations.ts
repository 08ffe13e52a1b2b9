import { keepRecent } from '../domain/keep-recent.ts'
import type { Installation } from '../domain/tenant.ts'
import { isOf } from '../domain/workspace-address.ts'
import { appendAudit } from './audit.ts'
import { cleanRow } from './clean.ts'
import type { Database } from './database.ts'
import { orm } from './drizzle.ts'
import { endOpenOrders } from './end-open-orders.ts'
import { besideStatement, workspaceStatement, workspacesStatement } from './installation-statements.ts'
import type { Secrets } from './secrets.ts'
import type { Tables } from './tables.ts'
import type { Installations, OauthStates } from './types/installations.ts'

type Row = Omit<Tables['installations']['$inferSelect'], 'leaving'>

/** Opened tokens that are kept (bytes): those of some 10,000 workspaces. */
const mostBytes = 8 * 1024 * 1024
const bytesOfToken = 800

/** What a token is sealed for, beside its tenant. */
export const sealedField = (workspaceId: string) => `installation:${workspaceId}`

/** Opened tokens stay in memory as long as their sealed text is the same, up to 8 MiB of them. */
export function createInstallations(database: Database, secrets: Secrets): Installations {
  const { installations, purges } = database.tables
  const { and, eq, isNull } = orm
  /** Opened tokens with their sealed text, by workspace: what is sealed as before opens as before. */
  const tokens = keepRecent<{ readonly sealed: string; readonly token: Promise<string> }>(mostBytes)

  function open({ tenantId, workspaceId, botToken: sealed }: Row): Promise<string> {
    const known = tokens.get(workspaceId)
    if (known?.sealed === sealed) return known.token
    const token = secrets.open(tenantId, sealedField(workspaceId), sealed)
    tokens.set(workspaceId, { sealed, token }, bytesOfToken)
    token.catch(() => tokens.delete(workspaceId))
    return token
  }

  async function decrypt(row: Row | undefined): Promise<Installation | null> {
    if (!row?.isInstalled) return null
    const { isInstalled: _, joinedAt, name, ...rest } = row
    return {
      ...rest,
      isOrgWide: Boolean(rest.isOrgWide),
      ...(joinedAt === null ? {} : { joinedAt, name }),
      botToken: await open(row),
      scopes: JSON.parse(row.scopes) as string[],
    }
  }

  async function read(workspaceId: string): Promise<Row | undefined> {
    const [row] = await database.read(null, async (tx) => workspaceStatement(tx, database).execute({ workspaceId }))
    return row
  }

  async function listOf(rows: readonly Row[]): Promise<readonly Installation[]> {
    const inOrder = rows.toSorted((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0))
    const all = await Promise.all(inOrder.map(decrypt))
    return all.filter((each) => each !== null)
  }

  return {
    find: async (workspaceId) => decrypt(await read(workspaceId)),
    async listByWorkspace(workspaceId) {
      const rows = await database.read(null, async (tx) => besideStatement(tx, database).execute({ workspaceId }))
      return listOf(rows)
    },
    async findByTenant(tenantId) {
      return (await this.listByTenant(tenantId))[0] ?? null
    },
    async listByTenant(tenantId) {
      const rows = await database.read(tenantId, async (tx) => workspacesStatement(tx, database).execute({ tenantId }))
      return listOf(rows)
    },
    forget: tokens.delete,
    async save(installation) {
      const { tenantId, workspaceId } = installation
      const botToken = await secrets.seal(tenantId, sealedField(workspaceId), installation.botToken)
      const scopes = JSON.stringify(installation.scopes)
      const row = cleanRow({ ...installation, botToken, scopes, isInstalled: true })
      await database.write(tenantId, async (tx) =>
        tx.insert(installations).values(row).onConflictDoUpdate({ target: installations.workspaceId, set: row }),
      )
      // Whoever comes back in time loses nothing.
      await database.write(null, async (tx) =>
        tx.delete(purges).where(and(eq(purges.id, tenantId), isNull(purges.startedAt))),
      )
    },
    async remove(workspaceId, audit) {
      tokens.delete(workspaceId)
      const tenantId = (await read(workspaceId))?.tenantId
      if (tenantId === undefined) return null
      const where = and(eq(installations.workspaceId, workspaceId), eq(installations.isInstalled, true))
      const removed = await database.write(tenantId, async (tx) => {
        if (audit) await database.lockTenant(tx, tenantId)
        const [row] = await tx
          .update(installations)
          .set({ isInstalled: false, botToken: '', leaving: null })
          .where(where)
          .returning({
            tenantId: installations.tenantId,
            workspaceId: installations.workspaceId,
            joinedAt: installations.joinedAt,
          })
        if (!row) return null
        if (audit) {
          await endOpenOrders(database, tx, tenantId, (address) => isOf(row, address), audit.at)
          await appendAudit(database, tx, tenantId, audit)
        }
        return { tenantId }
      })
      tokens.delete(workspaceId)
      return removed
    },
    async installedIds() {
      const columns = { id: installations.workspaceId }
      const rows = await database.read(null, async (tx) =>
        tx.select(columns).from(installations).where(eq(installations.isInstalled, true)),
      )
      return rows.map(({ id }) => id)
    },
    async hadWorkspace(tenantId) {
      const mine = eq(installations.tenantId, tenantId)
      const columns = { id: installations.workspaceId }
      const rows = await database.read(tenantId, async (tx) =>
        tx.select(columns).from(installations).where(mine).limit(1),
      )
      return rows.length > 0
    },
    tenantOf: async (workspaceId) => (await read(workspaceId))?.tenantId ?? null,
  }
}

/** Whoever takes a state deletes it; what has expired goes with the next that is taken. */
export function createOauthStates(database: Database): OauthStates {
  const { oauthStates } = database.tables
  const { eq, lt } = orm
  return {
    async put(state, data, expiresAt) {
      await database.write(null, async (tx) => tx.insert(oauthStates).values(cleanRow({ state, data, expiresAt })))
    },
    async take(state, now) {
      return database.write(null, async (tx) => {
        const [row] = await tx.delete(oauthStates).where(eq(oauthStates.state, state)).returning()
        await tx.delete(oauthStates).where(lt(oauthStates.expiresAt, now))
        return row && row.expiresAt >= now ? row.data : null
      })
    },
    useOnce: (state, expiresAt, now) =>
      database.write(null, async (tx) => {
        await tx.delete(oauthStates).where(lt(oauthStates.expiresAt, now))
        const row = cleanRow({ state, data: '', expiresAt })
        const made = await tx
          .insert(oauthStates)
          .values(row)
          .onConflictDoNothing()
          .returning({ state: oauthStates.state })
        return made.length > 0
      }),
  }
}
