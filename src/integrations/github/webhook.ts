import { Webhooks } from '@octokit/webhooks'
import type { Connection } from '../../capabilities/connectors.ts'
import { type HookRequest, type HookResult, momentOf } from '../../capabilities/hooks.ts'
import type { Answer } from '../../domain/answer.ts'
import { phrase } from '../../texts/phrase.ts'
import { conforms, type Shape } from '../shared/conforms.ts'
import { isFromConnection, type Origin, reachesOwner } from './belongs.ts'
import { channelsFor, type Happening, rulesOf } from './news-rules.ts'

interface Payload extends Origin {
  readonly action?: string
  readonly workflow_run?: {
    readonly id?: number
    readonly name?: string
    readonly display_title?: string
    readonly head_branch?: string
    readonly conclusion?: string
    readonly html_url?: string
    readonly updated_at?: string
    readonly triggering_actor?: { readonly login?: string }
  }
  readonly pull_request?: {
    readonly number?: number
    readonly title?: string
    readonly html_url?: string
    readonly merged?: boolean
    readonly updated_at?: string
    readonly draft?: boolean
    readonly base?: { readonly ref?: string }
    readonly user?: { readonly login?: string }
  }
  readonly release?: {
    readonly tag_name?: string
    readonly name?: string | null
    readonly html_url?: string
    readonly published_at?: string | null
    readonly draft?: boolean
    readonly author?: { readonly login?: string }
  }
}

const shape: Shape = {
  action: 'text',
  repository: { full_name: 'text', html_url: 'text' },
  installation: { id: 'number' },
  workflow_run: {
    id: 'number',
    name: 'text',
    display_title: 'text',
    head_branch: 'text',
    conclusion: 'text',
    html_url: 'text',
    triggering_actor: { login: 'text' },
  },
  pull_request: {
    number: 'number',
    title: 'text',
    html_url: 'text',
    merged: 'switch',
    draft: 'switch',
    base: { ref: 'text' },
    user: { login: 'text' },
  },
  release: { tag_name: 'text', name: 'text', html_url: 'text', draft: 'switch', author: { login: 'text' } },
}

const longest = 80
const cut = (text = '') => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`)

/** Checks a delivery and reads what it tells; only what an admin chose is news. */
export async function readGithubHook(request: HookRequest, connection: Connection): Promise<HookResult> {
  const { integration, secrets } = connection
  const { webhookSecret } = secrets
  const { headers, body } = request
  const signature = headers['x-hub-signature-256']
  if (webhookSecret === undefined || signature === undefined) return { kind: 'refused' }
  const isGenuine = await new Webhooks({ secret: webhookSecret }).verify(body, signature).catch(() => false)
  if (!isGenuine) return { kind: 'refused' }
  const payload = payloadOf(body)
  const told = payload && read(headers['x-github-event'] ?? '', payload)
  if (!told) return { kind: 'ignored' }
  if (!isFromConnection(payload, connection)) return { kind: 'ignored', isForeign: true }
  // A repository that a rule names is one that an admin wants to hear of, whoever owns it.
  const isOwn = reachesOwner(integration, told.repository)
  const rules = rulesOf(integration.settings).filter(({ repositories }) => isOwn || repositories.length > 0)
  const channels = channelsFor(rules, told)
  if (channels.length === 0) return { kind: 'ignored', isForeign: !isOwn }
  const { answer, at } = told
  const news = channels.map((channel) => ({ where: { channel }, answer, ...(at === undefined ? {} : { at }) }))
  return { kind: 'news', news }
}

interface Told extends Happening {
  readonly answer: Answer
  readonly at: number | undefined
}

function payloadOf(body: string): Payload | null {
  try {
    const payload = (JSON.parse(body) ?? {}) as Payload
    return conforms(payload, shape) ? payload : null
  } catch {
    return null
  }
}

function read(event: string, payload: Payload): Told | null {
  const repository = payload.repository?.full_name ?? ''
  if (event === 'workflow_run') return runTold(payload, repository)
  if (event === 'pull_request') return pullTold(payload, repository)
  return event === 'release' ? releaseTold(payload, repository) : null
}

function runTold({ action, workflow_run: run }: Payload, repository: string): Told | null {
  const isPassed = run?.conclusion === 'success'
  const isFailed = ['failure', 'timed_out', 'startup_failure'].includes(run?.conclusion ?? '')
  if (action !== 'completed' || !run || !(isPassed || isFailed)) return null
  const link = {
    kind: 'link',
    url: run.html_url ?? '',
    label: `${run.name ?? ''} · ${cut(run.display_title)}`,
  } as const
  const by = run.triggering_actor?.login ?? ''
  const title = phrase(isPassed ? 'hook.run.passed' : 'hook.run.failed', {
    run: link,
    repository,
    branch: run.head_branch ?? '',
    by,
  })
  const args = { repository, id: String(run.id ?? '') }
  const again = { label: phrase('button.rerun'), does: { kind: 'order', command: 'runs.rerun', args } } as const
  const answer: Answer = { kind: 'outcome', title, ...(isFailed ? { buttons: [again] } : {}) }
  const branch = run.head_branch ?? ''
  return {
    news: isPassed ? 'builds-passed' : 'builds-failed',
    repository,
    branch,
    answer,
    at: momentOf(run.updated_at),
  }
}

function pullTold({ action, pull_request: pull }: Payload, repository: string): Told | null {
  const isMerged = action === 'closed' && pull?.merged === true
  const isOpened = (action === 'opened' && pull?.draft !== true) || action === 'ready_for_review'
  if (!pull || !(isMerged || isOpened)) return null
  const link = { kind: 'link', url: pull.html_url ?? '', label: `#${pull.number} ${cut(pull.title)}` } as const
  const words = { pull: link, repository, by: pull.user?.login ?? '' }
  const title = phrase(isMerged ? 'hook.pull.merged' : 'hook.pull.opened', words)
  const happening = {
    news: isMerged ? 'pulls-merged' : 'pulls-opened',
    repository,
    branch: pull.base?.ref ?? '',
  } as const
  return { ...happening, answer: { kind: 'outcome', title }, at: momentOf(pull.updated_at) }
}

function releaseTold({ action, release }: Payload, repository: string): Told | null {
  if (action !== 'published' || !release || release.draft === true) return null
  const link = { kind: 'link', url: release.html_url ?? '', label: cut(release.name || release.tag_name) } as const
  const words = { release: link, version: release.tag_name ?? '', repository, by: release.author?.login ?? '' }
  const answer: Answer = { kind: 'outcome', title: phrase('hook.release', words) }
  return { news: 'releases', repository, answer, at: momentOf(release.published_at) }
}
