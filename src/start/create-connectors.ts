import { createHash } from 'node:crypto'
import type { Connected, Connection, Connector, Connectors } from '../capabilities/connectors.ts'
import { vendorNames } from '../domain/integration.ts'
import type { Seen } from '../egress/vendor-fetch.ts'
import { NoxError } from '../errors.ts'
import { guardAnswers } from './guard-answers.ts'

/** Connections that are kept open. */
const mostOpen = 200

/** Everything that goes out, loaded when the first vendor is called. */
async function loadEgress(allowPrivate: readonly string[]) {
  const [{ createEgress }, { createVendorFetch }] = await Promise.all([
    import('../egress/index.ts'),
    import('../egress/vendor-fetch.ts'),
  ])
  const egress = createEgress({ allowPrivate })
  return { egress, dispatcher: egress.dispatcher(), createVendorFetch }
}

/** The vendors that NOX knows, each opened when it is first needed. */
export function createConnectors(
  all: readonly Connector[],
  options: {
    readonly allowPrivate: readonly string[]
    readonly now: () => number
    /** How a connection did, at each request of it. */
    readonly onSeen?: (connection: Connection, seen: Seen) => void
  },
): Connectors {
  const open = new Map<string, Promise<Connected>>()
  let loading: ReturnType<typeof loadEgress> | undefined
  const find: Connectors['find'] = (vendor) => all.find((each) => each.vendor === vendor)

  async function begin(connection: Connection): Promise<Connected> {
    const { vendor } = connection.integration
    const connector = find(vendor)
    if (!connector) throw new NoxError('not-found', `no integration is called ${vendor}`)
    loading ??= loadEgress(options.allowPrivate)
    const { egress, dispatcher, createVendorFetch } = await loading
    const fetch = createVendorFetch({
      vendor: vendorNames[vendor],
      egress,
      dispatcher,
      now: options.now,
      onSeen: (seen) => options.onSeen?.(connection, seen),
    })
    return guardAnswers(await connector.open(connection, { fetch, now: options.now }), vendorNames[vendor])
  }

  return {
    all,
    find,
    open(connection) {
      const { tenantId, vendor, settings } = connection.integration
      const id = createHash('sha256')
        .update(JSON.stringify([tenantId, vendor, settings, connection.secrets]))
        .digest('base64')
      const known = open.get(id)
      if (known) return known
      const fresh = begin(connection)
      open.set(id, fresh)
      fresh.catch(() => open.delete(id))
      if (open.size > mostOpen) open.delete(open.keys().next().value ?? '')
      return fresh
    },
    async close() {
      open.clear()
      const { dispatcher } = (await loading?.catch(() => undefined)) ?? {}
      await dispatcher?.destroy()
    },
  }
}
