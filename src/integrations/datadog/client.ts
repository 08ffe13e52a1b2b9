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
import { phrase } from '../../texts/phrase.ts'
import { recordOf } from '../shared/read-answer.ts'
import { addressesOf } from './settings.ts'

/** What an application key must have for what NOX asks (Datadog's descriptions, `AuthZ` of each operation). */
export type Scope = 'monitors_read' | 'monitors_downtime' | 'dashboards_read' | 'timeseries_query'

export interface DatadogClient {
  /** Where people open pages, without a slash at the end. */
  readonly app: string
  /** For Datadog's own client. */
  readonly configuration: (call: CallOptions) => Configuration
  /** What v2 is spoken with: its client costs 150 MB of memory, and NOX needs three of its requests. */
  readonly v2: JsonClient
  /**
   * Datadog answers 403 to keys that it does not know and to keys that lack a scope alike: after one it is asked which.
   * @param scope what the request takes; `null` = nothing but an API key
   * @throws NoxError with a sentence where Datadog refuses
   */
  call<T>(send: Promise<T>, call: CallOptions, scope: Scope | null): Promise<T>
  /** @throws NoxError `forbidden` where one of the keys is none */
  validate(call: CallOptions): Promise<void>
}

/** One pair of keys at one site; nothing of NOX's own `DD_…` variables is ever used. */
export function createClient({ integration, secrets }: Connection, { fetch }: ConnectorTools): DatadogClient {
  const { api, app } = addressesOf(integration.settings.url ?? '')
  // Never absent: where one is, Datadog's client would take a key of NOX's own environment.
  const { apiKey = '-', appKey = '-' } = secrets
  const v2 = createJsonClient({
    vendor: 'Datadog',
    base: `${api}/api/v2`,
    headers: { 'dd-api-key': apiKey, 'dd-application-key': appKey },
    fetch,
  })

  async function validate(call: CallOptions): Promise<void> {
    const answer = await v2.send({ path: '/validate_keys' }, call).catch((error: unknown) => {
      throw isRefusal(error) ? credentialsProblem(error) : error
    })
    recordOf('Datadog', answer, { status: 'text' }, ['status'])
  }

  /** A 403 in the words of what it means; where nobody can tell, it stays as it is. */
  async function explain(problem: NoxError, scope: Scope | null, call: CallOptions): Promise<unknown> {
    try {
      await validate(call)
    } catch (error) {
      if (call.signal.aborted) return call.signal.reason
      return isRefusal(error) ? error : problem
    }
    if (scope === null) return problem
    const { message, facts } = problem
    return new NoxError('forbidden', message, { forPerson: phrase('datadog.scope.missing', { scope }), facts })
  }

  return {
    app,
    configuration: ({ signal }) =>
      createConfiguration({
        baseServer: new BaseServerConfiguration(api, {}),
        authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
        httpApi: httpThrough(fetch, signal),
      }),
    v2,
    validate,
    async call(send, call, scope) {
      try {
        return await send
      } catch (error) {
        const problem = problemOf(error, call.signal)
        throw problem instanceof NoxError && problem.facts.status === 403
          ? await explain(problem, scope, call)
          : problem
      }
    },
  }
}

/** Did Datadog say no, rather than fail? */
export const isRefusal = (error: unknown): error is NoxError => error instanceof NoxError && error.code === 'forbidden'

const credentialsProblem = ({ message, facts }: NoxError): NoxError =>
  new NoxError('forbidden', message, { forPerson: phrase('error.vendor.credentials', { vendor: 'Datadog' }), facts })

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
