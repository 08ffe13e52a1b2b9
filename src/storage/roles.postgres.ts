import type { ReservedSql } from 'postgres'
import type { Pooling } from './connections.postgres.ts'

/**
 * Who NOX is in a transaction. `nox_app` sees one tenant, `nox_worker` looks across them without what they contain,
 * `nox_backup` reads all, `nox_keeper` moves one tenant's old audit records out and removes what is purged; whoever logs
 * in sees nothing before it becomes one of them.
 */
export type Role = 'nox_app' | 'nox_worker' | 'nox_backup' | 'nox_keeper'
export const roles: readonly Role[] = ['nox_app', 'nox_worker', 'nox_backup', 'nox_keeper']

/** Until the transaction ends: both in one statement, so that it costs as little as one. */
export const enterText = `select set_config('role', $1, true), set_config('app.tenant_id', $2, true)`

/** Becomes a role for one tenant, or for none, until the transaction ends. It is sent; nobody need wait for it. */
export const enter = (
  sql: Pick<ReservedSql, 'unsafe'>,
  role: Role,
  tenantId: string | null,
  pooling: Pooling = 'session',
): Promise<unknown> =>
  pooling === 'session'
    ? sql.unsafe(enterText, [role, tenantId ?? ''], { prepare: true }).execute()
    : sql
        .unsafe(
          `select set_config('role', '${role}', true), set_config('app.tenant_id', ${literal(tenantId ?? '')}, true), ${limits}`,
        )
        .execute()

/** As `enter` for `nox_app`, with the tenant's lock (`enterAndLockText`). */
export const enterAndLock = (sql: Pick<ReservedSql, 'unsafe'>, tenantId: string, pooling: Pooling): Promise<unknown> =>
  pooling === 'session'
    ? sql.unsafe(enterAndLockText, [tenantId], { prepare: true }).execute()
    : sql.unsafe(`select nox_enter_and_lock(${literal(tenantId)}), ${limits}`).execute()

/**
 * A text without a parameter: behind a pooler a parameter costs a round trip, since its type is asked for first. In
 * hexadecimal nothing in it can be SQL.
 */
const literal = (text: string): string => `convert_from(decode('${Buffer.from(text).toString('hex')}', 'hex'), 'UTF8')`

/** The limits (ms) that a session of ours has from its start; a pooler's session has them for our transaction. */
const limits = `set_config('statement_timeout', '10000', true), set_config('idle_in_transaction_session_timeout', '10000', true)`

/**
 * As `enter` for one tenant, and its lock too, in one message: orders that share a commit cost one message more for
 * each tenant, not two. The name is that of a function of the database.
 */
export const enterAndLockText = 'select nox_enter_and_lock($1)'

/** Each statement of the function sees what the one before it set: the lock is taken under row-level security. */
export const enterAndLockFunction = `create or replace function nox_enter_and_lock(tenant text) returns void
language plpgsql as $$
begin
  perform set_config('role', 'nox_app', true), set_config('app.tenant_id', tenant, true);
  perform id from tenants where id = tenant for no key update;
end $$`
