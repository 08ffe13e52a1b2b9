import { mrkdwn, type SlackBlock } from './block-kit.ts'
import { cutEnd, escapeForeign } from './foreign-text.ts'
import { limits } from './limits.ts'

/** A picture where an answer or a Home tab stands: the file that Slack holds, and its figures in words. */
export interface Picture {
  /** `null` = Slack did not take it: its words stand in its place. */
  readonly fileId: string | null
  readonly text: string
}

/** A picture as an image block, or what it would have shown as small print. */
export function renderPicture({ fileId, text }: Picture): SlackBlock {
  if (fileId !== null) {
    return { type: 'image', slack_file: { id: fileId }, alt_text: cutEnd(text, limits.altText) } as SlackBlock
  }
  return { type: 'context', elements: [mrkdwn(cutEnd(escapeForeign(text), limits.context))] }
}

/** Is it a file that Slack holds, as `renderPicture` shows one? */
export const isPicture = (block: SlackBlock): boolean => block.type === 'image' && 'slack_file' in block

/** The same blocks for where Slack does not show its own file: the words of each picture in its place. */
export const withoutPictures = (blocks: readonly SlackBlock[]): SlackBlock[] =>
  blocks.map((block) =>
    isPicture(block)
      ? renderPicture({ fileId: null, text: String((block as { alt_text?: unknown }).alt_text) })
      : block,
  )
