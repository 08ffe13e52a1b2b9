import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { allWords } from '../../src/commands/words/index.ts'
import { createParser } from '../../src/language/index.ts'

const page = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8')
const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, names = '', french = '', english = ''] = line.split('|')
    return { names: codes(names), french: codes(french), english: codes(english) }
  })
const parser = createParser(allWords)

describe('the page of commands', () => {
  it('tells every command that runs here', () => {
    expect(rows.flatMap(({ names }) => names).sort()).toEqual(commands.map(({ words }) => words.name).sort())
  })

  const examples = rows.flatMap(({ names, french, english }) => [
    ...french.map((text) => ({ text, names, language: 'fr' }) as const),
    ...english.map((text) => ({ text, names, language: 'en' }) as const),
  ])
  it.each(examples)('gives examples that are understood: $text', ({ text, names, language }) => {
    const { command, corrections, leftover, missing } = parser.parse(`@NOX ${text}`, { defaultLanguage: language })
    expect(names).toContain(command)
    expect({ corrections, leftover: leftover ?? [] }).toEqual({ corrections: [], leftover: [] })
    if (!['approve', 'deny', 'cancel'].includes(command ?? '')) expect(missing).toEqual([])
  })
})
