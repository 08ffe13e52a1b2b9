import type { Block, KnownBlock, PlainTextElement } from '@slack/types'
import { cleanLine, cutEnd } from './foreign-text.ts'

/** A block as NOX sends it. */
export type SlackBlock = KnownBlock | Block

/** mrkdwn in which Slack links nothing of itself: no bare `@channel`, no host names. */
export interface Mrkdwn {
  readonly type: 'mrkdwn'
  readonly text: string
  readonly verbatim: true
}

/** `text` is escaped and cut by whoever gives it. */
export const mrkdwn = (text: string): Mrkdwn => ({ type: 'mrkdwn', text, verbatim: true })

/** Plain text of a button, title or label, cut to Slack's limit; never empty, which Slack refuses. */
export const plain = (text: string, limit: number): PlainTextElement => ({
  type: 'plain_text',
  text: cutEnd(cleanLine(text), limit) || '–',
})
