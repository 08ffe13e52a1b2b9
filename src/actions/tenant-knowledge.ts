import type { Knowledge } from '../commands/command.ts'
import type { Member } from '../domain/member.ts'
import type { Zone } from '../domain/zone.ts'
import { NoxError } from '../errors.ts'
import type { Storage } from '../storage/types.ts'

/** What NOX knows of one tenant, read together and kept until it changes. */
export interface TenantSnapshot {
  readonly knowledge: Knowledge
  readonly zones: readonly Zone[]
}

/** Snapshots and members of the tenants that spoke last. */
export interface TenantKnowledge {
  snapshot(tenantId: string): Promise<TenantSnapshot>
  member(tenantId: string, slackUserId: string): Promise<Member | null>
  /** Forgets a tenant; whoever changes something of it calls this after the commit. */
  drop(tenantId: string): void
}

interface Entry {
  readonly snapshot: Promise<TenantSnapshot>
  readonly members: Map<string, Promise<Member | null>>
  readonly readAt: number
}

/** Tenants that are kept at once; an entry is some tens of KB. */
const mostTenants = 2_000
/** Other processes change tenants too: nothing is kept longer than this (ms). */
const keptFor = 5_000

/** A bounded cache over storage: the hot path reads a tenant once, not once a message. */
export function createTenantKnowledge(storage: Storage, now: () => number = Date.now): TenantKnowledge {
  const entries = new Map<string, Entry>()
  const lifetime = storage.dialect === 'sqlite' ? Number.POSITIVE_INFINITY : keptFor

  function entry(tenantId: string): Entry {
    const known = entries.get(tenantId)
    if (known && now() - known.readAt < lifetime) return known
    const fresh: Entry = { snapshot: readSnapshot(storage, tenantId), members: new Map(), readAt: now() }
    fresh.snapshot.catch(() => entries.delete(tenantId))
    entries.delete(tenantId)
    entries.set(tenantId, fresh)
    if (entries.size > mostTenants) entries.delete(entries.keys().next().value ?? '')
    return fresh
  }

  return {
    snapshot: (tenantId) => entry(tenantId).snapshot,
    member(tenantId, slackUserId) {
      const { members } = entry(tenantId)
      const known = members.get(slackUserId)
      if (known) return known
      const read = storage.members.findBySlackId(tenantId, slackUserId)
      members.set(slackUserId, read)
      read.then(
        (member) => member ?? members.delete(slackUserId),
        () => members.delete(slackUserId),
      )
      return read
    },
    drop: (tenantId) => {
      entries.delete(tenantId)
    },
  }
}

async function readSnapshot(storage: Storage, tenantId: string): Promise<TenantSnapshot> {
  const [tenant, services, clusters, backupTargets, zones] = await Promise.all([
    storage.tenants.find(tenantId),
    storage.catalogue.services(tenantId),
    storage.catalogue.clusters(tenantId),
    storage.catalogue.backupTargets(tenantId),
    storage.zones.list(tenantId),
  ])
  if (!tenant) throw new NoxError('not-found', `tenant ${tenantId} is not known`)
  return { knowledge: { tenant, services, clusters, backupTargets }, zones }
}
