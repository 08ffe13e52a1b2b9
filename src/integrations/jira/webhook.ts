import type { Connection } from '../../capabilities/connectors.ts'
import { type HookRequest, type HookResult, momentOf } from '../../capabilities/hooks.ts'
import { isSignedWith } from '../../egress/hook-signature.ts'
import { phrase } from '../../texts/phrase.ts'
import { siteOf } from '../shared/atlassian-site.ts'
import { conforms, type Shape } from '../shared/conforms.ts'
import { issueKey } from './settings.ts'

interface Payload {
  readonly webhookEvent?: string
  readonly timestamp?: number
  readonly user?: { readonly displayName?: string }
  readonly issue?: {
    readonly key?: string
    readonly fields?: {
      readonly summary?: string
      readonly labels?: readonly string[]
      readonly status?: { readonly statusCategory?: { readonly key?: string } }
    }
  }
  readonly changelog?: {
    readonly items?: readonly { readonly field?: string; readonly fromString?: string; readonly toString?: unknown }[]
  }
}

const shape: Shape = {
  webhookEvent: 'text',
  user: { displayName: 'text' },
  issue: { key: 'text', fields: { summary: 'text', labels: ['text'], status: { statusCategory: { key: 'text' } } } },
  changelog: { items: [{ field: 'text', fromString: 'text' }] },
}

const label = /^nox-([0-9a-hjkmnp-tv-z]{26})$/

/** Checks a delivery; a change of status of a ticket that NOX made is told in the thread that it came from. */
export function readJiraHook({ headers, body }: HookRequest, { integration, secrets }: Connection): HookResult {
  const { webhookSecret } = secrets
  if (webhookSecret === undefined || !isSignedWith(webhookSecret, body, headers['x-hub-signature'])) {
    return { kind: 'refused' }
  }
  let payload: Payload
  try {
    payload = (JSON.parse(body) ?? {}) as Payload
  } catch {
    return { kind: 'ignored' }
  }
  if (!conforms(payload, shape)) return { kind: 'ignored' }
  const { issue, changelog, user, webhookEvent, timestamp } = payload
  const change = changelog?.items?.find(({ field }) => field === 'status')
  const actionId = issue?.fields?.labels?.map((each) => label.exec(each)?.[1]).find((each) => each !== undefined)
  const key = issue?.key ?? ''
  const isMeant = webhookEvent === 'jira:issue_updated' && issueKey.test(key)
  if (!isMeant || !change || actionId === undefined) return { kind: 'ignored' }
  const site = siteOf(integration.settings.url ?? '')
  const isDone = issue?.fields?.status?.statusCategory?.key === 'done'
  const ticket = {
    kind: 'link',
    url: `${site}/browse/${key}`,
    label: `${key} ${issue?.fields?.summary ?? ''}`,
  } as const
  const title = phrase(isDone ? 'hook.ticket.done' : 'hook.ticket.moved', {
    ticket,
    before: change.fromString ?? '',
    after: typeof change.toString === 'string' ? change.toString : '',
    by: user?.displayName ?? 'Jira',
  })
  const where = { actionId: actionId.toUpperCase() }
  const at = momentOf(timestamp)
  return { kind: 'news', news: [{ where, answer: { kind: 'outcome', title }, ...(at === undefined ? {} : { at }) }] }
}
