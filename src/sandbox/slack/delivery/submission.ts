import type { SandboxView } from '../../client-api.ts'
import { isRecord } from '../blocks/check.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { closeModals, openModal, readView, updateView } from '../methods/views.ts'
import type { View } from '../model.ts'
import { pageView } from '../present-page.ts'

/** What the person sees after a submission; nothing of it = the modal closed. */
export interface SubmissionResult {
  readonly errors?: Record<string, string>
  readonly view?: SandboxView
  readonly clear?: boolean
}

/**
 * Carries out NOX's answer to a `view_submission`.
 * @throws SlackError `dispatch_failed` for an answer that Slack does not understand: it then shows a warning
 */
export function applySubmission(core: Core, view: View, answer: unknown): SubmissionResult {
  const { teamId, userId } = view
  if (answer === undefined || (isRecord(answer) && answer.response_action === undefined)) {
    if (core.views.stack(userId).at(-1) === view) {
      core.views.pop(userId)
      core.hub.emit({ type: 'view_closed', id: view.id }, { teamId, users: [userId] })
    }
    return {}
  }
  if (!isRecord(answer)) throw new SlackError('dispatch_failed')
  if (answer.response_action === 'errors') return { errors: readErrors(view, answer.errors) }
  if (answer.response_action === 'clear') {
    closeModals(core, teamId, userId)
    return { clear: true }
  }
  try {
    const json = readView(core, teamId, answer.view, 'modal')
    if (answer.response_action === 'update') {
      updateView(core, view, json)
      return { view: pageView(view) }
    }
    if (answer.response_action === 'push') return { view: pageView(openModal(core, teamId, userId, json)) }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    const { messages } = (error.extra.response_metadata ?? {}) as { messages?: string[] }
    throw new SlackError('dispatch_failed', { reason: error.code, messages })
  }
  throw new SlackError('dispatch_failed')
}

/** Errors belong to input blocks of the view; Slack refuses any other. */
function readErrors(view: View, errors: unknown): Record<string, string> {
  const blocks = (view.json.blocks as unknown[]).filter(isRecord)
  const inputs = new Set(blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : [])))
  if (!isRecord(errors) || Object.keys(errors).length === 0) throw new SlackError('dispatch_failed')
  const read: Record<string, string> = {}
  for (const [blockId, text] of Object.entries(errors)) {
    if (!inputs.has(blockId) || typeof text !== 'string') throw new SlackError('dispatch_failed', { reason: blockId })
    read[blockId] = text
  }
  return read
}
