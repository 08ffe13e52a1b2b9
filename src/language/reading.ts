import type { ArgumentSpec, ArgumentValue, ParseResult } from '../domain/command-spec.ts'
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

/** The arguments of a reading while it is made. */
export class ArgumentsDraft {
  readonly values = new Map<string, ArgumentValue>()
  readonly byFlag = new Set<string>()
  problem: ParseResult['problem']

  /** Keeps a value; false where another one stands already. A flag wins over words. */
  set(argument: ArgumentSpec, value: ArgumentValue, isFlag = false): boolean {
    const known = this.values.get(argument.name)
    if (this.byFlag.has(argument.name) && !isFlag) return true
    if (known !== undefined && known !== value && !isFlag) return false
    if (isFlag && this.byFlag.has(argument.name) && known !== value) return false
    this.values.set(argument.name, value)
    if (isFlag) this.byFlag.add(argument.name)
    return true
  }

  has(name: string): boolean {
    return this.values.has(name)
  }
}
