import type { Message } from '../../src/sandbox/slack/model.ts'

type Json = { readonly [name: string]: unknown }

const record = (value: unknown): Json => (value !== null && typeof value === 'object' ? (value as Json) : {})
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : String(record(value).text ?? ''))

/**
 * A Slack message as text that people read: `[label]` is a button, `[label*]` the primary one, `[label…?]` one that
 * asks first; a menu lists its options, small print begins with `·`.
 */
export function drawMessage(message: Pick<Message, 'text' | 'blocks' | 'onlyFor'>): string {
  const lines = [
    ...(message.onlyFor ? ['(ephemeral)'] : []),
    ...message.blocks.flatMap((block) => drawBlock(block)),
    `text: ${message.text}`,
  ]
  return stable(lines.join('\n'))
}

/** Blocks of a view, drawn as those of a message. */
export const drawBlocks = (blocks: unknown): string => stable(list(blocks).flatMap(drawBlock).join('\n'))

function drawBlock(block: Json): readonly string[] {
  switch (block.type) {
    case 'header':
      return [`# ${text(block.text)}`]
    case 'section':
      return [
        ...(block.text ? [text(block.text)] : []),
        ...list(block.fields).map((each) => `| ${text(each).replace('\n', ' | ')}`),
        ...(block.accessory ? [drawElement(record(block.accessory))] : []),
      ]
    case 'context':
      return list(block.elements).map((each) => `· ${text(each)}`)
    case 'actions':
      return [list(block.elements).map(drawElement).join(' ')]
    case 'table':
      return list(block.rows).map((row) => `| ${(row as unknown as Json[]).map(drawCell).join(' | ')}`)
    case 'rich_text':
      return list(block.elements).flatMap((each) =>
        drawRich(each)
          .split('\n')
          .map((line) => `> ${line}`),
      )
    default:
      return [String(block.type)]
  }
}

function drawElement(element: Json): string {
  if (element.type === 'button') {
    const mark = element.style === 'primary' ? '*' : element.style === 'danger' ? '**' : ''
    const link = element.url ? ` → ${String(element.url)}` : ''
    const confirm = record(element.confirm)
    const asks = element.confirm
      ? ` ? ${text(confirm.title)} / ${text(confirm.text)} (${text(confirm.confirm)} | ${text(confirm.deny)})`
      : ''
    return `[${text(element.text)}${mark}${link}${asks}]`
  }
  const options = list(element.options).map((option) => text(option.text))
  return `<${text(element.placeholder)}: ${options.join(', ')}>`
}

function drawCell(cell: unknown): string {
  const { type, elements } = record(cell)
  if (type === 'raw_text') return text(cell)
  return list(elements)
    .flatMap((each) => list(each.elements))
    .map((each) => (each.type === 'date' ? String(each.format) : text(each)))
    .join('')
}

const drawRich = (block: Json): string =>
  list(block.elements)
    .map((each) => text(each))
    .join('')

/** What differs from run to run, under a name: moments, waits, ids of pods and of failures. */
const stable = (drawn: string): string =>
  drawn
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, '{sandbox}')
    .replace(/(\/archives\/\w+\/)p\d+/g, '$1{message}')
    .replace(/<!date\^\d+\^([^|>]+)\|[^>]*>/g, '$1')
    .replace(/\d\d\/\d\d\/\d{4},? \d\d:\d\d \([\w/]+\)/g, '{date}')
    .replace(/\b\d{1,2}(\u00a0min \d{1,2})?\u00a0s\b/g, '{n}\u00a0s')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '{date}')
    .replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-{pod}')
    .replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/gi, '{id}')
    .replace(/^> [a-z0-9]{5} {2}\{.*$/gm, '> {pod}  {line}')
    .replace(/(R[ée]f[ée]rence `?)[0-9A-Z]{8}/g, '$1{ref}')
    .replace(/rollout, \d+\/(?=\d)/g, 'rollout, {n}/')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:{port}')
    .replace(/\(×\d+\)/g, '(×{n})')
    .replace(/-[a-f0-9]{10}\b/g, '-{set}')
    .replace(/^(\| \*(?:Redémarrages|Restarts)\* \| )[\d\u202f\u00a0,]+$/gm, '$1{n}')
    .replace(/^(\| [\w-]+-\{pod\} \| CrashLoopBackOff \| )[\d\u202f\u00a0,]+/gm, '$1{n}')
    .replace(/\b(?:il y a )?\d+\u00a0secondes?(?: ago)?\b|\bil y a \d+ secondes?|\b\d+ seconds? ago/g, '{ago}')
    .replace(/\b\d+(?=[\u00a0 ](redémarrages?|restarts?)\b)/g, '{n}')
    .replace(/[\u202f\u00a0]/g, ' ')
