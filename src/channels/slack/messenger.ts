import type { Logger } from 'pino'
import type { Answer } from '../../domain/answer.ts'
import type { Language } from '../../domain/command-spec.ts'
import type { Look } from '../../domain/look.ts'
import type { MessageFrame, Messenger } from '../../domain/messenger.ts'
import { newId } from '../../domain/new-id.ts'
import type { Installation } from '../../domain/tenant.ts'
import { traced } from '../../domain/trace.ts'
import { addressIn, readAddress } from '../../domain/workspace-address.ts'
import { NoxError } from '../../errors.ts'
import { attachFile } from './attach-file.ts'
import type { RenderedMessage } from './blocks/render-answer.ts'
import type { Reached } from './installations.ts'
import { createLiveMessage } from './live-message.ts'
import { type LookArguments, lookArguments, withLook } from './look.ts'
import { sendWithPictures } from './pictures.ts'
import { postMessage } from './post-message.ts'
import { createRender, type RenderOptions } from './render-message.ts'
import { createSomewhere } from './tell-somewhere.ts'
import { createThreads } from './threads.ts'
import type { WebApi } from './web-api/client.ts'
import { lastingError, slackCode } from './web-api/error.ts'

export interface SlackMessengerOptions extends RenderOptions {
  readonly api: WebApi
  /** What NOX posts with in a tenant; `null` = its own name and icon. */
  readonly lookOf: (tenantId: string) => Promise<Look | null>
  /** Where an admin lets NOX make channels; absent = the app is not installed by OAuth here. */
  readonly roomsUrl?: string | null
  /** Where an admin lets NOX read threads. */
  readonly historyUrl?: string | null
  readonly log: Logger
  /** Between two edits of one message, ms; Slack bears about one a second. */
  readonly updateInterval?: number
  /** How long a last state is retried, ms. */
  readonly patience?: number
}

/** The Messenger of Slack. */
export type SlackMessenger = Messenger

interface Draft {
  readonly installation: Installation
  /** The conversation, as Slack names it. */
  readonly channel: string
  readonly message: RenderedMessage
  readonly look: LookArguments
}

const mostKeys = 10_000
const mostConversations = 10_000

/** How NOX speaks in Slack. */
export function createSlackMessenger(options: SlackMessengerOptions): SlackMessenger {
  const { api, installations, log } = options
  const posted = new Map<string, Promise<string>>()
  const conversations = new Map<string, string>()
  const patience = options.patience ?? 5 * 60_000

  /** The workspace of a conversation or a person, and Slack's own id there. */
  async function reach(tenantId: string, address: string): Promise<Reached> {
    const reached = await installations.reach(tenantId, address)
    if (!reached) throw new NoxError('not-found', 'the tenant has no such Slack workspace any more')
    return reached
  }

  const render = createRender(options)

  const lookFor = async (tenantId: string, installation: Installation): Promise<LookArguments> =>
    lookArguments(await options.lookOf(tenantId), installation)

  /** What a post needs besides Slack. */
  async function draft(frame: MessageFrame, answer: Answer): Promise<Draft> {
    const { installation, id: channel } = await reach(frame.tenantId, frame.place.conversationId)
    const message = await render(frame.tenantId, frame.language, answer, frame.action, installation)
    return { installation, channel, message, look: await lookFor(frame.tenantId, installation) }
  }

  async function postAnswer(
    frame: MessageFrame,
    drafted: Promise<Draft>,
    key: string,
    how: { patienceMs: number; insist: boolean; soughtSince?: number },
  ): Promise<string> {
    const { installation, channel, message, look } = await drafted
    const { threadTs } = frame.place
    const post = { channel, threadTs, message, look, key, ...how }
    return traced('answer', () => postMessage(api, installation, post))
  }

  async function updateAnswer(frame: MessageFrame, ts: string, answer: Answer, patienceMs: number): Promise<void> {
    const { installation, id: channel } = await reach(frame.tenantId, frame.place.conversationId)
    const { text, blocks } = await render(frame.tenantId, frame.language, answer, frame.action, installation)
    const target = { channel, ts, text }
    const how = { repeat: 'always', patienceMs } as const
    try {
      await traced('answer', () =>
        sendWithPictures(blocks, (shown) =>
          api.call(installation.botToken, 'chat.update', { ...target, blocks: shown }, how),
        ),
      )
    } catch (error) {
      if (!slackCode(error).startsWith('invalid_blocks')) throw error
      log.error({ tenantId: frame.tenantId, code: slackCode(error) }, 'Slack refused the blocks of an answer')
      await api.call(installation.botToken, 'chat.update', { ...target, blocks: [] }, how)
    }
  }

  async function attach(frame: MessageFrame, ts: string, answer: Answer, key: string): Promise<void> {
    if (!answer.file) return
    const { installation, id: channel } = await reach(frame.tenantId, frame.place.conversationId)
    const place = { channel, threadTs: frame.place.threadTs ?? ts, language: frame.language, key }
    await attachFile(api, installation, answer.file, place)
  }

  const attachQuietly = (frame: MessageFrame, ts: string, answer: Answer, key: string) =>
    attach(frame, ts, answer, key).catch((error) => {
      log.error({ tenantId: frame.tenantId, code: slackCode(error), err: error }, 'a file could not be attached')
    })

  async function conversationWith(tenantId: string, userId: string): Promise<string> {
    const cacheKey = `${tenantId} ${userId}`
    const known = conversations.get(cacheKey)
    if (known) return known
    const { installation, id: users } = await reach(tenantId, userId)
    const { botToken } = installation
    const { channel } = await api.call(botToken, 'conversations.open', { users }, { repeat: 'always' })
    const id = addressIn(installation, (channel as { id: string }).id)
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
    how: { readonly key: string; readonly soughtSince?: number } = { key: newId() },
  ): Promise<{ conversationId: string; ts: string }> {
    const conversationId = await conversationWith(tenantId, userId)
    const { installation, id: channel } = await reach(tenantId, conversationId)
    const message = await render(tenantId, language, answer, frame?.action, installation)
    const look = await lookFor(tenantId, installation)
    const post = { channel, threadTs: null, message, look, patienceMs: 60_000, insist: true, ...how }
    return { conversationId, ts: await postMessage(api, installation, post) }
  }

  const somewhere = createSomewhere({
    log,
    postAnswer: (frame, answer, key, how) => postAnswer(frame, draft(frame, answer), key, how),
    updateAnswer,
    attach: attachQuietly,
    direct,
  })

  return {
    conversationWith,
    direct: (...told) =>
      direct(...told).catch((error: unknown) => {
        throw lastingError(error)
      }),
    ...createThreads({ api, log, reach, nameOf: options.nameOf, historyUrl: options.historyUrl }),
    rooms: async () => (await import('./rooms.ts')).createRooms(api, installations, options.roomsUrl ?? null),
    post(frame, answer, key, { soughtSince } = {}) {
      const id = `${frame.tenantId} ${key}`
      const known = posted.get(id)
      if (known) return known
      const post = somewhere.post(frame, answer, key, soughtSince === undefined ? {} : { soughtSince })
      posted.set(id, post)
      if (posted.size > mostKeys) posted.delete(posted.keys().next().value ?? '')
      post.catch(() => posted.delete(id))
      return post
    },
    live(frame, messageTs, key, onPosted, after) {
      // The first state is drawn while the order's row is made durable.
      let ready: { readonly answer: Answer; readonly drafted: Promise<Draft> } | undefined
      const transport = {
        prepare(answer: Answer) {
          ready = { answer, drafted: draft(frame, answer) }
          ready.drafted.catch(() => {})
        },
        post(answer: Answer, last: boolean) {
          const drafted = ready?.answer === answer ? ready.drafted : draft(frame, answer)
          ready = undefined
          return postAnswer(frame, drafted, key, { patienceMs: 15_000, insist: last })
        },
        update: (ts: string, answer: Answer) => updateAnswer(frame, ts, answer, 0),
        tellApart: (answer: Answer, error: unknown) => somewhere.tellApart(frame, answer, key, error).then(() => {}),
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
    update: somewhere.update,
    async whisper(frame, userId, answer) {
      if (frame.place.kind === 'home') {
        await direct(frame.tenantId, userId, frame.language, answer, frame)
        return
      }
      const { installation, id: channel } = await reach(frame.tenantId, frame.place.conversationId)
      const { text, blocks } = await render(frame.tenantId, frame.language, answer, frame.action, installation)
      const { threadTs } = frame.place
      const look = await lookFor(frame.tenantId, installation)
      const args = { channel, user: readAddress(userId).id, thread_ts: threadTs ?? undefined, text }
      await withLook(look, (shownAs) =>
        sendWithPictures(blocks, (shown) =>
          api.call(installation.botToken, 'chat.postEphemeral', { ...args, ...shownAs, blocks: shown }),
        ),
      )
    },
  }
}
