import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import { createParser, toContractJson } from '../../src/language/index.ts'

interface Expected {
  readonly command: string | null
  readonly missing?: readonly string[]
  readonly language?: string
}

/** Messages as people write them, by someone who never saw the parser; `held` was not looked at while it was built. */
function read(name: string): readonly { readonly text: string; readonly expect: Expected }[] {
  const file = readFileSync(new URL(`./corpus/${name}.jsonl`, import.meta.url), 'utf8')
  return file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const parser = createParser(allWords)
const writes = new Set(allWords.filter(({ effect }) => effect === 'write').map(({ name }) => name))
const sorted = (result: Expected) => ({ ...result, missing: [...(result.missing ?? [])].sort() })

describe.each([
  ['open', 717],
  ['held', 358],
])('the %s part of the corpus', (name, size) => {
  const samples = read(name)
  const results = samples.map(({ text, expect: wanted }) => {
    const parsed = JSON.parse(JSON.stringify(toContractJson(parser.parse(text, { botUserId: 'U0NOX' }))))
    const { suggestions: _, language, ...rest } = parsed
    // Where a text has no language of its own, any will do.
    const got: Expected = { ...rest, ...('language' in wanted ? { language } : {}) }
    return { text, wanted, got, isExact: isDeepStrictEqual(sorted(got), sorted(wanted)) }
  })

  it('is there in full', () => {
    expect(samples).toHaveLength(size)
  })

  it('is read exactly in 97 of 100 messages', () => {
    const wrong = results.filter(({ isExact }) => !isExact).map(({ text }) => text)
    expect(wrong.length / samples.length, wrong.join('\n')).toBeLessThanOrEqual(0.03)
  })

  it('never makes a change of what is none', () => {
    const made = results.filter(({ got, wanted }) => writes.has(got.command ?? '') && !writes.has(wanted.command ?? ''))
    expect(made.map(({ text }) => text)).toEqual([])
  })

  it('never makes a change of another thing than the one that was meant', () => {
    const other = results.filter(
      ({ got, wanted, isExact }) => !isExact && writes.has(got.command ?? '') && writes.has(wanted.command ?? ''),
    )
    expect(other.filter(({ got, wanted }) => got.command !== wanted.command).map(({ text }) => text)).toEqual([])
  })
})
