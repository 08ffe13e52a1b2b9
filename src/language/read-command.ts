import type { ArgumentValue } from '../domain/command-spec.ts'
import { readAnnounced, readFlagged, readTyped } from './read-argument.ts'
import { readAround } from './read-around.ts'
import { placeNames, readName } from './read-name.ts'
import { readRest } from './read-rest.ts'
import type { Candidate, Reading } from './reading.ts'
import { ReadingDraft } from './reading-draft.ts'
import type { Token } from './tokenize.ts'
import { type Scan, wordAt } from './values/reader.ts'

/** A text with more words that fit nothing is no order: reading on would only cost time. */
const mostStrange = 16
/** No order has more words in front of its title. */
const mostWords = 300

/** Understands a sentence as one command, and says what did not fit. `text` is the message that the tokens are of. */
export function readCommand(scan: Scan, candidate: Candidate, text: string, isQuestion: boolean): Reading {
  const draft = new ReadingDraft(scan, candidate, isQuestion)
  const { tokens } = scan
  const { phrase, start, end, tailStart, tailEnd } = candidate
  let at = 0
  while (
    at < tokens.length &&
    !draft.isNoOrder &&
    draft.leftover.length + draft.names.length <= mostStrange &&
    at < mostWords
  ) {
    if (at === start) {
      checkOpening(draft)
      at = draft.keep(start, end)
    } else if (at === tailStart && tailEnd > tailStart) {
      at = draft.keep(tailStart, tailEnd)
    } else {
      const next = step(draft, at, text)
      at = at < start ? Math.min(next, start) : next
    }
  }
  if (at < tokens.length && !draft.isNoOrder) draft.leave(at)
  for (const name of Object.keys(phrase.implies))
    if (!draft.args.has(name)) draft.args.values.set(name, phrase.implies[name] ?? true)
  placeNames(draft)
  return resultOf(draft)
}

/** A write is an order only where the verb opens it; its noun needs a verb such as `lance` or a wish. */
function checkOpening(draft: ReadingDraft): void {
  if (!draft.isWrite) return
  const { phrase, start, end } = draft.candidate
  const { tokens, vocabulary } = draft.scan
  const isNamed =
    phrase.isNoun ||
    draft.hasEpithet ||
    vocabulary.articles.has(wordAt(tokens, start - 1)) ||
    // "restart of billing" is a noun; "rollback de billing" is how orders are written.
    (phrase.size === 1 && phrase.command.nouns !== undefined && wordAt(tokens, end) === 'of')
  if (isNamed && !draft.hasDoVerb && !draft.hasRequest) draft.isNoOrder = true
  if (draft.hasShowVerb && !draft.hasRequest && !draft.hasDoVerb)
    draft.leftover.push(draft.scan.tokens[start - 1] as Token)
}

/** Reads what stands at a place and gives the place after it. */
function step(draft: ReadingDraft, at: number, text: string): number {
  const { tokens } = draft.scan
  const token = tokens[at] as Token
  if (token.kind === 'flag') return readFlagged(draft, at)
  if (token.kind === 'mark' || token.kind === 'channel') return at + 1
  if (at >= draft.candidate.tailEnd) {
    const rest = readRest(draft.scan, at, draft.args, text)
    if (rest !== null) return rest
  }
  return readAnnounced(draft, at) ?? readTyped(draft, at) ?? readAround(draft, at) ?? readName(draft, at)
}

function resultOf(draft: ReadingDraft): Reading {
  const args: { [name: string]: ArgumentValue } = {}
  const missing: string[] = []
  const given = draft.args.values
  for (const { name, required, unless } of draft.scan.command.arguments) {
    const value = given.get(name)
    if (value !== undefined) args[name] = value
    else if (required && !unless?.some((other) => given.has(other))) missing.push(name)
  }
  return {
    candidate: draft.candidate,
    args,
    missing,
    leftover: draft.leftover,
    isNoOrder: draft.isNoOrder,
    keywords: draft.keywords,
    ...(draft.args.problem && { problem: draft.args.problem }),
  }
}
