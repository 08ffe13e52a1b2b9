import { isDeepStrictEqual } from 'node:util'
import { tellAdmins } from '../../actions/admins.ts'
import type { Services } from '../../actions/services.ts'
import type { Connection } from '../../capabilities/connectors.ts'
import type { Answer } from '../../domain/answer.ts'
import { asWorking, type FailingFor, type Integration, type Vendor, vendorNames } from '../../domain/integration.ts'
import type { Seen } from '../../egress/vendor-fetch.ts'
import { phrase } from '../../texts/phrase.ts'
import { administrationEntry } from '../governance/guard.ts'

/** How connections do at their work: noted where it changes, told to admins once, over with the next success. */
export interface ConnectionHealth {
  /** Takes note of a request of a connection, without keeping it waiting. */
  seen(connection: Connection, seen: Seen): void
  /** Waits until all that was seen is noted. */
  settled(): Promise<void>
}

/** A connection that fails again is told again after this (ms). */
const quiet = 6 * 3_600_000

/**
 * Why a connection fails, as one answer shows it; `null` = it works, `undefined` = the answer does not tell.
 * Atlassian's servers refuse a login that must be proven by hand with 403 and a header. Datadog answers 403 to keys that
 * it does not know and to keys that lack a scope: only where it was asked for its keys alone does it tell of them, and where one key is enough it tells nothing of the other.
 */
export function judge(vendor: Vendor, seen: Seen): FailingFor | null | undefined {
  if (seen.kind === 'broken') return 'silent'
  const { status, headers, path } = seen
  if (status === 401) return 'credentials'
  const isOfKeys = vendor === 'datadog' && /\/api\/v(1\/validate|2\/validate_keys)$/.test(path)
  if (status === 403 && (isOfKeys || headers.has('x-authentication-denied-reason'))) return 'credentials'
  const isOfOneKey = vendor === 'datadog' && /\/api\/v1\/(validate|events)$/.test(path)
  return status < 400 && !isOfOneKey ? null : undefined
}

/** The reason that stands after another; a vendor that is silent may refuse its credentials still. */
const stays = (stands: Integration, why: FailingFor | null): boolean =>
  why === null
    ? stands.failingSince === null
    : stands.failingSince !== null && (stands.failingFor === why || stands.failingFor === 'credentials')

/** Notes one thing at a time for each connection, and only of one that stands with these secrets. */
export function createConnectionHealth(services: Services): ConnectionHealth {
  const { storage, knowledge, log, now } = services
  const open = new Set<Promise<void>>()
  /** One at a time for each connection: many requests fail together. */
  const busy = new Set<string>()

  async function note({ integration, secrets }: Connection, why: FailingFor | null, at: number): Promise<void> {
    const { tenantId, vendor } = integration
    const known = (await knowledge.snapshot(tenantId)).knowledge.integrations.find((each) => each.vendor === vendor)
    if (!known || stays(known, why)) return
    // What is tried in a form, or was replaced meanwhile, says nothing of the connection that stands.
    if (!isDeepStrictEqual(await storage.integrations.secrets(tenantId, vendor), secrets)) return
    let isToTell = false
    const noted = await storage.integrations.note(tenantId, vendor, (stands) => {
      if (stays(stands, why) || !isDeepStrictEqual(stands.settings, integration.settings)) return null
      if (why === null) return { ...asWorking(stands), checkedAt: now() }
      if (stands.checkedAt > at) return null
      isToTell = stands.toldAt === undefined || now() - stands.toldAt >= quiet || stands.failingFor !== undefined
      return {
        ...stands,
        failingFor: why,
        failingSince: stands.failingSince ?? at,
        ...(isToTell ? { toldAt: now() } : {}),
      }
    })
    knowledge.drop(tenantId)
    if (!noted) return
    const result = why === null ? 'done' : 'failed'
    const details = why === null ? {} : { reason: why }
    const about = { command: 'vendor.health', resource: vendorNames[vendor], result, details } as const
    await storage.audit.append(tenantId, administrationEntry(now(), 'nox', about))
    if (why !== null && isToTell) await tell(tenantId, vendor, why)
  }

  async function tell(tenantId: string, vendor: Vendor, why: FailingFor): Promise<void> {
    const { language } = (await knowledge.snapshot(tenantId)).knowledge.tenant
    const name = vendorNames[vendor]
    const answer: Answer = {
      kind: 'notice',
      title: phrase(`vendor.failing.${why}`, { vendor: name }),
      lines: [phrase(`vendor.failing.${why}.next`, { vendor: name })],
      buttons: [{ label: phrase('button.home'), does: { kind: 'open', surface: 'home' } }],
    }
    if (await tellAdmins(services, tenantId, language, answer)) return
    log.warn({ tenant: tenantId, vendor }, 'no admin could be told that a connection fails')
    await storage.integrations.note(tenantId, vendor, ({ toldAt: _, ...stands }) => stands)
  }

  return {
    seen(connection, seen) {
      const { tenantId, vendor } = connection.integration
      const why = judge(vendor, seen)
      const id = `${tenantId} ${vendor} ${why}`
      if (why === undefined || busy.has(id)) return
      busy.add(id)
      const work = note(connection, why, seen.at)
        .catch((error: unknown) => log.error({ err: error, tenant: tenantId, vendor }, 'the health was not noted'))
        .finally(() => {
          busy.delete(id)
          open.delete(work)
        })
      open.add(work)
    },
    async settled() {
      await Promise.all(open)
    },
  }
}
