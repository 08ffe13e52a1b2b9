import type { Installation } from '../../domain/tenant.ts'
import type { Storage } from '../../storage/types.ts'

/** Installed workspaces, kept until they change: the hot path decrypts no token twice. */
export interface InstallationCache {
  /** By enterprise id of an org-wide install, else by team id. */
  find(workspaceId: string): Promise<Installation | null>
  ofTenant(tenantId: string): Promise<Installation | null>
  /** Forgets all that is known of a tenant, its tokens included. */
  drop(tenantId: string): void
}

const mostKept = 4_000
/** Other processes install too: on Postgres nothing is kept longer than this (ms). */
const keptFor = 5_000

interface Entry {
  readonly installation: Promise<Installation | null>
  readonly readAt: number
}

/** A bounded cache over `storage.installations`; what is not installed is asked for again each time. */
export function createInstallationCache(
  storage: Pick<Storage, 'dialect' | 'installations'>,
  now: () => number = Date.now,
): InstallationCache {
  const lifetime = storage.dialect === 'sqlite' ? Number.POSITIVE_INFINITY : keptFor
  const entries = new Map<string, Entry>()

  function read(key: string, load: () => Promise<Installation | null>): Promise<Installation | null> {
    const known = entries.get(key)
    if (known && now() - known.readAt < lifetime) return known.installation
    const entry = { installation: load(), readAt: now() }
    entries.delete(key)
    entries.set(key, entry)
    if (entries.size > mostKept) entries.delete(entries.keys().next().value ?? '')
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key)
    }
    entry.installation.then((found) => found ?? forget(), forget)
    return entry.installation
  }

  return {
    find: (workspaceId) => read(`w ${workspaceId}`, () => storage.installations.find(workspaceId)),
    ofTenant: (tenantId) => read(`t ${tenantId}`, () => storage.installations.findByTenant(tenantId)),
    drop(tenantId) {
      entries.delete(`t ${tenantId}`)
      for (const [key, { installation }] of entries) {
        if (!key.startsWith('w ')) continue
        installation.then(
          (found) => {
            if (found?.tenantId === tenantId) entries.delete(key)
          },
          () => {},
        )
      }
    },
  }
}
