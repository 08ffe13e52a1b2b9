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
  'an',
  'un',
  'une',
  'au',
  'aux',
])

/** Before the name of a place or a thing, in front of an order. */
const leading = new Set([
  'on',
  'sur',
  'for',
  'pour',
  'a',
  'at',
  'with',
  'avec',
  'cote',
  'niveau',
  'au',
  'nouveau',
  'nouvelle',
  'new',
])

/** `deployment/user-api`, as kubectl writes it: the name alone. */
function withoutKind(token: Token): Token {
  const text = token.text.replace(resourceKind, '')
  return text === token.text || text === '' ? token : { ...token, text, fold: text.toLowerCase() }
}

const resourceKind = /^(?:deployments?|deploy|services?|svc|pods?|statefulsets?|sts)\//i
const releaseShape = /^([^@:]+)[@:](v?\d+(?:\.\d+)+(?:[-+][\w.+-]+)?)$/

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
  /** `last backup`, `current release`: a thing, no order. */
  #hasEpithet = false

  constructor(
    vocabulary: Vocabulary,
    tokens: readonly Token[],
    candidate: Candidate,
    text: string,
    isQuestion: boolean,
  ) {
    this.#scan = { tokens, vocabulary, command: candidate.phrase.command, phraseEnd: candidate.tailEnd }
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
    const { phrase, start, end } = this.#candidate
    const { tokens, vocabulary } = this.#scan
    const isNamed =
      phrase.isNoun ||
      this.#hasEpithet ||
      vocabulary.articles.has(wordAt(tokens, start - 1)) ||
      // "restart of billing" is a noun; "rollback de billing" is how orders are written.
      (phrase.size === 1 && phrase.command.nouns !== undefined && wordAt(tokens, end) === 'of')
    if (isNamed && !this.#hasDoVerb && !this.#hasRequest) this.#isNoOrder = true
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
    if (at >= this.#candidate.tailEnd) {
      const rest = readRest(this.#scan, at, this.#args, this.#text)
      if (rest !== null) return rest
    }
    return this.#readAnnounced(at) ?? this.#readTyped(at) ?? this.#readAround(at) ?? this.#readName(at)
  }

  #readFlagged(at: number): number {
    const { tokens, vocabulary, command } = this.#scan
    const flag = tokens[at] as Token
    const argument = vocabulary.flags.get(command.name)?.get(flag.fold)
    if (!argument) return command.ignoredFlags?.includes(flag.fold) ? at + 1 : this.#leave(at)
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
        argument.kind === 'choice' ||
        argument.kind === 'level' ||
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
    const match = vocabulary.around.longest(tokens, at)
    if (wordAt(tokens, at) === 'on' && inPrefix && !this.#isPlace(at + 1) && (match?.end ?? at) <= at + 1) {
      this.#isNoOrder = true
      return at + 1
    }
    if (!match) return null
    const does = (kind: WordClass): boolean => match.entries.includes(kind)
    if (this.#isWrite && !inPrefix && does('reports') && this.#endsWith(match.end)) {
      this.#isNoOrder = true
    } else if (
      does('polite') ||
      ((wordAt(tokens, at) === 'non' || wordAt(tokens, at) === 'no') && at === 0 && tokens[1]?.fold === ',')
    ) {
      // "fine" words after an order's arguments are no harm
    } else if (does('requests') || does('wishes')) {
      this.#hasRequest = true
    } else if (does('quantifiers')) {
      if (this.#isWrite) for (let place = at; place < match.end; place += 1) this.#leave(place)
    } else if (inPrefix && does('doVerbs') && this.#isWrite) {
      this.#hasDoVerb = true
    } else if (inPrefix && does('showVerbs')) {
      this.#hasShowVerb = true
    } else if (inPrefix && does('doVerbs')) {
      this.#leave(at)
    } else if (does('fillers') && !(does('poison') && inPrefix)) {
      this.#hasEpithet ||= inPrefix && this.#isWrite && !this.#leadsToPlace(at)
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

  /** True at the end of a sentence that is no question. */
  #endsWith(end: number): boolean {
    const next = this.#scan.tokens[end]
    return next === undefined || (next.kind === 'mark' && next.text !== '?')
  }

  /** Prepositions and articles: `en prod, déploie …`. */
  #leadsToPlace(at: number): boolean {
    const { articles, placePrepositions } = this.#scan.vocabulary
    const word = wordAt(this.#scan.tokens, at)
    return articles.has(word) || placePrepositions.has(word) || leading.has(word)
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
    if (!isNameShaped(token) || /^\d+$/.test(token.fold)) return this.#leave(at)
    if (inPrefix && !this.#mayPrecede(at)) return this.#leave(at)
    if (
      at < this.#candidate.tailStart &&
      at >= this.#candidate.end &&
      command.arguments.some(({ kind }) => kind === 'rest')
    )
      return this.#leave(at)
    const follows = this.#isPhrase(at - 1) || at === this.#candidate.tailEnd
    if (vocabulary.placePrepositions.has(wordAt(tokens, at - 1)) && token.kind === 'word' && !follows)
      return this.#leave(at)
    const actor = command.arguments.find((argument) => argument.kind === 'actor')
    const asksForAction = command.arguments.some((argument) => argument.kind === 'action')
    if (actor && asksForAction && !this.#args.has('action') && this.#candidate.phrase.implies.actor === undefined) {
      return this.#args.set(actor, token.text) ? at + 1 : this.#leave(at)
    }
    this.#names.push({ at, token: this.#splitRelease(withoutKind(token)) })
    return at + 1
  }

  /** A name may stand before a read (`billing logs`), before a write only as what it is about: `billing: redémarre`. */
  #mayPrecede(at: number): boolean {
    const { tokens, vocabulary } = this.#scan
    const token = tokens[at] as Token
    if (token.kind === 'word' && vocabulary.commandPhrases.matches(tokens, at).length > 0) return false
    return !this.#isWrite || tokens[at + 1]?.text === ':' || tokens[at + 1]?.text === ','
  }

  /** `user-api@v1.4.0`, `user-api:1.4.0`: a name and its tag. */
  #splitRelease(token: Token): Token {
    const tag = this.#scan.command.arguments.find(({ kind }) => kind === 'tag')
    const both = tag && releaseShape.exec(token.text)
    if (!tag || !both?.[1] || !both[2] || !this.#args.set(tag, both[2])) return token
    return { ...token, text: both[1], fold: both[1].toLowerCase() }
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
