import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { vendorProblem } from '../../egress/vendor-problem.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { authorizationOf } from '../shared/atlassian-account.ts'
import { siteOf } from '../shared/atlassian-site.ts'

export interface ConfluenceRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base: `/rest/api/search`, `/api/v2/pages`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** What is sent as JSON, or a form with files. */
  readonly body?: unknown
}

/** Confluence's REST API with one account's access. */
export interface ConfluenceClient {
  readonly isCloud: boolean
  /** Where pages are read, without a slash at its end. */
  readonly base: string
  /** @throws NoxError with a sentence where Confluence refuses, or something else answers */
  send<T>(request: ConfluenceRequest, call: CallOptions): Promise<T>
}

/** An account's token in the cloud, a personal access token in a data center. */
export function createClient({ integration, secrets }: Connection, { fetch }: ConnectorTools): ConfluenceClient {
  const { settings } = integration
  const isCloud = settings.edition === 'cloud'
  const address = siteOf(settings.url ?? '')
  const site = isCloud ? address.replace(/\/wiki$/, '') : address
  // In the cloud Confluence stands below /wiki, beside Jira.
  const base = isCloud ? `${site}/wiki` : site
  const headers = {
    accept: 'application/json',
    'user-agent': 'nox',
    authorization: authorizationOf(settings, secrets),
  }
  // Without it Confluence takes a form for one that a browser was tricked into.
  const formHeaders = { ...headers, 'x-atlassian-token': 'no-check' }
  const jsonHeaders = { ...headers, 'content-type': 'application/json' }

  return {
    isCloud,
    base,
    async send<T>({ method = 'GET', path, query = {}, body }: ConfluenceRequest, { signal }: CallOptions) {
      const url = new URL(`${base}${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      const init =
        body === undefined
          ? { headers }
          : body instanceof FormData
            ? { headers: formHeaders, body }
            : { headers: jsonHeaders, body: JSON.stringify(body) }
      const response = await fetch(url, { method, signal, ...init })
      const text = await response.text()
      if (response.status >= 400) throw vendorProblem({ vendor: 'Confluence', status: response.status, message: text })
      if (text === '') return null as T
      try {
        return JSON.parse(text) as T
      } catch {
        throw notConfluence()
      }
    },
  }
}

/** What answers there is not Confluence: most likely the address is wrong. */
export const notConfluence = (): NoxError =>
  new NoxError('vendor-refused', 'not Confluence, or nobody there', {
    forPerson: phrase('error.vendor.address', { vendor: 'Confluence' }),
  })
