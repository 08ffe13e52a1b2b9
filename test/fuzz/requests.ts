import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { signingSecret } from '../../bench/mention.ts'
import { benchTenant } from '../../bench/targets.ts'
import {
  alertmanager,
  datadog,
  datadogDefault,
  github,
  githubChecks,
  githubDeployment,
  grafana,
  grafanaPanel,
} from '../alerts/payloads.ts'
import { mutate, pickOf, type Random, scramble } from './mutate.ts'

export const hookSecret = 'an-unguessable-secret-of-this-address'

interface Seed {
  readonly kind: 'event' | 'interaction' | 'command' | 'webhook'
  readonly payload: unknown
  /** Of a webhook. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What a sandbox's Slack sent in its own tests: events, presses, forms of settings, menus, commands. */
const recorded = readFileSync(join(import.meta.dirname, 'recorded.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Seed)

const alerts = (source: string, payload: unknown, headers = {}): Seed => ({
  kind: 'webhook',
  path: `/hooks/${benchTenant}/${source}/${hookSecret}`,
  payload,
  headers,
})
const webhook = (vendor: string, payload: unknown, headers = {}): Seed => ({
  kind: 'webhook',
  path: `/webhooks/${vendor}/${benchTenant}`,
  payload,
  headers,
})
const issue = { key: 'SHOP-1', fields: { summary: 'Menus', status: { name: 'Done', statusCategory: { key: 'done' } } } }

export const seeds: readonly Seed[] = [
  ...recorded,
  alerts('grafana', grafana),
  alerts('grafana', grafanaPanel),
  alerts('alertmanager', alertmanager),
  alerts('datadog', datadog),
  alerts('datadog', datadogDefault),
  alerts('github', github('failure'), { 'x-github-event': 'workflow_run' }),
  webhook('github', github('failure'), { 'x-github-event': 'workflow_run' }),
  webhook('github', githubChecks('failure'), { 'x-github-event': 'check_suite' }),
  webhook('github', githubDeployment('failure'), { 'x-github-event': 'deployment_status' }),
  webhook(
    'github',
    { action: 'closed', pull_request: { merged: true, number: 7, title: 'x' } },
    { 'x-github-event': 'pull_request' },
  ),
  webhook('jira', { webhookEvent: 'jira:issue_updated', issue, changelog: { items: [{ field: 'status' }] } }),
  webhook('stripe', { id: 'evt_1', type: 'invoice.paid', data: { object: { customer: 'cus_1' } } }),
]
const payloads = seeds.map((each) => each.payload)
const oddTypes = [
  'text/plain',
  'application/json; charset=utf-16',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  '',
]

let made = 0

/** One mutated request, signed as its sender would: it passes the door, and what is behind it has to bear it. */
export function fuzzedRequest(random: Random, port: number): { readonly text: string; readonly seed: Seed } {
  const seed = pickOf(random, seeds)
  made += 1
  const payload = mutate(random, fresh(seed, made), payloads)
  const path = seed.path ?? '/slack/events'
  const isForm = seed.kind === 'interaction' || seed.kind === 'command'
  let body = isForm ? formOf(seed, payload) : (JSON.stringify(payload) ?? '')
  if (random() < 0.1) body = scramble(random, body)
  const type =
    random() < 0.03 ? pickOf(random, oddTypes) : isForm ? 'application/x-www-form-urlencoded' : 'application/json'
  const headers = { ...seed.headers, ...signatures(seed, body) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const text = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...lines,
    '',
    body,
  ].join('\r\n')
  return { text, seed }
}

/** Under ids of its own: what was here before is not looked at again. */
function fresh(seed: Seed, number: number): unknown {
  const copy = structuredClone(seed.payload) as Record<string, unknown>
  if (seed.kind === 'event') {
    copy.event_id = `EvF${number}`
    const event = copy.event as Record<string, unknown> | undefined
    if (event && 'ts' in event) event.ts = `1600000000.${String(number % 1_000_000).padStart(6, '0')}`
  } else if (seed.kind !== 'webhook') copy.trigger_id = `${number}.fuzz`
  return copy
}

function formOf(seed: Seed, payload: unknown): string {
  if (seed.kind === 'interaction')
    return `payload=${encodeURIComponent((JSON.stringify(payload) ?? '').toWellFormed())}`
  const fields = typeof payload === 'object' && payload !== null ? payload : { text: payload }
  return Object.entries(fields)
    .map(
      ([name, value]) =>
        `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(String(typeof value === 'object' ? JSON.stringify(value) : value).toWellFormed())}`,
    )
    .join('&')
}

function signatures(seed: Seed, body: string): Readonly<Record<string, string>> {
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex')
  const now = String(Math.floor(Date.now() / 1000))
  if (seed.kind !== 'webhook') {
    return { 'X-Slack-Request-Timestamp': now, 'X-Slack-Signature': `v0=${hmac(signingSecret, `v0:${now}:${body}`)}` }
  }
  const signature = `sha256=${hmac(hookSecret, body)}`
  return { 'x-hub-signature-256': signature, 'x-hub-signature': signature, 'x-github-delivery': `d${made}` }
}
