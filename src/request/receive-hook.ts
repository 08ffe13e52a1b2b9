import { createHash } from 'node:crypto'
import type { Services } from '../actions/services.ts'
import type { HookNews, HookRequest, HookResult } from '../capabilities/hooks.ts'
import { isVendor } from '../domain/integration.ts'
import type { Place } from '../domain/request.ts'
import { NoxError } from '../errors.ts'
import type { OwnerBinding } from './administration/bind-owners.ts'

/** What a vendor is answered: an HTTP status. */
export type ReceiveHook = (vendor: string, tenantId: string, request: HookRequest) => Promise<number>

/**
 * A webhook of a vendor: genuine news are told in the channel that an admin chose, or in the thread of the action that
 * they are about. Nothing is ever done because of one.
 */
export function createHookReceiver(services: Services, owners: Pick<OwnerBinding, 'bind'>): ReceiveHook {
  return async (vendor, tenantId, request) => {
    const connector = isVendor(vendor) ? services.connectors.find(vendor) : undefined
    if (!connector?.readHook) return 404
    const snapshot = await services.knowledge.snapshot(tenantId).catch((error: unknown) => {
      if (error instanceof NoxError && error.code === 'not-found') return null
      throw error
    })
    const integration = snapshot?.knowledge.integrations.find((each) => each.vendor === connector.vendor)
    const secrets = integration && (await services.storage.integrations.secrets(tenantId, integration.vendor))
    // One answer for all of these: who asks learns nothing of who is here.
    if (!snapshot || !integration || !secrets) return 404
    const unreadable = (error: unknown) => {
      // Genuine, but not as the vendor writes them: sent again it would be no better.
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error
      services.log.warn({ err: error, tenant: tenantId, vendor }, 'a webhook could not be read')
      return 422
    }
    let result: HookResult
    try {
      result = await connector.readHook(request, { integration, secrets })
      // Genuine news: only now is the vendor asked whose things these may be, where nobody knows it yet.
      if (result.kind === 'news') {
        const bound = await owners.bind({ integration, secrets })
        if (!bound) return 503
        if (bound !== integration) result = await connector.readHook(request, { integration: bound, secrets })
      }
    } catch (error) {
      return unreadable(error)
    }
    if (result.kind === 'refused') {
      services.log.warn({ tenant: tenantId, vendor }, 'a webhook without a valid signature was refused')
      return 401
    }
    if (result.kind === 'ignored') {
      if (result.isForeign)
        services.log.info({ tenant: tenantId, vendor }, 'a webhook of another connection was ignored')
      return 204
    }
    const { tenant } = snapshot.knowledge
    const digest = digestOf(request.body)
    const told = await Promise.allSettled(
      result.news.map(async (news) => {
        // Older than what is remembered: a delivery that somebody kept would be told anew.
        if (news.at !== undefined && news.at < services.now() - remembered) return false
        const place = await placeOf(services, tenantId, news)
        if (!place) return false
        const frame = { tenantId, place, language: tenant.language }
        const name = `hook/${tenantId}/${vendor}/${place.conversationId}/${digest}`
        // Told before it is answered: where Slack does not take it, the vendor may send it again.
        await once(services, name, async () => void (await services.messenger.post(frame, news.answer, name)))
        return true
      }),
    )
    const failed = told.find((each) => each.status === 'rejected')
    if (failed) return unreadable(failed.reason)
    return told.some((each) => each.status === 'fulfilled' && each.value) ? 202 : 204
  }
}

/** A delivery that nobody has told to the end within this time is told by the next (ms). */
const telling = 2 * 60_000
/** How long a delivery is known again (ms). */
const remembered = 3 * 24 * 60 * 60_000

/** Runs it for the first of all deliveries of one body, whichever replica has it. */
async function once({ storage: { claims }, newId }: Services, name: string, work: () => Promise<void>): Promise<void> {
  const owner = newId()
  if (!(await claims.take(name, owner, telling))) return
  try {
    await work()
  } catch (error) {
    await claims.release(name, owner)
    throw error
  }
  await claims.take(name, owner, remembered)
}

/** The body alone is signed: an id in a header could be another at each repetition. */
const digestOf = (body: string): string => createHash('sha256').update(body).digest('base64url')

/** Where news are told; `null` = the action is not of this tenant, or of no thread. */
async function placeOf(services: Services, tenantId: string, { where }: HookNews): Promise<Place | null> {
  if ('channel' in where) {
    return { channel: 'slack', conversationId: where.channel, threadTs: null, kind: 'channel' }
  }
  const action = await services.storage.ledger.find(tenantId, where.actionId)
  return action && action.place.threadTs !== null ? action.place : null
}
