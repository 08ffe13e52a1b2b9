import { iso, nodeId, type Presenter, repositoryUrl, webUrl } from './present.ts'
import { committedAt, shaOf, type WorldRepository } from './world.ts'

/** As lists of branches have it; only `main` is protected. */
export function shortBranch(on: Presenter, repository: WorldRepository, name: string, sha: string) {
  const commit = { sha, url: `${repositoryUrl(on, repository)}/commits/${sha}` }
  return { name, commit, protected: name === 'main' }
}

/** As lists of tags have it. */
export function tag(on: Presenter, repository: WorldRepository, name: string, sha: string) {
  const url = repositoryUrl(on, repository)
  return {
    name,
    commit: { sha, url: `${url}/commits/${sha}` },
    zipball_url: `${url}/zipball/refs/tags/${name}`,
    tarball_url: `${url}/tarball/refs/tags/${name}`,
    node_id: nodeId(`Tag ${name}`),
  }
}

/** A commit that changed nothing, by the sandbox itself. */
export function commit(on: Presenter, repository: WorldRepository, sha: string) {
  const url = repositoryUrl(on, repository)
  const person = {
    name: 'NOX sandbox',
    email: 'dev@societe-x.example',
    date: iso(committedAt(repository, sha, on.since)),
  }
  return {
    url: `${url}/commits/${sha}`,
    sha,
    node_id: nodeId(`Commit ${sha}`),
    html_url: `${webUrl(on, repository)}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    commit: {
      url: `${url}/git/commits/${sha}`,
      author: person,
      committer: person,
      message: 'A commit',
      comment_count: 0,
      tree: { sha, url: `${url}/git/trees/${sha}` },
    },
    author: null,
    committer: null,
    parents: [],
    stats: { additions: 0, deletions: 0, total: 0 },
    files: [],
  }
}

/** As one branch is answered, with its commit. */
export function branchWithProtection(on: Presenter, repository: WorldRepository, name: string, sha: string) {
  const self = `${repositoryUrl(on, repository)}/branches/${encodeURIComponent(name)}`
  return {
    name,
    commit: commit(on, repository, sha),
    _links: { self, html: `${webUrl(on, repository)}/tree/${name}` },
    protected: name === 'main',
    protection: { enabled: name === 'main' },
    protection_url: `${self}/protection`,
  }
}

/** A file of `main`, in base64. */
export function contentFile(on: Presenter, repository: WorldRepository, path: string, text: string) {
  const url = `${repositoryUrl(on, repository)}/contents/${path}`
  const html = `${webUrl(on, repository)}/blob/main/${path}`
  const sha = shaOf(text)
  const git = `${repositoryUrl(on, repository)}/git/blobs/${sha}`
  return {
    type: 'file',
    encoding: 'base64',
    size: text.length,
    name: path.split('/').at(-1) ?? path,
    path,
    content: Buffer.from(text).toString('base64'),
    sha,
    url,
    git_url: git,
    html_url: html,
    download_url: html,
    _links: { self: url, git, html },
  }
}
