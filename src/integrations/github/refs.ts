import type { CallOptions } from '../../capabilities/clusters.ts'
import type { ResolvedRef, WantedRef } from '../../capabilities/repositories.ts'
import { type GithubClient, partsOf } from './client.ts'
import { statusOf } from './problems.ts'

const pageSize = 100
/** Branches that are read to find a near name. */
const mostPages = 3

/** What a branch, tag or commit stands for now; `null` = the repository has none of this name. */
export async function resolveRef(
  client: GithubClient,
  repository: string,
  wanted: WantedRef,
  call: CallOptions,
): Promise<ResolvedRef | null> {
  const { octokit } = client
  const where = partsOf(repository)
  return client.call(
    async (request) => {
      try {
        if ('branch' in wanted) {
          const { branch } = wanted
          const { data } = await octokit.rest.repos.getBranch({ ...where, branch, request })
          const committedAt = dateOf(data.commit.commit)
          return { kind: 'branch', name: data.name, sha: data.commit.sha, committedAt, url: data._links.html }
        }
        const [kind, name] = 'tag' in wanted ? (['tag', wanted.tag] as const) : (['sha', wanted.sha] as const)
        const ref = kind === 'tag' ? `tags/${name}` : name
        const { data } = await octokit.rest.repos.getCommit({ ...where, ref, per_page: 1, request })
        return { kind, name, sha: data.sha, committedAt: dateOf(data.commit), url: data.html_url }
      } catch (error) {
        if (isMissingRef(error)) return null
        throw error
      }
    },
    call,
    repository,
  )
}

interface Dated {
  readonly committer: { readonly date?: string | undefined } | null
  readonly author: { readonly date?: string | undefined } | null
}

/** The committer's date: a change that was rebased or squashed is as old as what it became. */
function dateOf({ committer, author }: Dated): number | null {
  const at = Date.parse(committer?.date ?? author?.date ?? '')
  return Number.isNaN(at) ? null : at
}

/** `Branch not found`, `No commit found for SHA: …`: the repository is there, the name is not. */
function isMissingRef(error: unknown): boolean {
  const status = statusOf(error)
  const { message } = error as Error
  return (
    (status === 404 && message.startsWith('Branch not found')) || (status === 422 && /^No commit found/.test(message))
  )
}

/** Names of branches and tags, to find the nearest of them. */
export async function listRefs(
  { call: run, octokit }: GithubClient,
  repository: string,
  call: CallOptions,
): Promise<readonly string[]> {
  const where = { ...partsOf(repository), per_page: pageSize }
  async function branches(): Promise<readonly string[]> {
    const names: string[] = []
    for (let page = 1; page <= mostPages; page += 1) {
      const { data } = await run(
        (request) => octokit.rest.repos.listBranches({ ...where, page, request }),
        call,
        repository,
      )
      names.push(...data.map((each) => each.name))
      if (data.length < pageSize) break
    }
    return names
  }
  const tags = run((request) => octokit.rest.repos.listTags({ ...where, request }), call, repository)
  // Together: a promise that fails while the other is waited for would be nobody's.
  const [names, { data }] = await Promise.all([branches(), tags])
  return [...names, ...data.map((each) => each.name)]
}
