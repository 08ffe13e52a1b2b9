import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHttpDouble, type DoubleAnswer, type DoubleRequest, type HttpDouble } from '../http-double.ts'
import { cardProblem } from './check-card.ts'
import { type PostedCard, postedPage } from './page.ts'

export interface TeamsSeed {
  /** Each has a workflow that posts what comes to its webhook. */
  readonly channels: readonly { readonly name: string; readonly workflow: string; readonly signature: string }[]
}

export interface TeamsDouble extends HttpDouble {
  /** Oldest first. */
  readonly posted: readonly PostedCard[]
  /** The address of a channel's webhook, as Workflows shows it. @param origin where the double stands */
  webhookOf(channel: string, origin: string): string
}

/** What a message may be (bytes), and how many a webhook takes in a second. */
const mostBytes = 28 * 1024
const mostPerSecond = 4
const keptCards = 200

const refuse = (status: number, code: string, message: string, headers = {}): DoubleAnswer => ({
  status,
  headers,
  body: { error: { code, message } },
})

/** Webhooks of Workflows as far as NOX uses them. */
export function createTeamsDouble(options: {
  readonly seed: TeamsSeed
  readonly basePath?: string
  readonly now?: () => number
}): TeamsDouble {
  const { seed, basePath = '', now = Date.now } = options
  const posted: PostedCard[] = []
  const recent = new Map<string, number[]>()

  function answer({ method, path, query, headers, body }: DoubleRequest): DoubleAnswer {
    const [, workflow] = /^\/workflows\/([0-9a-f]{32})\/triggers\/manual\/paths\/invoke$/.exec(path) ?? []
    const channel = seed.channels.find((each) => each.workflow === workflow)
    if (!channel) return refuse(404, 'WorkflowNotFound', 'The workflow could not be found.')
    if (method !== 'POST') return refuse(405, 'MethodNotAllowed', 'The trigger takes POST alone.')
    if (query.get('api-version') === null) return refuse(400, 'MissingApiVersionParameter', 'api-version is required.')
    if (query.get('sig') !== channel.signature || query.get('sp') !== '/triggers/manual/run') {
      return refuse(401, 'DirectApiAuthorizationRequired', 'The request must be authenticated.')
    }
    if (Number(headers['content-length'] ?? Buffer.byteLength(JSON.stringify(body ?? ''))) > mostBytes) {
      return refuse(413, 'RequestEntityTooLarge', 'Request Entity too large')
    }
    if (!/^application\/json\b/.test(headers['content-type'] ?? '')) {
      return refuse(415, 'UnsupportedMediaType', 'The content type must be application/json.')
    }
    const { card, problem } = cardProblem(body)
    if (problem !== null || card === null) return refuse(400, 'TriggerInputSchemaMismatch', problem ?? 'no card')
    const within = (recent.get(channel.workflow) ?? []).filter((at) => at > now() - 1_000)
    recent.set(channel.workflow, within)
    if (within.length >= mostPerSecond) {
      return refuse(429, 'WorkflowRunActionThrottled', 'Too many requests.', { 'retry-after': '1' })
    }
    within.push(now())
    posted.push({ channel: channel.name, at: now(), card })
    if (posted.length > keptCards) posted.shift()
    return { status: 202 }
  }

  /** Who opens the place in a browser sees what stands in the channels. */
  function pages(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname } = new URL(request.url ?? '/', 'http://double')
    if (request.method !== 'GET' || pathname.replace(/\/$/, '') !== basePath) return false
    const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    const language = /^\s*fr/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en'
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    response.end(postedPage(language, posted))
    return true
  }

  const bad = refuse(400, 'InvalidRequestContent', 'The request content is not valid JSON.')
  const double = createHttpDouble({ name: 'Microsoft Teams', basePath, answer, badJson: bad, pages })
  return Object.assign(double, {
    posted,
    webhookOf(name: string, origin: string): string {
      const channel = seed.channels.find((each) => each.name === name)
      if (!channel) throw new TypeError(`no channel ${name}`)
      const query = `api-version=2016-06-01&sp=${encodeURIComponent('/triggers/manual/run')}&sv=1.0&sig=${channel.signature}`
      return `${origin}/workflows/${channel.workflow}/triggers/manual/paths/invoke?${query}`
    },
  })
}
