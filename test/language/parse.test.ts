import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import { createParser, toContractJson } from '../../src/language/index.ts'
import { corpus } from './corpus.ts'

const parser = createParser(allWords)

describe('the corpus', () => {
  it.each(corpus)('$text', ({ text, json }) => {
    expect(toContractJson(parser.parse(text))).toMatchObject(json)
  })
})
