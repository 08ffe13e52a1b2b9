import { adminsOf } from '../../actions/admins.ts'
import { quotaPeriods } from '../../actions/quota.ts'
import type { Services } from '../../actions/services.ts'
import type { TenantSnapshot } from '../../actions/tenant-knowledge.ts'
import { isFlapping } from '../../domain/absorb-alert.ts'
import type { AlertPost, KeptAlert } from '../../domain/alert.ts'
import type { Answer } from '../../domain/answer.ts'
import { orderedVersion } from '../../domain/ordered-version.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { alertLettersPerDay, isOutOfLetters } from './alert-letters.ts'
import { targetOf } from './route-alert.ts'
import { type AlertOffers, sayAlert } from './say-alert.ts'
import { isElsewhere, tellElsewhere } from './tell-elsewhere.ts'

/** Messages about alerts, posted once each and redrawn in place. */
export interface AlertPosts {
  /** Posts what stands to be posted, redraws the rest; a `ts` stays null where that failed. */
  showAll(
    posts: readonly AlertPost[],
    snapshot: TenantSnapshot,
    answer: Answer,
    key: string,
  ): Promise<readonly AlertPost[]>
  show(kept: KeptAlert, snapshot: TenantSnapshot): Promise<readonly AlertPost[]>
  /** A deployment that came so soon before is suspect; and what else may be offered. */
  offersOf(kept: KeptAlert, snapshot: TenantSnapshot): Promise<AlertOffers>
}

/** A deployment within this time before an alert is suspect (ms). */
const suspectFor = 60 * 60_000
const mostAdmins = 3
/** Instead of a time, where a place could not be told and will not be tried again. */
const lost = '0'
/** Failures that another attempt would only repeat, or after which it may stand there already. */
const lasting: readonly string[] = ['bad-input', 'not-found', 'vendor-refused', 'forbidden', 'vendor-failed', 'timeout']

/** What another process may have begun is looked for first; what can't be told is told to admins once a day. */
export function createAlertPosts(services: Services): AlertPosts {
  const { storage, messenger, now, log } = services
  /** What this process did not begin to post may stand already. */
  const begun = new Set<string>()

  /** Once a day for each key, whichever replica is at it. */
  async function tellAdminsOf(key: string, { knowledge }: TenantSnapshot, answer: Answer): Promise<void> {
    const { id: tenantId, language } = knowledge.tenant
    const own = `alert ${key} ${quotaPeriods(now(), knowledge.tenant).day}`
    if (!(await storage.billing.tellOnce(tenantId, own, now()))) return
    let isTold = false
    for (const admin of (await adminsOf(services, tenantId)).slice(0, mostAdmins)) {
      try {
        await messenger.direct(tenantId, admin.slackUserId, language, answer)
        isTold = true
      } catch (error) {
        log.error({ err: error, tenant: tenantId }, 'an admin could not be told of an alert')
      }
    }
    if (!isTold) await storage.billing.untell(tenantId, own)
  }
  const tellAdmins = (snapshot: TenantSnapshot, conversationId: string, answer: Answer) =>
    tellAdminsOf(conversationId, snapshot, {
      ...answer,
      lines: [...(answer.lines ?? []), phrase('alert.untold')],
    })
  const tellOfLetters = (snapshot: TenantSnapshot) =>
    tellAdminsOf('mailto:', snapshot, {
      kind: 'notice',
      title: phrase('alert.letters.limit', { limit: alertLettersPerDay }),
      lines: [phrase('alert.letters.next')],
    })

  /** Told at its beginning and at its end: letters and cards stay as they were sent. @param state what is to be told */
  async function showElsewhere(
    post: AlertPost,
    snapshot: TenantSnapshot,
    answer: Answer,
    state: 'firing' | 'resolved',
  ): Promise<AlertPost> {
    if (post.ts === lost || (post.ts !== null && (post.said ?? 'firing') === state)) return post
    try {
      await tellElsewhere(services, snapshot, post.to, answer, state === 'resolved')
      return { ...post, conversationId: post.to, ts: String(now()), said: state }
    } catch (error) {
      if (isOutOfLetters(error)) {
        await tellOfLetters(snapshot)
        return { ...post, conversationId: post.to, ts: lost }
      }
      log.warn({ err: error, tenant: snapshot.knowledge.tenant.id }, 'an alert could not be told outside Slack')
      await tellAdmins(snapshot, post.to, answer)
      const isTold = error instanceof NoxError && lasting.includes(error.code)
      return isTold ? { ...post, conversationId: post.to, ts: lost } : post
    }
  }

  async function showOne(
    post: AlertPost,
    snapshot: TenantSnapshot,
    answer: Answer,
    key: string,
    state: 'firing' | 'resolved',
  ): Promise<AlertPost> {
    const { id: tenantId, language } = snapshot.knowledge.tenant
    if (isElsewhere(post.to)) return showElsewhere(post, snapshot, answer, state)
    try {
      const conversationId = post.conversationId || (await messenger.conversationWith(tenantId, post.to))
      const kind = conversationId.startsWith('D') ? 'direct' : 'channel'
      const frame = { tenantId, place: { channel: 'slack', conversationId, threadTs: null, kind }, language } as const
      if (post.ts !== null) {
        await messenger.update(frame, post.ts, answer)
        return post
      }
      const own = `${key} ${post.to}`
      const isResumed = !begun.has(own) && now() - post.since > 5_000
      begun.add(own)
      const ts = await messenger.post(frame, answer, own, isResumed ? { soughtSince: post.since } : {})
      begun.delete(own)
      return { ...post, conversationId, ts }
    } catch (error) {
      log.warn({ err: error, tenant: tenantId, conversation: post.conversationId }, 'an alert could not be told')
      if (post.ts === null) await tellAdmins(snapshot, post.to, answer)
      else throw error
      return post
    }
  }

  async function showAll(
    posts: readonly AlertPost[],
    snapshot: TenantSnapshot,
    answer: Answer,
    key: string,
    state: 'firing' | 'resolved' = 'firing',
  ) {
    const told: AlertPost[] = []
    for (const post of posts) told.push(await showOne(post, snapshot, answer, key, state))
    return told
  }

  async function offersOf(kept: KeptAlert, snapshot: TenantSnapshot): Promise<AlertOffers> {
    const { tenantId, alert, beganAt } = kept
    const target = targetOf(snapshot, alert)
    const last =
      target && alert.state === 'firing' ? await storage.ledger.lastDone(tenantId, 'deploy', target.service) : null
    const at = last?.finishedAt ?? last?.createdAt ?? 0
    const isSuspect = last?.environment === target?.environment && at <= beganAt && beganAt - at < suspectFor
    const { integrations } = snapshot.knowledge
    return {
      target,
      hasTickets: integrations.some(({ vendor }) => vendor === 'jira'),
      hasIncidents: services.findCommand('incident.open') !== undefined,
      suspect: last && isSuspect ? { number: last.number, at, version: orderedVersion(last) } : null,
    }
  }

  return {
    showAll,
    offersOf,
    async show(kept, snapshot) {
      const answer = sayAlert(kept, await offersOf(kept, snapshot), now())
      // What comes and goes is told outside Slack when it has calmed down.
      const state = isFlapping(kept, now()) ? 'firing' : kept.alert.state
      return showAll(kept.posts, snapshot, answer, `alert ${kept.id} ${kept.beganAt}`, state)
    },
  }
}
