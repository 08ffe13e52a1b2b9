import type { Logger } from 'pino'
import type { Answer } from '../../domain/answer.ts'
import type { MessageFrame, Messenger } from '../../domain/messenger.ts'
import { newId } from '../../domain/new-id.ts'
import { phrase } from '../../texts/phrase.ts'
import { isClosedPlace, isLostMessage, lastingError, slackCode } from './web-api/error.ts'

interface Ways {
  readonly log: Logger
  postAnswer(
    frame: MessageFrame,
    answer: Answer,
    key: string,
    how: { patienceMs: number; insist: boolean; soughtSince?: number },
  ): Promise<string>
  updateAnswer(frame: MessageFrame, ts: string, answer: Answer, patienceMs: number): Promise<void>
  /** Puts an answer's file under its message. Never throws. */
  attach(frame: MessageFrame, ts: string, answer: Answer, key: string): Promise<void>
  direct: Messenger['direct']
}

const patienceMs = 60_000

/**
 * Tells an answer where its place still takes it: in a new message where the old one is gone, and to who ordered it,
 * alone, where the channel was archived or NOX was removed from it. What belongs to no order is told in its place or
 * not at all.
 */
export function createSomewhere({ log, postAnswer, updateAnswer, attach, direct }: Ways) {
  const isOrder = ({ action, place }: MessageFrame) => action !== undefined && place.kind === 'channel'

  /**
   * Told once, also where NOX is killed before the order has ended: what stands there since it began is looked for.
   * @throws the error it is given, where its place is not closed
   */
  async function tellApart(frame: MessageFrame, answer: Answer, key: string, error: unknown): Promise<string> {
    const { tenantId, place, language, action } = frame
    if (!action || !isOrder(frame) || !isClosedPlace(error)) throw error
    log.warn({ tenantId, actionId: action.id, code: slackCode(error) }, 'an answer is told apart: its place is closed')
    const why = phrase('toldApart', { channel: { kind: 'conversation', id: place.conversationId } })
    const told = { ...answer, context: [why, ...(answer.context ?? [])] }
    // Of what an order comes to, each is told: that nobody knows, and later how it ended.
    const how = { key: `${key} apart ${action.begunAt} ${answer.title.key}`, soughtSince: action.begunAt }
    const { conversationId, ts } = await direct(tenantId, action.userId, language, told, frame, how)
    const there = { ...frame, place: { channel: 'slack', conversationId, threadTs: ts, kind: 'direct' } as const }
    await attach(there, ts, answer, key)
    return ts
  }

  /** What can't be told of an order says whether another attempt may help. */
  const said = <T>({ action }: MessageFrame, telling: Promise<T>): Promise<T> =>
    action === undefined
      ? telling
      : telling.catch((error: unknown) => {
          throw lastingError(error)
        })

  async function post(frame: MessageFrame, answer: Answer, key: string, how: { soughtSince?: number } = {}) {
    try {
      const ts = await postAnswer(frame, answer, key, { patienceMs, insist: true, ...how })
      void attach(frame, ts, answer, key)
      return ts
    } catch (error) {
      return said(frame, tellApart(frame, answer, key, error))
    }
  }

  async function update(frame: MessageFrame, messageTs: string, answer: Answer, known?: string): Promise<void> {
    try {
      await updateAnswer(frame, messageTs, answer, patienceMs)
    } catch (error) {
      const key = known ?? newId()
      const how = known === undefined || !frame.action ? {} : { soughtSince: frame.action.begunAt }
      const tell = isLostMessage(error) && isOrder(frame) ? post(frame, answer, key, how) : null
      await (tell ?? said(frame, tellApart(frame, answer, key, error)))
    }
  }

  return { post, update, tellApart }
}
