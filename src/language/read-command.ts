import type { ArgumentSpec } from '../domain/command-spec.ts'
import { readRest } from './read-rest.ts'
import { ArgumentsDraft, type BareName, type Candidate, type Reading } from './reading.ts'
import type { Token } from './tokenize.ts'
import { environmentWords } from './values/environment.ts'
import { valueReaders } from './values/index.ts'
import { isNameShaped, orchestrators, platforms } from './values/names.ts'
import { type Announced, type Read, type Scan, wordAt } from './values/reader.ts'
import type { Vocabulary, WordClass } from './vocabulary.ts'

/** Between a noun and its value: `branche : main`, `service de paiement`. */
const connectors = new Set([
  ':',
  '=',
  'de',
  'd',
  'du',
  'des',
  'le',
  'la',
  'les',
  'l',
  'the',
  'est',
  'is',
  'appele',
  'nomme',
  'named',
  'called',
  'of',
  'a',
  'au',
  'aux',
])

/** Understands a sentence as one command, and says what did not fit. */
export function readCommand(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  candidate: Candidate,
  text: string,
  isQuestion: boolean,
): Reading {
  return new CommandReader(vocabulary, tokens, candidate, text, isQuestion).read()
}

class CommandReader {
  readonly #scan: Scan
  readonly #candidate: Candidate
  readonly #text: string
  readonly #isQuestion: boolean
  readonly #isWrite: boolean
  readonly #args = new ArgumentsDraft()
  readonly #names: BareName[] = []
  readonly #leftover: Token[] = []
  readonly #keywords = new Set<Token>()
  #isNoOrder = false
  #hasShowVerb = false
  #hasDoVerb = false
  #hasRequest = false

  constructor(
    vocabulary: Vocabulary,
    tokens: readonly Token[],
    candidate: Candidate,
    text: string,
    isQuestion: boolean,
  ) {
    this.#scan = { tokens, vocabulary, command: candidate.phrase.command, phraseEnd: candidate.end }
    this.#candidate = candidate
    this.#text = text
    this.#isQuestion = isQuestion
    this.#isWrite = candidate.phrase.command.effect === 'write'
  }

  read(): Reading {
    const { tokens } = this.#scan
    const { phrase, start, end, tailStart, tailEnd } = this.#candidate
    let at = 0
    while (at < tokens.length && !this.#isNoOrder) {
      if (at === start) {
        this.#checkOpening()
        at = this.#keep(start, end)
      } else if (at === tailStart && tailEnd > tailStart) {
        at = this.#keep(tailStart, tailEnd)
      } else {
        const next = this.#step(at)
        at = at < start ? Math.min(next, start) : next
      }
    }
    for (const [name, value] of Object.entries(phrase.implies))
      if (!this.#args.has(name)) this.#args.values.set(name, value)
    this.#placeNames()
    return this.#result()
  }

  /** A write is an order only where the verb opens it; its noun needs a verb such as `lance` or a wish. */
  #checkOpening(): void {
    if (!this.#isWrite) return
    const { phrase, start } = this.#candidate
    const before = wordAt(this.#scan.tokens, start - 1)
    const carried = this.#hasDoVerb || this.#hasRequest
    if (phrase.isNoun && !carried) this.#isNoOrder = true
    if (this.#scan.vocabulary.articles.has(before) && !carried) this.#isNoOrder = true
    if (this.#hasShowVerb && !this.#hasRequest && !this.#hasDoVerb)
      this.#leftover.push(this.#scan.tokens[start - 1] as Token)
  }

  #keep(from: number, to: number): number {
    for (let at = from; at < to; at += 1) this.#keywords.add(this.#scan.tokens[at] as Token)
    return to
  }

  /** Reads what stands at a place and gives the place after it. */
  #step(at: number): number {
    const { tokens } = this.#scan
    const token = tokens[at] as Token
    if (token.kind === 'flag') return this.#readFlagged(at)
    if (token.kind === 'mark' || token.kind === 'channel') return at + 1
    if (at >= this.#candidate.end) {
      const rest = readRest(this.#scan, at, this.#args, this.#text)
      if (rest !== null) return rest
    }
    return this.#readAnnounced(at) ?? this.#readTyped(at) ?? this.#readAround(at) ?? this.#readName(at)
  }

  #readFlagged(at: number): number {
    const { tokens, vocabulary, command } = this.#scan
    const flag = tokens[at] as Token
    const argument = vocabulary.flags.get(command.name)?.get(flag.fold)
    if (!argument) return this.#leave(at)
    const value = tokens[at + 1]
    if (argument.kind === 'flag') {
      this.#args.set(argument, true, true)
      return value?.start === flag.end + 1 && value.fold === 'true' ? at + 2 : at + 1
    }
    const read = this.#readFlagValue(argument, at + 1)
    if (!read || !this.#take(argument, read, 'flag')) return this.#leave(at)
    this.#keep(at, at + 1)
    return read.end
  }

  #readFlagValue(argument: ArgumentSpec, at: number): Read | null {
    const token = this.#scan.tokens[at]
    if (!token) return null
    if (argument.kind !== 'rest' && argument.kind !== 'quoted' && argument.kind !== 'cron' && argument.kind !== 'order')
      return valueReaders[argument.kind](this.#scan, at, 'flag', argument)
    if (token.kind !== 'word' && token.kind !== 'quoted') return null
    return { value: token.kind === 'quoted' ? token.text.replace(/\\(["\\])/g, '$1') : token.text, end: at + 1 }
  }

  /** A noun and its value (`branche main`), the other way round (`the main branch`), or a word that is the value. */
  #readAnnounced(at: number): number | null {
    const { tokens, vocabulary, command } = this.#scan
    const match = vocabulary.announcements.get(command.name)?.longest(tokens, at)
    if (!match) return null
    for (const { argument, value } of match.entries) {
      if (value !== undefined) {
        if (!this.#args.set(argument, value)) continue
        this.#keep(at, match.end)
        return match.end
      }
      const next = this.#readAfterNoun(argument, at, match.end)
      if (next === null) continue
      this.#keep(at, match.end)
      return next
    }
    return null
  }

  #readAfterNoun(argument: ArgumentSpec, at: number, nounEnd: number): number | null {
    const { tokens } = this.#scan
    let next = nounEnd
    while (next < nounEnd + 3 && connectors.has(tokens[next]?.fold ?? '') && tokens[next]?.kind !== 'quoted') next += 1
    const english = wordAt(tokens, nounEnd) === 'of'
    if (next < tokens.length && !(next > nounEnd && english) && !this.#isPhrase(next)) {
      const read =
        this.#readValue(argument, next, 'noun') ?? (next > nounEnd ? this.#readValue(argument, nounEnd, 'noun') : null)
      if (read && this.#take(argument, read, 'noun')) return read.end
    }
    if (argument.kind === 'flag') return this.#args.set(argument, true) ? nounEnd : null
    const last = this.#names.at(-1)
    if (
      last &&
      last.at === at - 1 &&
      ['name', 'branch', 'tag'].includes(argument.kind) &&
      this.#args.set(argument, last.token.text)
    ) {
      this.#names.pop()
      return nounEnd
    }
    if (
      this.#args.has(argument.name) &&
      (argument.kind === 'name' ||
        argument.kind === 'branch' ||
        argument.kind === 'environment' ||
        argument.kind === 'tag' ||
        argument.kind === 'lines')
    )
      return nounEnd
    if (platforms.has(wordAt(tokens, next)) && argument.kind === 'name') return next + 1
    return ['name', 'environment', 'count', 'id', 'key'].includes(argument.kind) ? nounEnd : null
  }

  #readValue(argument: ArgumentSpec, at: number, announced: Announced): Read | null {
    return argument.kind === 'rest' || argument.kind === 'cron' || argument.kind === 'order'
      ? null
      : valueReaders[argument.kind](this.#scan, at, announced, argument)
  }

  #isPhrase(at: number): boolean {
    return at >= this.#candidate.start && at < this.#candidate.end
  }

  /** Values that show by themselves what they are: `prod`, `v1.2.3`, `2h`. */
  #readTyped(at: number): number | null {
    for (const argument of this.#scan.command.arguments) {
      if (
        argument.kind === 'name' ||
        argument.kind === 'rest' ||
        argument.kind === 'choice' ||
        argument.kind === 'flag'
      )
        continue
      if (
        this.#args.byFlag.has(argument.name) ||
        (argument.kind === 'actor' && this.#candidate.phrase.implies.actor !== undefined)
      )
        continue
      const read = this.#readValue(argument, at, false)
      if (!read || !this.#take(argument, read, false)) continue
      for (let place = at; place < read.end; place += 1)
        if (argument.kind === 'environment' || argument.kind === 'level') this.#keep(place, place + 1)
      return read.end
    }
    return null
  }

  #take(argument: ArgumentSpec, read: Read, announced: Announced): boolean {
    if (read.problem) {
      this.#args.problem = read.problem
      return true
    }
    return this.#args.set(argument, read.value, announced === 'flag')
  }

  /** Politeness, prepositions and the like; and what makes a sentence no order. */
  #readAround(at: number): number | null {
    const { tokens, vocabulary } = this.#scan
    const inPrefix = at < this.#candidate.start
    if (vocabulary.inflections.has(wordAt(tokens, at)) && !(inPrefix && wordAt(tokens, at - 1) === 'mind')) {
      this.#isNoOrder = true
      return at + 1
    }
    if (wordAt(tokens, at) === 'on' && inPrefix && !this.#isPlace(at + 1)) {
      this.#isNoOrder = true
      return at + 1
    }
    const match = vocabulary.around.longest(tokens, at)
    if (!match) return null
    const does = (kind: WordClass): boolean => match.entries.includes(kind)
    if (
      does('polite') ||
      ((wordAt(tokens, at) === 'non' || wordAt(tokens, at) === 'no') && at === 0 && tokens[1]?.fold === ',')
    ) {
      // "fine" words after an order's arguments are no harm
    } else if (does('requests') || does('wishes')) {
      this.#hasRequest = true
    } else if (inPrefix && does('doVerbs')) {
      this.#hasDoVerb = true
    } else if (inPrefix && does('showVerbs')) {
      this.#hasShowVerb = true
    } else if (does('fillers') && !(does('poison') && inPrefix)) {
      // carries nothing
    } else if (does('questions') && !this.#isWrite && (inPrefix || this.#isQuestion)) {
      // a read may be asked as a question
    } else if (does('poison') || does('questions')) {
      this.#isNoOrder = true
    } else {
      for (let place = at; place < match.end; place += 1) this.#leave(place)
      if (does('neverNames')) this.#isNoOrder = this.#isWrite
    }
    return this.#keep(at, match.end)
  }

  #isPlace(at: number): boolean {
    const word = wordAt(this.#scan.tokens, at)
    return environmentWords.has(word) || word === 'the' || word === 'cluster' || word === 'my' || word === 'our'
  }

  #readName(at: number): number {
    const { tokens, vocabulary, command } = this.#scan
    const token = tokens[at] as Token
    const inPrefix = at < this.#candidate.start
    if (orchestrators.has(token.fold) && token.kind === 'word') return at + 1
    if (!isNameShaped(token) || (inPrefix && this.#isWrite) || /^\d+$/.test(token.fold)) return this.#leave(at)
    if (vocabulary.placePrepositions.has(wordAt(tokens, at - 1)) && token.kind === 'word') return this.#leave(at)
    const actor = command.arguments.find((argument) => argument.kind === 'actor')
    const asksForAction = command.arguments.some((argument) => argument.kind === 'action')
    if (actor && asksForAction && !this.#args.has('action') && this.#candidate.phrase.implies.actor === undefined) {
      return this.#args.set(actor, token.text) ? at + 1 : this.#leave(at)
    }
    this.#names.push({ at, token })
    return at + 1
  }

  #leave(at: number): number {
    this.#leftover.push(this.#scan.tokens[at] as Token)
    return at + 1
  }

  /** Gives the bare names to the arguments that take one, in the command's order. */
  #placeNames(): void {
    for (const { token } of this.#names) {
      const bare = this.#scan.command.arguments.filter((argument) => argument.bare)
      const free = bare.find((argument) => !this.#args.has(argument.name))
      if (free) this.#args.set(free, token.text)
      else if (!bare.some((argument) => this.#args.byFlag.has(argument.name))) this.#leftover.push(token)
    }
  }

  #result(): Reading {
    const args = Object.fromEntries(
      this.#scan.command.arguments.flatMap(({ name }) => {
        const value = this.#args.values.get(name)
        return value === undefined ? [] : [[name, value]]
      }),
    )
    const isThere = (name: string): boolean => args[name] !== undefined
    const missing = this.#scan.command.arguments
      .filter((argument) => argument.required && !isThere(argument.name) && !argument.unless?.some(isThere))
      .map((argument) => argument.name)
    return {
      candidate: this.#candidate,
      args,
      missing,
      leftover: this.#leftover,
      isNoOrder: this.#isNoOrder,
      keywords: this.#keywords,
      ...(this.#args.problem && { problem: this.#args.problem }),
    }
  }
}
