import type { Installation } from '../../domain/tenant.ts'
import { isOf, readAddress } from '../../domain/workspace-address.ts'
import type { Storage } from '../../storage/types/storage.ts'

/** Installed workspaces, kept until they change: the hot path decrypts no token twice. */
export interface InstallationCache {
  /** By enterprise id of an org-wide install, else by team id. */
  find(workspaceId: string): Promise<Installation | null>
  /** All workspaces of a tenant, the one that it began with first. */
  listOf(tenantId: string): Promise<readonly Installation[]>
  /** The workspace that a tenant began with, else the one that joined it first. */
  ofTenant(tenantId: string): Promise<Installation | null>
  /** The workspace of a person or a conversation, and Slack's own id there; `null` = NOX is not there any more. */
  reach(tenantId: string, address: string): Promise<Reached | null>
  /** Forgets all that is known of a tenant, its tokens included. */
  drop(tenantId: string): void
}

export interface Reached {
  readonly installation: Installation
  readonly id: string
}

const mostKept = 4_000
/** Other processes install too: on Postgres nothing is kept longer than this (ms). */
const keptFor = 5_000

interface Entry<T> {
  readonly value: Promise<T>
  readonly readAt: number
}

/** Values by key, each read once in a while; what `isNothing` is asked for again each time. */
function keep<T>(lifetime: number, now: () => number, isNothing: (value: T) => boolean) {
  const entries = new Map<string, Entry<T>>()
  return {
    entries,
    read(key: string, load: () => Promise<T>): Promise<T> {
      const known = entries.get(key)
      if (known && now() - known.readAt < lifetime) return known.value
      const entry = { value: load(), readAt: now() }
      entries.delete(key)
      entries.set(key, entry)
      if (entries.size > mostKept) entries.delete(entries.keys().next().value ?? '')
      const forget = () => {
        if (entries.get(key) === entry) entries.delete(key)
      }
      entry.value.then((found) => isNothing(found) && forget(), forget)
      return entry.value
    },
  }
}

/** A bounded cache over `storage.installations`; what is not installed is asked for again each time. */
export function createInstallationCache(
  storage: Pick<Storage, 'dialect' | 'installations'>,
  now: () => number = Date.now,
): InstallationCache {
  const lifetime = storage.dialect === 'sqlite' ? Number.POSITIVE_INFINITY : keptFor
  const byWorkspace = keep<Installation | null>(lifetime, now, (found) => found === null)
  const byTenant = keep<readonly Installation[]>(lifetime, now, (found) => found.length === 0)
  const listOf = (tenantId: string) => byTenant.read(tenantId, () => storage.installations.listByTenant(tenantId))

  return {
    find: (workspaceId) => byWorkspace.read(workspaceId, () => storage.installations.find(workspaceId)),
    listOf,
    ofTenant: async (tenantId) => (await listOf(tenantId))[0] ?? null,
    async reach(tenantId, address) {
      const installation = (await listOf(tenantId)).find((each) => isOf(each, address))
      return installation ? { installation, id: readAddress(address).id } : null
    },
    drop(tenantId) {
      byTenant.entries.delete(tenantId)
      for (const [key, { value }] of byWorkspace.entries) {
        value.then(
          (found) => {
            if (found?.tenantId === tenantId) byWorkspace.entries.delete(key)
          },
          () => {},
        )
      }
    },
  }
}
