import type { Parser } from '../language/index.ts'

/** A parser whose tables are made when it is first asked. */
export function lazyParser(create: () => Parser): Parser {
  let made: Parser | undefined
  return {
    parse(text, options) {
      made ??= create()
      return made.parse(text, options)
    },
  }
}
