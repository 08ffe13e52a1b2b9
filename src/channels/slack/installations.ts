import { keepRecent } from '../../domain/keep-recent.ts'
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

/** All workspaces that are kept (bytes): those of some 20,000 tenants. */
const mostBytes = 32 * 1024 * 1024
/** What one workspace takes, and to know whose it is (bytes; measured). */
const [bytesOfOne, bytesOfName] = [1_600, 200]

interface Entry {
  /** The workspaces of one tenant. */
  readonly all: Promise<readonly Installation[]>
  readonly readAt: number
}

/** A bounded cache over `storage.installations`; what is not installed is asked for again each time. */
export function createInstallationCache(storage: Pick<Storage, 'changes' | 'installations'>): InstallationCache {
  const { changes, installations } = storage
  const entries = keepRecent<Entry>(mostBytes)
  /** Whose each workspace was when it was read last; by no means still is. */
  const tenants = keepRecent<string>(mostBytes / 8)

  function keep(tenantId: string, all: Promise<readonly Installation[]>, readAt: number): void {
    const entry = { all, readAt }
    entries.set(tenantId, entry, bytesOfOne)
    const forget = () => {
      if (entries.get(tenantId) === entry) entries.delete(tenantId)
    }
    all.then((found) => {
      if (found.length === 0) forget()
      else entries.weigh(tenantId, entry, found.length * bytesOfOne)
      for (const { workspaceId } of found) tenants.set(workspaceId, tenantId, bytesOfName)
    }, forget)
  }

  function kept(tenantId: string): Promise<readonly Installation[]> | undefined {
    const known = entries.get(tenantId)
    return known && changes.holds(known.readAt) ? known.all : undefined
  }

  function listOf(tenantId: string): Promise<readonly Installation[]> {
    const known = kept(tenantId)
    if (known) return known
    const readAt = changes.mark()
    const all = installations.listByTenant(tenantId)
    keep(tenantId, all, readAt)
    return all
  }

  /** Reads under way, by workspace; who asks after a change does not join one from before it. */
  const reading = new Map<string, Promise<Installation | null>>()
  let drops = 0

  async function read(workspaceId: string): Promise<Installation | null> {
    const [readAt, before] = [changes.mark(), drops]
    const all = await installations.listByWorkspace(workspaceId)
    const own = all.find((each) => each.workspaceId === workspaceId) ?? null
    if (own && drops === before) keep(own.tenantId, Promise.resolve(all), readAt)
    return own
  }

  function readOnce(workspaceId: string): Promise<Installation | null> {
    const known = reading.get(workspaceId)
    if (known) return known
    const found = read(workspaceId).finally(() => {
      if (reading.get(workspaceId) === found) reading.delete(workspaceId)
    })
    reading.set(workspaceId, found)
    return found
  }

  function drop(tenantId: string): void {
    drops += 1
    reading.clear()
    entries.delete(tenantId)
  }
  changes.onChange(drop)

  return {
    async find(workspaceId) {
      const tenantId = tenants.get(workspaceId)
      const all = tenantId === undefined ? undefined : await kept(tenantId)
      return all?.find((each) => each.workspaceId === workspaceId) ?? readOnce(workspaceId)
    },
    listOf,
    ofTenant: async (tenantId) => (await listOf(tenantId))[0] ?? null,
    async reach(tenantId, address) {
      const installation = (await listOf(tenantId)).find((each) => isOf(each, address))
      return installation ? { installation, id: readAddress(address).id } : null
    },
    drop,
  }
}
