import type { Arguments } from '../../domain/command-spec.ts'
import type { ValueSource } from '../../domain/origin.ts'
import type { Phrase } from '../../texts/phrase.ts'

/** An order with everything that it needs, or the one thing to ask next. */
export type Found =
  | { readonly kind: 'complete'; readonly args: Arguments }
  | {
      readonly kind: 'missing'
      readonly args: Arguments
      readonly argument: string
      readonly choices: readonly string[]
    }
  | {
      readonly kind: 'unknown-name'
      readonly args: Arguments
      readonly argument: string
      readonly typed: string
      readonly choices: readonly string[]
    }
  | { readonly kind: 'told'; readonly args: Arguments; readonly phrase: Phrase; readonly next?: Phrase }

/** The same, and what filled what the words left open. */
export type Filled = Found & {
  readonly sources: { readonly [argument: string]: ValueSource }
  /** Whose orders of the thread did in the place of one's own. */
  readonly lenders?: readonly string[]
}

/** The argument to ask for, with what it may be. */
export const missing = (args: Arguments, argument: string, choices: readonly string[]): Found => ({
  kind: 'missing',
  args,
  argument,
  choices,
})

/** The name that was typed and is not known, with those that are. */
export const unknownName = (args: Arguments, argument: string, typed: string, choices: readonly string[]): Found => ({
  kind: 'unknown-name',
  args,
  argument,
  typed,
  choices,
})

/** Their names, in their order. */
export const namesOf = (things: readonly { readonly name: string }[]): readonly string[] =>
  things.map(({ name }) => name)
