import { expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import type { Arguments, ArgumentValue, Language } from '../../src/domain/command-spec.ts'
import { createParser, toContractJson } from '../../src/language/index.ts'

export const parser = createParser(allWords)

/** What a row may say beside its command and arguments. */
interface Also {
  readonly missing?: readonly string[]
  readonly corrections?: readonly (readonly [from: string, to: string])[]
  /** Where it is not the group's. */
  readonly language?: Language
}

/** A text, and exactly what `nox parse --json` must print for it. */
export type Row = readonly [text: string, command: string, args?: Arguments, also?: Also]

/** One test for each row; `language` is the tenant's and, unless a row says otherwise, the one that is printed. */
export function understands(language: Language, rows: readonly Row[]): void {
  it.each(rows.map((row) => ({ text: row[0], row })))(`${language}: $text`, ({ row: [text, command, args, also] }) => {
    expect(toContractJson(parser.parse(text, { defaultLanguage: language }))).toEqual({
      command,
      args: args ?? {},
      missing: also?.missing ?? [],
      language: also?.language ?? language,
      corrections: (also?.corrections ?? []).map(([from, to]) => ({ from, to })),
    })
  })
}

/** One test for each text: nothing may be run. */
export function orderNothing(texts: readonly string[]): void {
  it.each(texts.map((text) => ({ text })))('null: $text', ({ text }) => {
    expect(parser.parse(text)).toMatchObject({ command: null, args: {}, missing: [], corrections: [] })
  })
}

/** The order inside a schedule, in full. */
export const run = (command: string, args: Arguments, language: Language, missing: string[] = []): ArgumentValue =>
  ({ command, args, missing, language, corrections: [] }) as unknown as ArgumentValue
