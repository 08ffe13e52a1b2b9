import {
  anyText,
  anything,
  bool,
  byType,
  type Check,
  integer,
  isRecord,
  list,
  number,
  object,
  oneOf,
  plainText,
  Report,
  string,
} from './check.ts'
import { asAccessory, inActions, inContext, inContextActions, inInput } from './elements.ts'
import { richText } from './rich-text.ts'

export type Surface = 'message' | 'modal' | 'home'

const common = { 'type!': anything, block_id: string(255) }

const section = object(
  { ...common, text: anyText(3000), fields: list(anyText(2000), 1, 10), accessory: asAccessory, expand: bool },
  (value, pointer, report) => {
    if (isRecord(value) && !value.text && !value.fields) report.add('missing required field: text or fields', pointer)
  },
)
const cell = byType({
  raw_text: object({ 'type!': anything, 'text!': string(3000, 1) }),
  raw_number: object({ 'type!': anything, 'value!': number, text: string(3000) }),
  rich_text: richText,
})
const columns = list(object({ align: oneOf('left', 'center', 'right'), is_wrapped: bool }), 0, 20)
const table = object({ ...common, 'rows!': list(list(cell, 1, 20), 1, 100), column_settings: columns })
const source = object({ 'type!': oneOf('url'), 'url!': string(3000, 1), 'text!': string(255, 1) })
const status = oneOf('pending', 'in_progress', 'complete', 'error')
const task = object({
  ...common,
  'task_id!': string(255, 1),
  'title!': string(255, 1),
  details: richText,
  output: richText,
  sources: list(source, 0, 50),
  'status!': status,
})

const everywhere: Readonly<Record<string, Check>> = {
  section,
  header: object({ ...common, 'text!': plainText(150), level: integer(1, 6) }),
  divider: object(common),
  context: object({ ...common, 'elements!': list(inContext, 1, 10) }),
  actions: object({ ...common, 'elements!': list(inActions, 1, 25) }),
  image: object({
    ...common,
    'alt_text!': string(2000),
    image_url: string(3000),
    slack_file: object({ id: string(255), url: string(3000) }),
    title: plainText(2000),
  }),
  rich_text: richText,
  video: object({
    ...common,
    'alt_text!': string(2000),
    'title!': plainText(199),
    'thumbnail_url!': string(3000),
    'video_url!': string(3000),
    title_url: string(3000),
    author_name: string(49),
    description: plainText(200),
    provider_name: string(255),
    provider_icon_url: string(3000),
  }),
  input: object({
    ...common,
    'label!': plainText(2000),
    'element!': inInput,
    dispatch_action: bool,
    hint: plainText(2000),
    optional: bool,
  }),
}

const bySurface: Readonly<Record<Surface, Readonly<Record<string, Check>>>> = {
  message: {
    ...everywhere,
    markdown: object({ ...common, 'text!': string(12_000, 1) }),
    table,
    file: object({ ...common, 'external_id!': string(255), 'source!': oneOf('remote') }),
    context_actions: object({ ...common, 'elements!': list(inContextActions, 1, 5) }),
    task_card: task,
    plan: object({ ...common, 'title!': string(255, 1), tasks: list(task, 0, 50) }),
    card: anything,
    carousel: anything,
  },
  modal: {
    ...everywhere,
    alert: object({
      ...common,
      'text!': anyText(3000),
      level: oneOf('default', 'info', 'warning', 'error', 'success'),
    }),
  },
  home: everywhere,
}

/** Blocks a surface takes: a message 50, a view 100. */
const mostBlocks: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 }

/**
 * Checks blocks against Slack's limits (docs.slack.dev, "Block Kit").
 * @returns what is wrong, in Slack's words; empty when all is well.
 */
export function checkBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): string[] {
  const report = new Report()
  list(byType(bySurface[surface]), 0, mostBlocks[surface])(blocks, pointer, report)
  if (Array.isArray(blocks)) checkTogether(blocks.filter(isRecord), pointer, report)
  return report.problems
}

function checkTogether(blocks: readonly Record<string, unknown>[], pointer: string, report: Report): void {
  const ids = new Set<unknown>()
  blocks.forEach((block, index) => {
    if (block.block_id !== undefined && ids.has(block.block_id)) {
      report.add(`\`block_id\` already exists: ${String(block.block_id)}`, `${pointer}/${index}/block_id`)
    }
    ids.add(block.block_id)
    const actions = new Set<unknown>()
    for (const element of elementsOf(block)) {
      const { action_id: id } = element
      if (id !== undefined && actions.has(id)) {
        report.add(`\`action_id\` already exists: ${String(id)}`, `${pointer}/${index}`)
      }
      actions.add(id)
    }
    const picture = [block, ...elementsOf(block)].find((each) => each.type === 'image')
    if (picture && !picture.image_url === !picture.slack_file) {
      report.add('must have either image_url or slack_file', `${pointer}/${index}`)
    }
  })
  if (blocks.filter((block) => block.type === 'table').length > 1) report.add('only one table allowed', pointer)
  const markdown = blocks
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + String(block.text).length, 0)
  if (markdown > 12_000) report.add('markdown blocks together must be less than 12001 characters', pointer)
  if (blocks.flatMap(elementsOf).filter((element) => element.focus_on_load).length > 1) {
    report.add('only one element may have focus_on_load', pointer)
  }
}

/** The interactive elements of a block, wherever it keeps them. */
export function elementsOf(block: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return [block.accessory, block.element, ...(Array.isArray(block.elements) ? block.elements : [])].filter(isRecord)
}
