import { APIResponseError, Client, UnknownHTTPResponseError } from '@notionhq/client'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { vendorProblem } from '../../egress/vendor-problem.ts'
import { NoxError } from '../../errors.ts'

/** Runs requests of Notion's client within a call's limits. @throws NoxError with a sentence where Notion refuses */
export type NotionCall = <T>(send: (client: Client) => Promise<T>, options: CallOptions) => Promise<T>

/** Notion's own client over the one way out, without its repeats. */
export function createCall({ integration, secrets }: Connection, { fetch }: ConnectorTools): NotionCall {
  const { url } = integration.settings
  return async (send, { signal }) => {
    // A client costs nothing: one for each call carries the signal, which its methods do not take.
    const client = new Client({
      auth: secrets.token ?? '',
      ...(url === undefined ? {} : { baseUrl: url.replace(/\/+$/, '') }),
      // Time limits and repeats are those of the one way out.
      retry: false,
      timeoutMs: 60_000,
      logger: () => {},
      fetch: ((input: string, init: RequestInit = {}) => {
        const signals = [signal, ...(init.signal ? [init.signal] : [])]
        return fetch(input, { ...init, signal: AbortSignal.any(signals) })
      }) as never,
    })
    try {
      return await send(client)
    } catch (error) {
      throw problemOf(error, signal)
    }
  }
}

function problemOf(error: unknown, signal: AbortSignal): unknown {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if (cause instanceof NoxError) return cause
  }
  if (signal.aborted) return signal.reason
  if (APIResponseError.isAPIResponseError(error)) {
    return vendorProblem({ vendor: 'Notion', status: error.status, message: `${error.code}: ${error.message}` })
  }
  if (UnknownHTTPResponseError.isUnknownHTTPResponseError(error)) {
    return vendorProblem({ vendor: 'Notion', status: error.status, message: error.message })
  }
  return error
}
