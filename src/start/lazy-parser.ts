import { createRequire } from 'node:module'
import type { CommandWords } from '../domain/command-spec.ts'
import type { Parser } from '../language/index.ts'

const require = createRequire(import.meta.url)

/** A parser that is loaded, and whose tables are made, when it is first asked: fifty files that a start need not read. */
export function lazyParser(words: readonly CommandWords[]): Parser {
  let made: Parser | undefined
  const parser = () => {
    made ??= (require('../language/index.ts') as typeof import('../language/index.ts')).createParser(words)
    return made
  }
  return {
    parse: (text, options) => parser().parse(text, options),
    knows: (word) => parser().knows(word),
    follow: (text, command, options) => parser().follow(text, command, options),
    reply: (text, botUserId) => parser().reply(text, botUserId),
  }
}
