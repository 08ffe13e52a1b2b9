import { NoxError } from '../errors.ts'
import { phrase } from '../texts/phrase.ts'
import { vendorProblem } from './vendor-problem.ts'

export interface JsonRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** Below the base, with its slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A vendor's JSON API at one base address. */
export interface JsonClient {
  /** @throws NoxError with a sentence where the vendor refuses, or answers something else than JSON */
  send<T>(request: JsonRequest, call: { readonly signal: AbortSignal }): Promise<T>
}

/**
 * @param options.vendor as people write it
 * @param options.base an address without a slash at its end
 * @param options.headers of every request; they carry the access
 */
export function createJsonClient(options: {
  readonly vendor: string
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
  readonly fetch: typeof globalThis.fetch
}): JsonClient {
  const { vendor, base, headers, fetch } = options
  const common = { accept: 'application/json', 'user-agent': 'nox', ...headers }
  return {
    async send<T>({ method = 'GET', path, query = {}, body }: JsonRequest, { signal }: { signal: AbortSignal }) {
      const url = new URL(`${base}${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
      const response = await fetch(url, {
        method,
        signal,
        headers: { ...common, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (response.status >= 400) throw vendorProblem({ vendor, status: response.status, message: text })
      try {
        return (text === '' ? null : JSON.parse(text)) as T
      } catch {
        throw notTheVendor(vendor)
      }
    },
  }
}

/** What answers at the address is not what it should be. */
export const notTheVendor = (vendor: string): NoxError =>
  new NoxError('vendor-refused', `something else than ${vendor} answers`, {
    forPerson: phrase('error.vendor.address', { vendor }),
  })
