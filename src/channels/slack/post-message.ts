import { setTimeout as sleep } from 'node:timers/promises'
import type { Installation } from '../../domain/tenant.ts'
import type { RenderedMessage } from './blocks/render-answer.ts'
import { type LookArguments, withLook } from './look.ts'
import { sendWithPictures } from './pictures.ts'
import type { Reply, WebApi } from './web-api/client.ts'
import { SlackCallError, slackCode } from './web-api/error.ts'

export interface Post {
  readonly channel: string
  readonly threadTs: string | null
  readonly message: RenderedMessage
  /** Travels in the message's metadata, so that NOX can find its own post again. */
  readonly key: string
  /** Another name and icon than NOX's own. */
  readonly look?: LookArguments
  readonly patienceMs: number
  /** Post once more where nobody can tell whether the first one landed: words may come twice, silence is worse. */
  readonly insist: boolean
  /** Another process may have posted it since then (ms): it is looked for first. */
  readonly soughtSince?: number
}

const eventType = 'nox_answer'
/** Codes that a plain text may pass where its blocks did not. */
const badBlocks: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
])

/**
 * Posts a message exactly once as far as Slack lets NOX know: where the connection broke after the request went out,
 * NOX looks for its key in the thread (`conversations.replies`, `conversations.history`; in channels this needs the
 * optional history scopes) and posts again only where it is surely not there. @throws SlackCallError
 */
export async function postMessage(api: WebApi, installation: Installation, post: Post): Promise<string> {
  const deadline = Date.now() + post.patienceMs
  const startedAt = Date.now()
  if (post.soughtSince !== undefined) {
    const found = await findPost(api, installation, post, post.soughtSince)
    if (found !== null && found !== 'unseen') return found
  }
  let { blocks } = post.message as { blocks: RenderedMessage['blocks'] | undefined }
  for (let failures = 0, insisted = false; ; failures += 1) {
    try {
      const send = (look: LookArguments) =>
        sendWithPictures(blocks ?? [], (shown) =>
          api.call(
            installation.botToken,
            'chat.postMessage',
            {
              channel: post.channel,
              ...look,
              thread_ts: post.threadTs ?? undefined,
              text: post.message.text,
              blocks: blocks && shown,
              metadata: { event_type: eventType, event_payload: { key: post.key } },
              unfurl_links: false,
              unfurl_media: false,
            },
            { patienceMs: Math.max(0, deadline - Date.now()) },
          ),
        )
      const reply = await withLook(post.look ?? {}, send)
      return String(reply.ts)
    } catch (error) {
      if (blocks && badBlocks.has(slackCode(error))) {
        blocks = undefined
        continue
      }
      if (!(error instanceof SlackCallError) || error.outcome !== 'unknown' || Date.now() > deadline) throw error
      await sleep(Math.min(10_000, 500 * 2 ** failures))
      const found = await findPost(api, installation, post, startedAt)
      if (found === 'unseen' && (insisted || !post.insist)) throw error
      if (found !== null && found !== 'unseen') return found
      insisted ||= found === 'unseen'
    }
  }
}

/** The ts of the post, `null` where it is surely not there, `unseen` where NOX may not look. */
async function findPost(
  api: WebApi,
  installation: Installation,
  post: Post,
  startedAt: number,
): Promise<string | null | 'unseen'> {
  const method = post.threadTs === null ? 'conversations.history' : 'conversations.replies'
  const args = {
    channel: post.channel,
    ts: post.threadTs ?? undefined,
    // Slack's clock and ours may differ.
    oldest: String(Math.floor(startedAt / 1000) - 120),
    limit: 100,
    include_all_metadata: true,
  }
  try {
    const reply = await api.call(installation.botToken, method, args, { repeat: 'always', patienceMs: 10_000 })
    const messages = Array.isArray(reply.messages) ? (reply.messages as Reply[]) : []
    const own = messages.find((message) => keyOf(message) === post.key)
    return own ? String(own.ts) : null
  } catch {
    return 'unseen'
  }
}

function keyOf(message: Reply): unknown {
  const metadata = message.metadata as { event_type?: unknown; event_payload?: { key?: unknown } } | undefined
  return metadata?.event_type === eventType ? metadata.event_payload?.key : undefined
}
