import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Connection, ConnectorTools } from '../../capabilities/connectors.ts'
import { githubProblem } from './problems.ts'
import { apiOf } from './settings.ts'

/** GitHub's REST API of one connection. */
export interface GithubClient {
  readonly octokit: Octokit
  /** True where NOX acts as the installation of an App. */
  readonly isApp: boolean
  /**
   * One request. @throws NoxError with a sentence, also where GitHub answers 400 or more
   * @param what the repository or thing that is asked for, for the sentence of a 404
   */
  call<T>(send: (request: { signal: AbortSignal }) => Promise<T>, options: CallOptions, what?: string): Promise<T>
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** With a token, or as an installation of an App whose tokens Octokit renews. */
export function createClient({ integration, secrets }: Connection, tools: ConnectorTools): GithubClient {
  const { settings } = integration
  const common = {
    baseUrl: apiOf(settings.server),
    userAgent: 'nox',
    log: quiet,
    request: { fetch: tools.fetch },
  }
  const isApp = secrets.token === undefined
  const octokit = isApp
    ? new Octokit({
        ...common,
        authStrategy: createAppAuth,
        auth: {
          appId: Number(settings.appId),
          installationId: Number(settings.installationId),
          privateKey: secrets.privateKey ?? '',
        },
      })
    : new Octokit({ ...common, auth: secrets.token })
  return {
    octokit,
    isApp,
    async call(send, { signal }, what) {
      try {
        return await send({ signal })
      } catch (error) {
        throw githubProblem(error, what, signal)
      }
    },
  }
}

/** `acme/user-api` as GitHub's parameters. */
export function partsOf(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}
