import type { Token } from './tokenize.ts'

const ends = new Set(['.', '!', '?', '…', '\n', ';'])

/** Cuts a message into sentences, each with its closing marks. */
export function sentencesOf(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = []
  let current: Token[] = []
  let closed = false
  for (const token of tokens) {
    const isEnd = token.kind === 'mark' && ends.has(token.text)
    if (closed && !isEnd) {
      sentences.push(current)
      current = []
      closed = false
    }
    current.push(token)
    closed ||= isEnd
  }
  if (current.length > 0) sentences.push(current)
  return sentences
}

/** The parts of a sentence that begin after a comma, a colon or a dash, longest first. */
export function clausesAfter(tokens: readonly Token[]): Token[][] {
  const clauses: Token[][] = []
  tokens.forEach((token, at) => {
    if (
      clauses.length < 8 &&
      token.kind === 'mark' &&
      (token.text === ',' || token.text === ':') &&
      at + 1 < tokens.length
    )
      clauses.push(tokens.slice(at + 1))
  })
  return clauses
}
