import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { createJsonClient, type JsonClient, notTheVendor } from '../../egress/json-client.ts'
import { vendorProblem } from '../../egress/vendor-problem.ts'

export interface GrafanaClient extends JsonClient {
  /** Where people open it, without a slash at the end. */
  readonly site: string
  /** A picture below the site. @throws NoxError where something else than a PNG comes */
  picture(path: string, query: Readonly<Record<string, string>>, call: CallOptions): Promise<Uint8Array>
}

/** Grafana's HTTP API; paths are below `/api`. */
export function createClient({ integration, secrets }: Connection, { fetch }: ConnectorTools): GrafanaClient {
  const site = (integration.settings.url ?? '').replace(/\/+$/, '')
  const headers = { authorization: `Bearer ${secrets.token ?? ''}` }
  return {
    site,
    ...createJsonClient({ vendor: 'Grafana', base: `${site}/api`, headers, fetch }),
    async picture(path, query, { signal }) {
      const url = new URL(`${site}${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      const response = await fetch(url, { headers: { ...headers, accept: 'image/png', 'user-agent': 'nox' }, signal })
      if (response.status >= 400) {
        throw vendorProblem({ vendor: 'Grafana', status: response.status, message: await response.text() })
      }
      const bytes = new Uint8Array(await response.arrayBuffer())
      if (!isPng(bytes)) throw notTheVendor('Grafana')
      return bytes
    },
  }
}

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const isPng = (bytes: Uint8Array) => pngStart.every((each, at) => bytes[at] === each)
