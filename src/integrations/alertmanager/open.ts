import type { Connected, Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { createJsonClient, notTheVendor } from '../../egress/json-client.ts'
import { createAlerts } from '../shared/alertmanager-alerts.ts'

interface Status {
  readonly versionInfo?: { readonly version?: string }
}

/** `Basic` where a user is named, `Bearer` where a token stands alone; many have neither. */
function accessOf({ integration, secrets }: Connection): Readonly<Record<string, string>> {
  const { user } = integration.settings
  const { token } = secrets
  if (token === undefined) return {}
  if (user === undefined) return { authorization: `Bearer ${token}` }
  return { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` }
}

/** Opens a connection: what an Alertmanager gives to commands, bound to one tenant's access. */
export function openAlertmanager(connection: Connection, { fetch, now }: ConnectorTools): Connected {
  const site = (connection.integration.settings.url ?? '').replace(/\/+$/, '')
  const headers = accessOf(connection)
  const client = createJsonClient({ vendor: 'Alertmanager', base: `${site}/api/v2`, headers, fetch })
  return {
    async test(call) {
      const status = await client.send<Status | null>({ path: '/status' }, call)
      const version = status?.versionInfo?.version
      if (typeof version !== 'string') throw notTheVendor('Alertmanager')
      return { account: `Alertmanager ${version}`, missing: [] }
    },
    alerts: createAlerts('Alertmanager', client, '', now),
  }
}
