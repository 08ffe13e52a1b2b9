import type { ArgumentSpec, ArgumentValue, CommandWords, ParseResult } from '../../domain/command-spec.ts'
import type { Token } from '../tokenize.ts'
import type { Vocabulary } from '../vocabulary.ts'

/** What a value reader sees. */
export interface Scan {
  readonly tokens: readonly Token[]
  readonly vocabulary: Vocabulary
  readonly command: CommandWords
  /** The first token after the words that name the command. */
  readonly phraseEnd: number
  /** The tenant's own environments, folded → as written. */
  readonly environments: ReadonlyMap<string, string>
}

/** A value that was read, and the first token after it. */
export interface Read {
  readonly value: ArgumentValue
  readonly end: number
  /** Set where the value can't be used. */
  readonly problem?: ParseResult['problem']
}

/** What said that a value comes: nothing, a noun (`branche`), or a flag (`--branch`), which takes any name. */
export type Announced = false | 'noun' | 'flag'

/**
 * Reads one kind of value at a token, `null` where none stands there.
 * Readers are more generous where something announced the value.
 */
export type ValueReader = (scan: Scan, at: number, announced: Announced, argument: ArgumentSpec) => Read | null

/** The folded word at a place, empty for anything else. */
export const wordAt = (tokens: readonly Token[], at: number): string => {
  const token = tokens[at]
  return token?.kind === 'word' ? token.fold : ''
}
