import type { CallOptions } from '../../capabilities/clusters.ts'
import type { Release } from '../../capabilities/repositories.ts'
import { type GithubClient, partsOf } from './client.ts'

const way = (text: string) => text.split('/').map(encodeURIComponent).join('/')

/** Where the pages of a repository begin, from the address of one of its releases. */
export const siteOfRelease = (url: string): string => url.split('/releases/tag/', 1)[0] ?? url

/** Published releases of a repository, the newest first; drafts are nobody's yet. */
export async function listReleases(
  { call: send, octokit }: GithubClient,
  repository: string,
  { limit }: { readonly limit: number },
  call: CallOptions,
): Promise<readonly Release[]> {
  const { data } = await send(
    // Drafts take places of the page, and the one before the last is needed to compare.
    (request) =>
      octokit.rest.repos.listReleases({ ...partsOf(repository), per_page: Math.min(100, limit + 10), request }),
    call,
    repository,
  )
  const published = data
    .filter(({ draft, published_at: at }) => !draft && at !== null)
    .sort((a, b) => Date.parse(b.published_at ?? '') - Date.parse(a.published_at ?? ''))
  return published.slice(0, limit).map((each, at): Release => {
    const site = siteOfRelease(each.html_url)
    const tag = way(each.tag_name)
    const before = published[at + 1]?.tag_name
    return {
      repository,
      tag: each.tag_name,
      name: each.name ?? '',
      author: each.author?.login ?? '',
      isPrerelease: each.prerelease,
      publishedAt: Date.parse(each.published_at ?? each.created_at),
      url: each.html_url,
      changesUrl: before === undefined ? null : `${site}/compare/${way(before)}...${tag}`,
      unreleasedUrl: `${site}/compare/${tag}...HEAD`,
    }
  })
}
