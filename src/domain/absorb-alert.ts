import type { Alert, KeptAlert } from './alert.ts'

const minute = 60_000
/** The same notification within this time is the same delivery, sent again (ms). */
const sameDelivery = 10 * minute
/** What begins again so soon after its end goes on in the same message (ms). */
const sameMessage = 60 * minute
/** Changes of state are counted within this time (ms). */
const flapWindow = 30 * minute
/** So many of them are flapping. */
const flapping = 5
/** How often a message is redrawn for what is no change of state, and for what flaps (ms). */
const countPace = 30_000
const flapPace = 5 * minute

/** Does this problem come and go too fast to be told each time? */
export const isFlapping = ({ flips, flipsSince }: KeptAlert, now: number): boolean =>
  flips >= flapping && now - flipsSince < flapWindow

/** An alert that is told now and rings: firing, and not muted. */
export const isOpen = ({ alert, mutedUntil }: KeptAlert, now: number): boolean =>
  alert.state === 'firing' && (mutedUntil === null || mutedUntil <= now)

/**
 * What one more notification makes of a problem. Order and repetition do not matter: what is older than what is known
 * only counts, and at one moment an end comes after its beginning.
 * @param id what people call it, where it is new
 * @param digest the same for the same notification, delivered again
 */
export function absorbAlert(
  known: KeptAlert | null,
  tenantId: string,
  alert: Alert,
  digest: string,
  id: string,
  now: number,
): KeptAlert {
  // A clock that is ahead must not hide what follows.
  const fresh = { ...alert, at: Math.min(alert.at, now) }
  if (!known) return first(tenantId, fresh, digest, id, now)
  if (known.digest === digest && now - known.lastAt < sameDelivery) return known
  const counted = { ...known, digest, count: known.count + 1, lastAt: now, revision: known.revision + 1 }
  const isLate =
    fresh.at < known.alert.at ||
    (fresh.at === known.alert.at && known.alert.state === 'resolved' && fresh.state === 'firing')
  if (isLate) return { ...counted, dueAt: sooner(known.dueAt, known.posts.length > 0 ? now + countPace : null) }
  if (fresh.state === known.alert.state) {
    const isWorse = fresh.severity !== known.alert.severity
    const next = known.posts.length === 0 ? now : now + (isWorse ? 0 : countPace)
    const dueAt = fresh.state === 'firing' ? sooner(known.dueAt, next) : known.dueAt
    return { ...counted, alert: fresh, dueAt }
  }
  return turned(counted, known, fresh, now)
}

function first(tenantId: string, alert: Alert, digest: string, id: string, now: number): KeptAlert {
  return {
    tenantId,
    id,
    alert,
    count: 1,
    firstAt: now,
    lastAt: now,
    beganAt: alert.at,
    endedAt: alert.state === 'resolved' ? alert.at : null,
    flips: 0,
    flipsSince: now,
    acknowledgedBy: null,
    acknowledgedAt: null,
    mutedUntil: null,
    mutedBy: null,
    escalateAt: null,
    escalatedAt: null,
    stormId: null,
    posts: [],
    // An end of what nobody heard of is kept, and not told.
    dueAt: alert.state === 'firing' ? now : null,
    revision: 1,
    digest,
  }
}

/** A problem that changes its state. */
function turned(counted: KeptAlert, known: KeptAlert, alert: Alert, now: number): KeptAlert {
  const isCounted = now - known.flipsSince < flapWindow
  const flips = { flips: isCounted ? known.flips + 1 : 1, flipsSince: isCounted ? known.flipsSince : now }
  const base = { ...counted, ...flips, alert }
  const wasTold = known.posts.length > 0 || known.stormId !== null
  const when = isFlapping(base, now) && wasTold ? now + flapPace : now
  if (alert.state === 'resolved') {
    const dueAt = wasTold ? sooner(known.dueAt, when) : null
    return { ...base, endedAt: alert.at, escalateAt: null, dueAt }
  }
  const goesOn = known.endedAt !== null && now - known.endedAt < sameMessage
  const anew = goesOn ? {} : { posts: [], stormId: null, beganAt: alert.at, acknowledgedBy: null, acknowledgedAt: null }
  return { ...base, escalatedAt: null, ...anew, endedAt: null, dueAt: sooner(known.dueAt, goesOn ? when : now) }
}

/** The earlier of two moments; `null` = none. */
export const sooner = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)
