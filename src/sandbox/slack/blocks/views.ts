import { checkBlocks } from './blocks.ts'
import { anything, bool, isRecord, object, oneOf, plainText, Report, string } from './check.ts'

const common = {
  'type!': oneOf('modal', 'home'),
  'blocks!': anything,
  private_metadata: string(3000),
  callback_id: string(255),
  external_id: string(255),
}

const modal = object({
  ...common,
  'title!': plainText(24),
  submit: plainText(24),
  close: plainText(24),
  clear_on_close: bool,
  notify_on_close: bool,
  submit_disabled: bool,
})
const home = object(common)

/** Largest view that Slack takes, bytes of JSON. */
const largestView = 250 * 1024

/**
 * Checks a view for the surface it is meant for.
 * @returns Slack's error code with its messages; null when all is well.
 */
export function checkView(view: unknown, type: 'modal' | 'home'): { code: string; messages: string[] } | null {
  if (!isRecord(view)) return { code: 'invalid_arguments', messages: ['must be an object [json-pointer:/view]'] }
  if (Buffer.byteLength(JSON.stringify(view)) > largestView) return { code: 'view_too_large', messages: [] }
  const report = new Report()
  if (view.type !== type) report.add(`must be a ${type} view`, '/view/type')
  const shape = type === 'modal' ? modal : home
  shape(view, '/view', report)
  const messages = [...report.problems, ...checkBlocks(view.blocks, type, '/view/blocks')]
  const hasInput = Array.isArray(view.blocks) && view.blocks.some((block) => isRecord(block) && block.type === 'input')
  if (type === 'modal' && hasInput && !view.submit)
    messages.push('submit is required when an input block is present [json-pointer:/view]')
  return messages.length > 0 ? { code: 'invalid_arguments', messages } : null
}
