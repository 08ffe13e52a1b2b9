import type { ArgumentValue, ParseResult } from '../domain/command-spec.ts'
import type { Token } from './tokenize.ts'
import type { CommandPhrase } from './vocabulary.ts'

/** Where a phrase that names a command stands in a sentence. */
export interface Candidate {
  readonly phrase: CommandPhrase
  readonly start: number
  readonly end: number
  /** Where its tail stands (`mets … en ligne`); empty at `end` where it has none. */
  readonly tailStart: number
  readonly tailEnd: number
}

/** One way to understand a sentence. */
export interface Reading {
  readonly candidate: Candidate
  readonly args: { readonly [name: string]: ArgumentValue }
  readonly missing: readonly string[]
  /** Tokens that fit nothing. */
  readonly leftover: readonly Token[]
  /** True where the sentence tells, asks, forbids or supposes, and orders nothing. */
  readonly isNoOrder: boolean
  /** Tokens that were read as words and not as names. */
  readonly keywords: ReadonlySet<Token>
  readonly problem?: ParseResult['problem']
}

/** A bare name, kept until it is known which argument it fills. */
export interface BareName {
  readonly at: number
  readonly token: Token
}
