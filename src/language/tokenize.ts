import type { CleanText } from './clean-text.ts'
import { fold } from './fold.ts'
import { isSpace, marks, pairs, readWord, shortcodeEnd, type Token } from './read-word.ts'

export type { Token } from './read-word.ts'

/**
 * Cuts a clean text into tokens, in linear time. `isVerb` tells which words may carry a French pronoun
 * (`montre-moi`, `peux-tu`); all other hyphens belong to names.
 */
export function tokenize(clean: CleanText, isVerb: (folded: string) => boolean): Token[] {
  const { text, references } = clean
  const tokens: Token[] = []
  const absent = new Set<string>()
  let reference = 0
  let at = 0
  while (at < text.length) {
    const char = text[at] as string
    const known = references[reference]
    if (known && known.start === at) {
      tokens.push({ kind: known.kind, text: known.id, fold: '', start: at, end: known.end })
      reference += 1
      at = known.end
    } else if (char !== '\n' && isSpace(char)) {
      at += 1
    } else if (char === '&' || char === '>') {
      at = quoteLineEnd(text, at, tokens)
    } else if (text.startsWith('```', at)) {
      const close = text.indexOf('```', at + 3)
      const end = close === -1 ? text.length : close + 3
      tokens.push({ kind: 'code', text: text.slice(at, end), fold: '', start: at, end })
      at = end
    } else if (pairs[char] !== undefined && !absent.has(char)) {
      const close = closingQuote(text, at, pairs[char])
      if (close === -1) {
        absent.add(char)
        at += 1
      } else {
        const inside = text.slice(at + 1, close)
        if (inside.trim() !== '')
          tokens.push({ kind: 'quoted', text: inside.trim(), fold: fold(inside.trim()), start: at, end: close + 1 })
        at = close + 1
      }
    } else if (marks.has(char) && !startsShortcode(text, at)) {
      tokens.push({ kind: 'mark', text: char, fold: char, start: at, end: at + 1 })
      at += 1
    } else {
      at = readWord(text, at, known?.start ?? text.length, tokens, isVerb)
    }
  }
  return tokens
}

const startsShortcode = (text: string, at: number): boolean =>
  text[at] === ':' && /[a-z+]/.test(text[at + 1] ?? '') && shortcodeEnd(text, at) !== -1

/** A line that quotes somebody else's words (`> …`) is one opaque token; elsewhere `>` is a separator. */
function quoteLineEnd(text: string, at: number, tokens: Token[]): number {
  const lineStart = at === 0 || text[at - 1] === '\n'
  if (!lineStart || text[at] !== '>') return at + 1
  const newline = text.indexOf('\n', at)
  const end = newline === -1 ? text.length : newline
  tokens.push({ kind: 'code', text: text.slice(at, end), fold: '', start: at, end })
  return end
}

/** Where a quotation ends: a single quote only before a space or a mark, the others anywhere. */
function closingQuote(text: string, at: number, close: string): number {
  let from = at + 1
  while (from < text.length) {
    const end = text.indexOf(close, from)
    if (end === -1) return -1
    const after = text[end + 1]
    if (!isEscaped(text, end) && (close !== "'" || after === undefined || isSpace(after) || marks.has(after)))
      return end
    from = end + 1
  }
  return -1
}

/** True after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === '\\') before -= 1
  return (at - before) % 2 === 1
}
