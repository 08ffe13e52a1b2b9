import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import type { AlertStorm, KeptAlert } from '../../domain/alert.ts'
import { newNumber } from '../../domain/new-number.ts'
import type { AlertTelling, StormState } from '../../storage/types/alerts.ts'
import type { AlertPosts } from './post-alert.ts'
import type { AlertDestination } from './route-alert.ts'
import { sayStorm } from './say-alert.ts'

/** Messages that an audience gets one by one at once; what is critical has an allowance of its own. */
const burst = 4
/** A further one comes in this time (ms). */
const refill = 2 * 60_000
/** A storm is over when nothing joined it for so long (ms). */
const calm = 10 * 60_000
/** A collective message is redrawn at most this often (ms). */
const pace = 5_000
/** Storms of an audience whose messages are still kept up to date. */
const mostKept = 5

/** What is told when, kept between passes. */
export type LastShown = Map<string, number>

/** Alerts of one tenant that come too fast to be told one by one: for one pass of the teller. */
export function createStorms({ storage, now, log }: Services, posts: AlertPosts, tenantId: string, shown: LastShown) {
  const { alerts } = storage
  const states = new Map<string, StormState>()
  const changed = new Map<string, { readonly audience: string; readonly carriers: KeptAlert[] }>()
  const joining: AlertTelling[] = []

  async function stateOf(audience: string): Promise<StormState> {
    const state = states.get(audience) ?? (await alerts.storm(tenantId, audience))
    states.set(audience, state)
    return state
  }
  async function save(audience: string, state: StormState): Promise<void> {
    states.set(audience, state)
    await alerts.saveStorm(tenantId, audience, state)
  }
  /**
   * One alert of a storm stays due until its message shows what is known: a crash in between loses nothing. It is looked
   * at again when the message may be redrawn, so that all that came meanwhile goes in one pass.
   */
  function carried(kept: KeptAlert, stormId: string, audience: string): number | null {
    const known = changed.get(stormId)
    if (known) return null
    changed.set(stormId, { audience, carriers: [kept] })
    const mayShow = (shown.get(stormId) ?? 0) + pace
    return mayShow > now() ? mayShow : now() + pace
  }

  return {
    /** Takes one of the messages that an audience gets one by one; `false` = they are used up for now. */
    async mayPost({ alert }: KeptAlert, destinations: readonly AlertDestination[]): Promise<boolean> {
      const key = audienceOf(destinations) + (alert.severity === 'critical' ? '!' : '')
      const state = await stateOf(key)
      const { left, at } = state.tokens ?? { left: burst, at: now() }
      const gained = Math.floor((now() - at) / refill)
      const has = Math.min(burst, left + gained)
      if (has < 1) return false
      const since = has === burst ? now() : at + gained * refill
      await save(key, { ...state, tokens: { left: has - 1, at: since } })
      return true
    },
    async join(kept: KeptAlert, destinations: readonly AlertDestination[]): Promise<void> {
      const audience = audienceOf(destinations)
      const state = await stateOf(audience)
      const newest = state.storms.at(-1)
      let storm = newest && now() - newest.joinedAt < calm ? newest : undefined
      if (!storm || !changed.has(storm.id)) {
        storm = storm ? { ...storm, joinedAt: now() } : begun(tenantId, audience, destinations, now())
        const others = state.storms.filter(({ id }) => id !== storm?.id)
        await save(audience, { ...state, storms: [...others, storm].slice(-mostKept) })
      }
      joining.push({ kept, change: { stormId: storm.id }, dueAt: carried(kept, storm.id, audience) })
    },
    /** What joined since this was asked last, to be written down. */
    joined: (): AlertTelling[] => joining.splice(0),
    /** Alerts of storms in which something changed. */
    async touch(members: readonly KeptAlert[]): Promise<AlertTelling[]> {
      if (members.length === 0) return []
      const audiences = new Map(
        (await alerts.storms(tenantId)).flatMap(({ storms }) =>
          storms.map(({ id, audience }) => [id, audience] as const),
        ),
      )
      return members.map((kept) => {
        const { stormId } = kept
        const audience = stormId === null ? undefined : audiences.get(stormId)
        // Its storm is long over: only Home tells of it.
        if (stormId === null || audience === undefined) return { kept, change: {}, dueAt: null }
        return { kept, change: {}, dueAt: carried(kept, stormId, audience) }
      })
    },
    /** Shows the collective messages in which something changed, each at its pace. */
    async show(snapshot: TenantSnapshot): Promise<void> {
      for (const [stormId, { audience, carriers }] of changed) {
        const state = await alerts.storm(tenantId, audience)
        const storm = state.storms.find(({ id }) => id === stormId)
        if (!storm) continue
        const isPosted = storm.posts.every(({ ts }) => ts !== null)
        if (isPosted && now() - (shown.get(stormId) ?? 0) < pace) continue
        shown.set(stormId, now())
        try {
          const [total, firing] = await Promise.all([
            alerts.count(tenantId, { stormId }),
            alerts.count(tenantId, { stormId, state: 'firing' }),
          ])
          const told = await posts.showAll(storm.posts, snapshot, sayStorm(storm, total, firing), `storm ${stormId}`)
          const after = { ...storm, posts: told }
          await save(audience, { ...state, storms: state.storms.map((each) => (each.id === stormId ? after : each)) })
          if (told.some(({ ts }) => ts === null)) continue
          const fresh = await Promise.all(carriers.map(({ id }) => alerts.find(tenantId, id)))
          const seen = carriers.filter((carrier, n) => fresh[n]?.revision === carrier.revision)
          await alerts.told(
            tenantId,
            seen.map((kept) => ({ kept, change: {}, dueAt: null })),
          )
        } catch (error) {
          log.warn({ err: error, tenant: tenantId }, 'a collective message could not be shown; tried again')
        }
      }
    },
  }
}

export type Storms = ReturnType<typeof createStorms>

/** The same text for the same destinations, in whatever order. */
export const audienceOf = (destinations: readonly AlertDestination[]): string =>
  destinations
    .map(({ id }) => id)
    .sort()
    .join(' ')

function begun(tenantId: string, audience: string, destinations: readonly AlertDestination[], at: number): AlertStorm {
  return {
    tenantId,
    id: newNumber(),
    audience,
    beganAt: at,
    joinedAt: at,
    posts: destinations.map(({ kind, id }) => ({
      to: id,
      conversationId: kind === 'channel' ? id : '',
      ts: null,
      since: at,
    })),
  }
}
