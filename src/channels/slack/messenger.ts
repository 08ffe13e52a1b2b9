import type { Logger } from 'pino'
import type { Answer } from '../../domain/answer.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { MessageFrame, Messenger } from '../../domain/messenger.ts'
import { newId } from '../../domain/new-id.ts'
import type { Installation } from '../../domain/tenant.ts'
import { NoxError } from '../../errors.ts'
import { attachFile } from './attach-file.ts'
import { type RenderedMessage, renderAnswer } from './blocks/render-answer.ts'
import type { InstallationCache } from './installations.ts'
import { createLiveMessage } from './live-message.ts'
import { postMessage } from './post-message.ts'
import type { WebApi } from './web-api/client.ts'
import { slackCode } from './web-api/error.ts'

export interface SlackMessengerOptions {
  readonly api: WebApi
  readonly installations: InstallationCache
  /** The tenant's IANA zone, for clients that cannot show a date in the reader's own. */
  readonly timeZoneOf: (tenantId: string) => Promise<string>
  readonly log: Logger
  /** Between two edits of one message, ms; Slack bears about one a second. */
  readonly updateInterval?: number
  /** How long a last state is retried, ms. */
  readonly patience?: number
}

/** The Messenger, with what other parts of the channel need of it. */
export interface SlackMessenger extends Messenger {
  /** The conversation in which NOX and a person write to each other. */
  directConversation(tenantId: string, userId: string): Promise<string>
}

const mostKeys = 10_000
const mostConversations = 10_000

/** How NOX speaks in Slack. */
export function createSlackMessenger(options: SlackMessengerOptions): SlackMessenger {
  const { api, installations, log } = options
  const posted = new Map<string, Promise<string>>()
  const conversations = new Map<string, string>()
  const patience = options.patience ?? 5 * 60_000

  async function installed(tenantId: string): Promise<Installation> {
    const installation = await installations.ofTenant(tenantId)
    if (!installation) throw new NoxError('not-found', 'the tenant has no Slack workspace any more')
    return installation
  }

  async function render(
    tenantId: string,
    language: Language,
    answer: Answer,
    action: MessageFrame['action'],
    { workspaceId, appId }: Installation,
  ): Promise<RenderedMessage> {
    const timeZone = await options.timeZoneOf(tenantId)
    return renderAnswer(answer, { language, timeZone, app: { teamId: workspaceId, appId } }, action)
  }

  async function postAnswer(
    frame: MessageFrame,
    answer: Answer,
    key: string,
    how: { patienceMs: number; insist: boolean },
  ): Promise<string> {
    const installation = await installed(frame.tenantId)
    const message = await render(frame.tenantId, frame.language, answer, frame.action, installation)
    const { conversationId: channel, threadTs } = frame.place
    return postMessage(api, installation, { channel, threadTs, message, key, ...how })
  }

  async function updateAnswer(frame: MessageFrame, ts: string, answer: Answer, patienceMs: number): Promise<void> {
    const installation = await installed(frame.tenantId)
    const { text, blocks } = await render(frame.tenantId, frame.language, answer, frame.action, installation)
    const target = { channel: frame.place.conversationId, ts, text }
    const how = { repeat: 'always', patienceMs } as const
    try {
      await api.call(installation.botToken, 'chat.update', { ...target, blocks }, how)
    } catch (error) {
      if (!slackCode(error).startsWith('invalid_blocks')) throw error
      log.error({ tenantId: frame.tenantId, code: slackCode(error) }, 'Slack refused the blocks of an answer')
      await api.call(installation.botToken, 'chat.update', { ...target, blocks: [] }, how)
    }
  }

  async function attach(frame: MessageFrame, ts: string, answer: Answer, key: string): Promise<void> {
    if (!answer.file) return
    const { conversationId: channel, threadTs } = frame.place
    const place = { channel, threadTs: threadTs ?? ts, language: frame.language, key }
    await attachFile(api, await installed(frame.tenantId), answer.file, place)
  }

  const attachQuietly = (frame: MessageFrame, ts: string, answer: Answer, key: string) =>
    attach(frame, ts, answer, key).catch((error) => {
      log.error({ tenantId: frame.tenantId, code: slackCode(error), err: error }, 'a file could not be attached')
    })

  async function directConversation(tenantId: string, userId: string): Promise<string> {
    const cacheKey = `${tenantId} ${userId}`
    const known = conversations.get(cacheKey)
    if (known) return known
    const { botToken } = await installed(tenantId)
    const { channel } = await api.call(botToken, 'conversations.open', { users: userId }, { repeat: 'always' })
    const { id } = channel as { id: string }
    conversations.set(cacheKey, id)
    if (conversations.size > mostConversations) conversations.delete(conversations.keys().next().value ?? '')
    return id
  }

  async function direct(
    tenantId: string,
    userId: string,
    language: Language,
    answer: Answer,
    frame?: MessageFrame,
  ): Promise<{ conversationId: string; ts: string }> {
    const installation = await installed(tenantId)
    const channel = await directConversation(tenantId, userId)
    const message = await render(tenantId, language, answer, frame?.action, installation)
    const key = newId()
    const post = { channel, threadTs: null, message, key, patienceMs: 60_000, insist: true }
    return { conversationId: channel, ts: await postMessage(api, installation, post) }
  }

  return {
    directConversation,
    direct,
    post(frame, answer, key) {
      const id = `${frame.tenantId} ${key}`
      const known = posted.get(id)
      if (known) return known
      const post = postAnswer(frame, answer, key, { patienceMs: 60_000, insist: true })
      posted.set(id, post)
      if (posted.size > mostKeys) posted.delete(posted.keys().next().value ?? '')
      post.then(
        (ts) => attachQuietly(frame, ts, answer, key),
        () => posted.delete(id),
      )
      return post
    },
    live(frame, messageTs, key, onPosted, after) {
      const transport = {
        post: (answer: Answer, last: boolean) => postAnswer(frame, answer, key, { patienceMs: 15_000, insist: last }),
        update: (ts: string, answer: Answer) => updateAnswer(frame, ts, answer, 0),
        complete: (ts: string, answer: Answer) => attach(frame, ts, answer, key),
      }
      const onFailure = (error: unknown, last: boolean) => {
        const facts = { tenantId: frame.tenantId, actionId: frame.action?.id, code: slackCode(error), err: error }
        if (last) log.error(facts, 'the last state of an action could not be shown')
        else log.warn(facts, 'a state of an action could not be shown')
      }
      return createLiveMessage(transport, {
        messageTs,
        onPosted,
        onFailure,
        interval: options.updateInterval ?? 1_000,
        patience,
        ...(after ? { after } : {}),
      })
    },
    update: (frame, messageTs, answer) => updateAnswer(frame, messageTs, answer, 60_000),
    async whisper(frame, userId, answer) {
      const installation = await installed(frame.tenantId)
      if (frame.place.kind === 'home') {
        await direct(frame.tenantId, userId, frame.language, answer, frame)
        return
      }
      const { text, blocks } = await render(frame.tenantId, frame.language, answer, frame.action, installation)
      const { conversationId: channel, threadTs } = frame.place
      const args = { channel, user: userId, thread_ts: threadTs ?? undefined, text, blocks }
      await api.call(installation.botToken, 'chat.postEphemeral', args)
    },
  }
}
