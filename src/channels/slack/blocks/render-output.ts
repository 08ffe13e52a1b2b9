import type { Output } from '../../../domain/answer.ts'
import type { SlackBlock } from './block-kit.ts'
import { cleanText, cutEnd } from './foreign-text.ts'
import { limits } from './limits.ts'

/** The newest lines that fit one message, as a program wrote them; nothing inside is read as markup. */
export function renderOutput(output: Output): SlackBlock[] {
  const shown: string[] = []
  let length = 0
  for (const line of output.lines.slice(-limits.outputLines).reverse()) {
    const text = cutEnd(cleanText(line).replace(/\n/g, ' '), limits.outputLine)
    length += text.length + 1
    if (length > limits.outputText) break
    shown.unshift(text)
  }
  const text = shown.join('\n')
  if (text.trim() === '') return []
  const block = { type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }
  return [{ type: 'rich_text', elements: [block] } as SlackBlock]
}
