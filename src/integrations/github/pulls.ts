import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Pull, PullState } from '../../capabilities/repositories.ts'
import { type GithubClient, partsOf } from './client.ts'

/** Closed ones are read so many at a time to find those that were merged. */
const pageSize = 50

/** Pull requests of a repository, the last changed first. */
export async function listPulls(
  { call: send, octokit }: GithubClient,
  repository: string,
  { state, limit }: { readonly state: PullState; readonly limit: number },
  call: CallOptions,
): Promise<readonly Pull[]> {
  const { data } = await send(
    (request) =>
      octokit.rest.pulls.list({
        ...partsOf(repository),
        state: state === 'open' ? 'open' : 'closed',
        sort: 'updated',
        direction: 'desc',
        per_page: pageSize,
        request,
      }),
    call,
    repository,
  )
  return data
    .map(
      (pull): Pull => ({
        number: pull.number,
        repository,
        title: pull.title,
        author: pull.user?.login ?? '',
        branch: pull.head.ref,
        isDraft: pull.draft ?? false,
        state: pull.merged_at ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
        url: pull.html_url,
        updatedAt: Date.parse(pull.updated_at),
      }),
    )
    .filter((pull) => pull.state === state)
    .slice(0, limit)
}
