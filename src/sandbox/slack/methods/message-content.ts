import { checkBlocks } from '../blocks/blocks.ts'
import { isRecord } from '../blocks/check.ts'
import { checkPictures } from '../blocks/pictures.ts'
import type { Core } from '../core.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { Block } from '../model.ts'
import { storeAppText } from '../text.ts'

export interface Content {
  readonly text: string
  readonly blocks: readonly Block[]
  readonly attachments: readonly unknown[]
}

/**
 * Checks what a message would say in a workspace (`null`: one of those that the app may enter). @throws SlackError `no_text`, `msg_too_long`, `invalid_blocks`, …
 */
export function checkContent(
  core: Core,
  teamId: string | null,
  args: Readonly<Record<string, unknown>>,
  limit: number,
): Content {
  const text = typeof args.text === 'string' ? args.text : ''
  const markdown = typeof args.markdown_text === 'string' ? args.markdown_text : ''
  const { blocks = [], attachments = [] } = args
  if (markdown && (text || (Array.isArray(blocks) && blocks.length > 0))) throw new SlackError('markdown_text_conflict')
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format')
  if (!Array.isArray(attachments))
    throw withMessages('invalid_arguments', ['must be an array [json-pointer:/attachments]'])
  if (attachments.length > 100) throw new SlackError('too_many_attachments')
  const problems = checkBlocks(blocks, 'message')
  attachments.forEach((attachment, index) => {
    if (!isRecord(attachment) || attachment.blocks === undefined) return
    problems.push(...checkBlocks(attachment.blocks, 'message', `/attachments/${index}/blocks`))
  })
  problems.push(...checkPictures(core, teamId, blocks))
  if (problems.length > 0) throw withMessages('invalid_blocks', problems)
  if (!text && !markdown && blocks.length === 0 && attachments.length === 0) throw new SlackError('no_text')
  if ([...text].length > limit || [...markdown].length > 12_000) throw new SlackError('msg_too_long')
  return { text: storeAppText(text || markdown), blocks, attachments }
}

/** A message's metadata as it came, checked. @throws SlackError `invalid_metadata_format`, `metadata_too_large` */
export function checkMetadata(value: unknown): unknown {
  if (value === undefined || value === null) return null
  const metadata = value as { event_type?: unknown; event_payload?: unknown }
  if (
    typeof metadata.event_type !== 'string' ||
    typeof metadata.event_payload !== 'object' ||
    !metadata.event_payload
  ) {
    throw new SlackError('invalid_metadata_format')
  }
  if (JSON.stringify(value).length > 16_384) throw new SlackError('metadata_too_large')
  return value
}
