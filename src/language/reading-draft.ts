import type { ArgumentSpec, ArgumentValue, ParseResult } from '../domain/command-spec.ts'
import type { BareName, Candidate } from './reading.ts'
import type { Token } from './tokenize.ts'
import type { Announced, Read, Scan } from './values/reader.ts'

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

  /** Adds a word to a name that was begun: `Bob`, then `Dupont`. */
  extend(argument: ArgumentSpec, word: string): void {
    this.values.set(argument.name, `${String(this.values.get(argument.name))} ${word}`)
  }

  has(name: string): boolean {
    return this.values.has(name)
  }
}

/** One reading of a sentence while it is made: what was understood so far, and what did not fit. */
export class ReadingDraft {
  readonly scan: Scan
  readonly candidate: Candidate
  readonly isQuestion: boolean
  readonly isWrite: boolean
  readonly args = new ArgumentsDraft()
  readonly names: BareName[] = []
  readonly leftover: Token[] = []
  readonly keywords = new Set<Token>()
  isNoOrder = false
  hasShowVerb = false
  hasDoVerb = false
  hasRequest = false
  /** `last backup`, `current release`: a thing, no order. */
  hasEpithet = false

  constructor(scan: Scan, candidate: Candidate, isQuestion: boolean) {
    this.scan = scan
    this.candidate = candidate
    this.isQuestion = isQuestion
    this.isWrite = candidate.phrase.command.effect === 'write'
  }

  /** Notes words that were read as words and not as names, and gives `to`. */
  keep(from: number, to: number): number {
    for (let at = from; at < to; at += 1) this.keywords.add(this.scan.tokens[at] as Token)
    return to
  }

  /** Notes a word that fits nothing, and gives the place after it. */
  leave(at: number): number {
    this.leftover.push(this.scan.tokens[at] as Token)
    return at + 1
  }

  /** Keeps a value, or the problem with it; false where the argument has another value. */
  take(argument: ArgumentSpec, read: Read, announced: Announced): boolean {
    if (read.problem) {
      this.args.problem = read.problem
      return true
    }
    return this.args.set(argument, read.value, announced === 'flag')
  }

  /** True in front of the words that name the command. */
  isBefore(at: number): boolean {
    return at < this.candidate.start
  }

  /** True inside the words that name the command. */
  isPhrase(at: number): boolean {
    return at >= this.candidate.start && at < this.candidate.end
  }

  /** True between the two parts of `mets … en ligne`. */
  isGap(at: number): boolean {
    return at >= this.candidate.end && at < this.candidate.tailStart
  }
}
