import { isDeepStrictEqual } from 'node:util'
import type { Services } from '../../actions/services.ts'
import type { Connection } from '../../capabilities/connectors.ts'
import { type Integration, vendorNames } from '../../domain/integration.ts'
import type { Seen } from '../../egress/vendor-fetch.ts'
import { administrationEntry } from '../governance/guard.ts'

/** Learns whose things a connection reaches, where no test has told it yet: such connections were made long ago. */
export interface OwnerBinding {
  /** The connection with its owners, asked for at most once in a while; `null` = it cannot be asked now. */
  bind(connection: Connection): Promise<Integration | null>
  /** At work too, without keeping it waiting. */
  seen(connection: Connection, seen: Seen): void
  /** Waits until what was begun is done. */
  settled(): Promise<void>
}

/** What the vendor gets to answer (ms): a webhook waits for it. */
const patience = 6_000
/** A vendor that did not tell is asked again after this (ms), and one that told nothing of owners. */
const afterFailure = 60_000
const afterNothing = 3_600_000
/** Connections that are kept in mind. */
const mostKept = 5_000

/** Each connection is asked once at a time, and what was asked to no avail only after a while. */
export function createOwnerBinding(services: Services): OwnerBinding {
  const { storage, knowledge, connectors, log } = services
  const open = new Map<string, Promise<Integration | null>>()
  /** What was asked lately, to no avail. */
  const lately = new Map<string, { readonly until: number; readonly isAnswered: boolean }>()

  const isBound = ({ vendor, owners }: Integration) => owners !== undefined || !connectors.find(vendor)?.tellsOwners

  function keep(key: string, isAnswered: boolean): void {
    if (lately.size >= mostKept) lately.delete(lately.keys().next().value ?? '')
    lately.set(key, { until: services.now() + (isAnswered ? afterNothing : afterFailure), isAnswered })
  }

  async function ask(key: string, connection: Connection): Promise<Integration | null> {
    const { integration } = connection
    const { tenantId, vendor, settings } = integration
    try {
      // It may have been learned since this connection was read.
      const stands = (await storage.integrations.list(tenantId)).find((each) => each.vendor === vendor)
      if (stands && isBound(stands) && isDeepStrictEqual(stands.settings, settings)) return stands
      const connected = await connectors.open(connection)
      const { owners } = await connected.test({ signal: AbortSignal.timeout(patience) })
      if (!owners) {
        keep(key, true)
        return integration
      }
      const noted = await storage.integrations.note(tenantId, vendor, (stands) =>
        stands.owners === undefined && isDeepStrictEqual(stands.settings, settings) ? { ...stands, owners } : null,
      )
      knowledge.drop(tenantId)
      lately.delete(key)
      if (noted) {
        const about = { command: 'vendor.test', resource: vendorNames[vendor], result: 'done' } as const
        const entry = administrationEntry(services.now(), 'nox', { ...about, details: { owners: owners.join(', ') } })
        await storage.audit.append(tenantId, entry)
      }
      return { ...integration, owners }
    } catch (error) {
      keep(key, false)
      log.warn({ err: error, tenant: tenantId, vendor }, 'whose things a connection reaches could not be asked')
      return null
    }
  }

  async function bind(connection: Connection): Promise<Integration | null> {
    const { integration } = connection
    if (isBound(integration)) return integration
    const key = `${integration.tenantId} ${integration.vendor}`
    const known = lately.get(key)
    if (known && services.now() < known.until) return known.isAnswered ? integration : null
    const running = open.get(key) ?? ask(key, connection).finally(() => open.delete(key))
    open.set(key, running)
    return running
  }

  return {
    bind,
    seen(connection, seen) {
      const { integration } = connection
      if (isBound(integration) || seen.kind !== 'answer' || seen.status >= 400) return
      // What is tried in a form is stored with what its test tells.
      storage.integrations
        .secrets(integration.tenantId, integration.vendor)
        .then((secrets) => (isDeepStrictEqual(secrets, connection.secrets) ? bind(connection) : null))
        .catch((error: unknown) => log.warn({ err: error, tenant: integration.tenantId }, 'owners were not bound'))
    },
    async settled() {
      await Promise.all(open.values())
    },
  }
}
