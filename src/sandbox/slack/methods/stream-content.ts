import { checkBlocks } from '../blocks/blocks.ts'
import { isRecord } from '../blocks/check.ts'
import { SlackError, withMessages } from '../errors.ts'
import type { Block, Stream } from '../model.ts'
import { richText } from '../text.ts'

type Json = Record<string, unknown>

/** Longest markdown of one streamed message, characters. */
const longestMarkdown = 12_000
const statuses = ['pending', 'in_progress', 'complete', 'error']

/** Adds chunks (or `markdown_text`) to a stream. @throws SlackError `invalid_chunks`, `msg_too_long` */
export function append(stream: Stream, markdown: string | undefined, chunks: unknown): void {
  if (chunks !== undefined && !Array.isArray(chunks)) throw new SlackError('invalid_chunks')
  const problems: string[] = []
  const read = (chunks ?? []) as unknown[]
  read.forEach((chunk, index) => {
    const problem = chunkProblem(chunk)
    if (problem) problems.push(`${problem} [json-pointer:/chunks/${index}]`)
  })
  if (problems.length > 0) throw withMessages('invalid_chunks', problems)
  const added = (markdown ?? '') + read.map((chunk) => (isType(chunk, 'markdown_text') ? chunk.text : '')).join('')
  if ([...stream.markdown, ...added].length > longestMarkdown) throw new SlackError('msg_too_long')
  stream.markdown += added
  for (const chunk of read) apply(stream, chunk as Json)
}

function isType(chunk: unknown, type: string): chunk is Json {
  return isRecord(chunk) && chunk.type === type
}

function chunkProblem(chunk: unknown): string | null {
  if (!isRecord(chunk)) return 'must be an object'
  switch (chunk.type) {
    case 'markdown_text':
      return typeof chunk.text === 'string' && chunk.text !== '' ? null : 'missing required field: text'
    case 'plan_update':
      return typeof chunk.title === 'string' && chunk.title !== '' ? null : 'missing required field: title'
    case 'task_update': {
      if (typeof chunk.id !== 'string' || chunk.id === '') return 'missing required field: id'
      if (typeof chunk.title !== 'string' || chunk.title === '') return 'missing required field: title'
      if (!statuses.includes(String(chunk.status))) return `must be one of: ${statuses.join(', ')}`
      const texts = [chunk.details, chunk.output].filter((text) => text !== undefined)
      return texts.every((text) => typeof text === 'string') ? null : 'details and output must be strings'
    }
    case 'blocks': {
      const [problem] = checkBlocks(chunk.blocks, 'message')
      return problem ?? null
    }
    default:
      return `unsupported type: ${String(chunk.type)}`
  }
}

function apply(stream: Stream, chunk: Json): void {
  if (chunk.type === 'plan_update') stream.planTitle = String(chunk.title)
  if (chunk.type === 'blocks') stream.blocks.push(...(chunk.blocks as Block[]))
  if (chunk.type !== 'task_update') return
  const known = stream.tasks.find((task) => task.task_id === chunk.id)
  const rich = (text: unknown) => (typeof text === 'string' && text ? richText(text) : undefined)
  const task = {
    task_id: chunk.id,
    title: chunk.title,
    status: chunk.status,
    ...(rich(chunk.details) ? { details: rich(chunk.details) } : {}),
    ...(rich(chunk.output) ? { output: rich(chunk.output) } : {}),
    ...(Array.isArray(chunk.sources) ? { sources: chunk.sources } : {}),
  }
  if (known) Object.assign(known, task)
  else stream.tasks.push({ type: 'task_card', ...task })
}

/** The blocks that a stream shows now: its tasks, alone or as a plan, then its text, then blocks of its own. */
export function blocksOf(stream: Stream): Block[] {
  const plan: Block[] =
    stream.display === 'plan' && (stream.tasks.length > 0 || stream.planTitle)
      ? [{ type: 'plan', title: stream.planTitle || String(stream.tasks[0]?.title ?? ''), tasks: stream.tasks }]
      : (stream.tasks as Block[])
  const text: Block[] = stream.markdown ? [{ type: 'markdown', text: stream.markdown }] : []
  return [...plan, ...text, ...stream.blocks]
}
