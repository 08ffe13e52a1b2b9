import type { Said } from '../../domain/messenger.ts'
import type { Place } from '../../domain/request.ts'
import type { Installation } from '../../domain/tenant.ts'
import { addressIn } from '../../domain/workspace-address.ts'
import { cleanText } from '../../language/clean-text.ts'
import type { WebApi } from './web-api/client.ts'

/** Messages of one page (Slack's own limit is 1,000), and pages that are read. */
const pageSize = 200
const mostPages = 3
/** Of one message (characters). */
const longestText = 500
/** As it came: a mention of 14 characters may stand for a name of four. */
const longestLine = 4 * longestText
const mention = /<@([UW]\w+)>/g

interface SlackMessage {
  readonly ts?: unknown
  readonly user?: unknown
  readonly text?: unknown
  readonly subtype?: unknown
  readonly bot_id?: unknown
}

/**
 * What people wrote in a thread, or in a whole channel, within a time; in the order in which they did. Neither what apps
 * wrote nor what was said to NOX, which its own records hold. Needs the optional scope `channels:history`.
 * @param conversation Slack's own id of it in the workspace
 * @throws SlackCallError where Slack does not give them
 */
export async function readThread(
  api: WebApi,
  installation: Installation,
  { conversation, threadTs }: { readonly conversation: string; readonly threadTs: Place['threadTs'] },
  within: { readonly from: number; readonly to: number },
  nameOf: (userId: string) => Promise<string>,
): Promise<readonly Said[]> {
  const seconds = (ms: number) => String(Math.floor(ms / 1000))
  const args = {
    channel: conversation,
    ts: threadTs ?? undefined,
    oldest: seconds(within.from),
    latest: seconds(within.to + 1_000),
    limit: pageSize,
  }
  const method = threadTs === null ? 'conversations.history' : 'conversations.replies'
  const how = { repeat: 'always', patienceMs: 5_000 } as const
  const found: SlackMessage[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const reply = await api.call(installation.botToken, method, { ...args, cursor }, how)
    if (Array.isArray(reply.messages)) found.push(...(reply.messages as SlackMessage[]))
    cursor = (reply.response_metadata as { next_cursor?: string } | undefined)?.next_cursor || undefined
    if (cursor === undefined) break
  }
  const said = await Promise.all(found.map(lineOf))
  return said.filter((each) => each !== null).toSorted((a, b) => a.at - b.at)

  async function lineOf({ ts, user, text, subtype, bot_id }: SlackMessage): Promise<Said | null> {
    if (typeof ts !== 'string' || typeof user !== 'string' || typeof text !== 'string') return null
    if (bot_id !== undefined || (subtype !== undefined && subtype !== 'thread_broadcast')) return null
    const at = Number(ts) * 1_000
    if (!(at >= within.from && at <= within.to)) return null
    const clean = cleanText(text, installation.botUserId)
    if (clean.mentionsBot) return null
    // Cut before names are asked for: one message may mention thousands.
    const line = clean.text.replace(/\s+/g, ' ').trim().slice(0, longestLine)
    if (line === '') return null
    const letters = [...(await withNames(line))]
    const cut = letters.length > longestText ? `${letters.slice(0, longestText - 1).join('')}…` : letters.join('')
    return { at, by: addressIn(installation, user), text: cut }
  }

  /** `<@U123>` → `@Bob Dupont` */
  async function withNames(text: string): Promise<string> {
    const ids = [...new Set([...text.matchAll(mention)].map(([, id = '']) => id))]
    const names = await Promise.all(ids.map(async (id) => [id, await nameOf(addressIn(installation, id))] as const))
    const nameIn = new Map(names)
    return text.replace(mention, (_, id: string) => `@${nameIn.get(id)}`)
  }
}
