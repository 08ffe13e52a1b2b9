import {
  ApiException,
  BaseServerConfiguration,
  type Configuration,
  createConfiguration,
  type HttpLibrary,
  ResponseContext,
} from '@datadog/datadog-api-client/dist/packages/datadog-api-client-common/index.js'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { createJsonClient, type JsonClient } from '../../egress/json-client.ts'
import { vendorProblem } from '../../egress/vendor-problem.ts'
import { NoxError } from '../../errors.ts'
import { addressesOf } from './settings.ts'

export interface DatadogClient {
  /** Where people open pages, without a slash at the end. */
  readonly app: string
  /** For Datadog's own client. */
  readonly configuration: (call: CallOptions) => Configuration
  /** What v2 is spoken with: its client costs 150 MB of memory, and NOX needs three of its requests. */
  readonly v2: JsonClient
  /** @throws NoxError with a sentence where Datadog refuses */
  call<T>(send: Promise<T>, call: CallOptions): Promise<T>
}

export function createClient({ integration, secrets }: Connection, { fetch }: ConnectorTools): DatadogClient {
  const { api, app } = addressesOf(integration.settings.url ?? '')
  // Never absent: where one is, Datadog's client would take a key of NOX's own environment.
  const { apiKey = '-', appKey = '-' } = secrets
  return {
    app,
    configuration: ({ signal }) =>
      createConfiguration({
        baseServer: new BaseServerConfiguration(api, {}),
        authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
        httpApi: httpThrough(fetch, signal),
      }),
    v2: createJsonClient({
      vendor: 'Datadog',
      base: `${api}/api/v2`,
      headers: { 'dd-api-key': apiKey, 'dd-application-key': appKey },
      fetch,
    }),
    async call(send, { signal }) {
      try {
        return await send
      } catch (error) {
        throw problemOf(error, signal)
      }
    },
  }
}

/** The client's own would print each failure, and has a `fetch` of its own. */
function httpThrough(fetch: typeof globalThis.fetch, signal: AbortSignal): HttpLibrary {
  return {
    async send(request) {
      const body = request.getBody()
      const response = await fetch(request.getUrl(), {
        method: request.getHttpMethod().toString(),
        headers: { ...request.getHeaders(), 'user-agent': 'nox' },
        signal,
        ...(typeof body === 'string' ? { body } : {}),
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      const headers = Object.fromEntries(response.headers)
      return new ResponseContext(response.status, headers, {
        text: async () => bytes.toString('utf8'),
        binary: async () => bytes,
      })
    },
  }
}

function problemOf(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof NoxError) return error
  if (signal.aborted) return signal.reason
  if (error instanceof ApiException) {
    return vendorProblem({ vendor: 'Datadog', status: error.code, message: JSON.stringify(error.body ?? '') })
  }
  return error
}
