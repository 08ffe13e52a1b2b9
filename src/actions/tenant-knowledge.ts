import type { Knowledge } from '../commands/command.ts'
import type { ChannelDefault } from '../domain/channel-default.ts'
import { keepRecent } from '../domain/keep-recent.ts'
import type { Member } from '../domain/member.ts'
import type { Zone } from '../domain/zone.ts'
import { NoxError } from '../errors.ts'
import { memberAt, zonesAt } from '../permissions/index.ts'
import type { Storage } from '../storage/types/storage.ts'
import type { WholeTenant } from '../storage/types/tenants.ts'

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
  /** @param speaker a Slack user id: who is asked for next; read in the same step where nothing is kept */
  snapshot(tenantId: string, speaker?: string): Promise<TenantSnapshot>
  member(tenantId: string, slackUserId: string): Promise<Member | null>
  /** Forgets a tenant; whoever changes something of it calls this after the commit. */
  drop(tenantId: string): void
}

interface Entry {
  readonly snapshot: Promise<TenantSnapshot>
  readonly members: Map<string, Promise<Member | null>>
  readonly readAt: number
  /** Characters that its snapshot was read from. */
  size: number
}

/** All that is kept of all tenants (bytes): some 20,000 small ones. */
const mostBytes = 64 * 1024 * 1024
/** What a tenant takes besides its texts, and what a character of them takes once it is read (bytes; measured). */
const [bytesOfTenant, bytesOfCharacter] = [2_000, 3]
const bytesOfMember = 700

/**
 * A bounded cache over storage: the hot path reads a tenant once, not once a message, and again when it was changed,
 * here or by another process.
 */
export function createTenantKnowledge(
  storage: Pick<Storage, 'changes' | 'members' | 'tenants'>,
  now: () => number = Date.now,
): TenantKnowledge {
  const { changes } = storage
  const entries = keepRecent<Entry>(mostBytes)
  changes.onChange((tenantId) => entries.delete(tenantId))

  function entry(tenantId: string, speaker: string | undefined): Entry {
    const known = entries.get(tenantId)
    if (known && changes.holds(known.readAt)) return known
    const readAt = changes.mark()
    const whole = storage.tenants.whole(tenantId, speaker)
    const snapshot = whole.then((read) => snapshotOf(tenantId, read, now))
    const fresh: Entry = { snapshot, members: new Map(), readAt, size: 0 }
    entries.set(tenantId, fresh, bytesOfTenant)
    if (speaker !== undefined) {
      const writer = whole.then((read) => read?.member ?? null)
      keepMember(tenantId, fresh, speaker, writer)
    }
    whole.then(
      (read) => {
        fresh.size = read?.size ?? 0
        weigh(tenantId, fresh)
      },
      () => {},
    )
    snapshot.catch(() => {
      if (entries.get(tenantId) === fresh) entries.delete(tenantId)
    })
    return fresh
  }

  const weigh = (tenantId: string, of: Entry) =>
    entries.weigh(tenantId, of, bytesOfTenant + of.size * bytesOfCharacter + of.members.size * bytesOfMember)

  /** Whose access ends some day is read anew each time, and so is who is no member yet. */
  function keepMember(
    tenantId: string,
    of: Entry,
    slackUserId: string,
    stored: Promise<Member | null>,
  ): Promise<Member | null> {
    const read = stored.then((member) => member && memberAt(member, now()))
    of.members.set(slackUserId, read)
    weigh(tenantId, of)
    read.then(
      (member) => (member && member.until === undefined) || of.members.delete(slackUserId),
      () => of.members.delete(slackUserId),
    )
    return read
  }

  return {
    snapshot: (tenantId, speaker) => entry(tenantId, speaker).snapshot,
    member(tenantId, slackUserId) {
      const of = entry(tenantId, slackUserId)
      const known = of.members.get(slackUserId)
      return known ?? keepMember(tenantId, of, slackUserId, storage.members.findBySlackId(tenantId, slackUserId))
    },
    drop: (tenantId) => entries.delete(tenantId),
  }
}

/** The plan includes it. */
const inUse = ({ pausedAt }: { readonly pausedAt?: number }): boolean => pausedAt === undefined

function snapshotOf(tenantId: string, whole: WholeTenant | null, now: () => number): TenantSnapshot {
  if (!whole) throw new NoxError('not-found', `tenant ${tenantId} is not known`)
  const { tenant, services, clusters, backupTargets, integrations, aliases, zones, channels } = whole
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
