import type { Knowledge } from '../commands/command.ts'
import type { ChannelDefault } from '../domain/channel-default.ts'
import type { Member } from '../domain/member.ts'
import type { Zone } from '../domain/zone.ts'
import { NoxError } from '../errors.ts'
import { memberAt, zonesAt } from '../permissions/index.ts'
import type { Storage } from '../storage/types/storage.ts'

/** What NOX knows of one tenant, read together and kept until it changes. */
export interface TenantSnapshot {
  readonly knowledge: Knowledge
  /** As they stand at this moment: hours and freezes close some. */
  readonly zones: readonly Zone[]
  /** What channels stand for, by their conversations. */
  readonly channels: ReadonlyMap<string, ChannelDefault>
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
    const fresh: Entry = { snapshot: readSnapshot(storage, tenantId, now), members: new Map(), readAt: now() }
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
      const read = storage.members
        .findBySlackId(tenantId, slackUserId)
        .then((member) => member && memberAt(member, now()))
      members.set(slackUserId, read)
      read.then(
        // Whose access ends some day is read anew each time.
        (member) => (member && member.until === undefined) || members.delete(slackUserId),
        () => members.delete(slackUserId),
      )
      return read
    },
    drop: (tenantId) => {
      entries.delete(tenantId)
    },
  }
}

/** The plan includes it. */
const inUse = ({ pausedAt }: { readonly pausedAt?: number }): boolean => pausedAt === undefined

async function readSnapshot(storage: Storage, tenantId: string, now: () => number): Promise<TenantSnapshot> {
  const [tenant, services, clusters, backupTargets, integrations, aliases, zones, channels] = await Promise.all([
    storage.tenants.find(tenantId),
    storage.catalogue.services(tenantId),
    storage.catalogue.clusters(tenantId),
    storage.catalogue.backupTargets(tenantId),
    storage.integrations.list(tenantId),
    storage.aliases.list(tenantId),
    storage.zones.list(tenantId),
    storage.tenants.channelDefaults(tenantId),
  ])
  if (!tenant) throw new NoxError('not-found', `tenant ${tenantId} is not known`)
  return {
    knowledge: {
      tenant,
      services,
      clusters: clusters.filter(inUse),
      backupTargets,
      integrations: integrations.filter(inUse),
      aliases,
      paused: [
        ...integrations.filter((each) => !inUse(each)).map(({ vendor }) => vendor),
        ...(clusters.length > 0 && !clusters.some(inUse) ? ['cluster'] : []),
      ],
    },
    get zones() {
      return zonesAt(zones, now(), tenant.timeZone)
    },
    channels,
  }
}
