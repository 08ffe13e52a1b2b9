import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { vendorProblem } from '../../egress/vendor-problem.ts'
import { NoxError } from '../../errors.ts'
import { phrase } from '../../texts/phrase.ts'
import { authorizationOf } from '../shared/atlassian-account.ts'
import { siteOf } from '../shared/atlassian-site.ts'

/** A request of Jira's REST API, below `/rest/api/3` (cloud) or `/rest/api/2` (data center). */
export interface JiraRequest {
  readonly method?: 'GET' | 'POST' | 'PUT'
  /** Begins with a slash; names in it are encoded already. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** What is asked for, for the sentence of a 404. */
  readonly what?: string
}

/** What Jira says of a request that it refuses. */
export interface JiraErrors {
  readonly errorMessages?: readonly string[]
  /** By the name of the field. */
  readonly errors?: Readonly<Record<string, string>>
}

export interface JiraClient {
  readonly isCloud: boolean
  /** Where people read a ticket: `https://acme.atlassian.net`. */
  readonly site: string
  /** `null` = an answer without a body. @throws NoxError with a sentence where Jira refuses */
  send<T>(request: JiraRequest, call: CallOptions): Promise<T>
}

/** A refusal that names fields: a command may know what to do without them. */
export class JiraFieldError extends NoxError {
  readonly fields: readonly string[]

  constructor(problem: NoxError, fields: readonly string[]) {
    const { forPerson } = problem
    super(problem.code, problem.message, { facts: problem.facts, ...(forPerson ? { forPerson } : {}) })
    this.fields = fields
  }
}

/** REST 3 with an account's token in the cloud, REST 2 with a personal access token in a data center. */
export function createClient({ integration, secrets }: Connection, { fetch }: ConnectorTools): JiraClient {
  const { settings } = integration
  const isCloud = settings.edition === 'cloud'
  const site = siteOf(settings.url ?? '')
  const api = `${site}/rest/api/${isCloud ? 3 : 2}`
  const authorization = authorizationOf(settings, secrets)

  return {
    isCloud,
    site,
    async send<T>({ method = 'GET', path, query = {}, body, what }: JiraRequest, { signal }: CallOptions): Promise<T> {
      const url = new URL(`${api}${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      const response = await fetch(url, {
        method,
        signal,
        headers: {
          accept: 'application/json',
          authorization,
          'user-agent': 'nox',
          // Without it a data center refuses what it takes for a forged form.
          'x-atlassian-token': 'no-check',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (response.status >= 400) throw problemOf(response.status, text, what)
      return (text === '' ? null : readJson(text)) as T
    },
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new NoxError('vendor-refused', 'Jira answered something else than JSON', {
      forPerson: phrase('error.vendor.address', { vendor: 'Jira' }),
    })
  }
}

function problemOf(status: number, text: string, what: string | undefined): NoxError {
  let said: JiraErrors = {}
  try {
    said = (JSON.parse(text) ?? {}) as JiraErrors
  } catch {
    // A page of a proxy: its status says enough.
  }
  const { errors = {}, errorMessages = [] } = said
  const message = [...errorMessages, ...Object.entries(errors).map((entry) => entry.join(': '))].join('; ')
  const problem = vendorProblem({ vendor: 'Jira', status, message, ...(what === undefined ? {} : { what }) })
  return status === 400 && Object.keys(errors).length > 0 ? new JiraFieldError(problem, Object.keys(errors)) : problem
}
