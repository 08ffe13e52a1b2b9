import { readAnnounced, readFlagged, readTyped } from './read-argument.ts'
import { readAround } from './read-around.ts'
import { placeNames, readName } from './read-name.ts'
import { readRest } from './read-rest.ts'
import type { Candidate, Reading } from './reading.ts'
import { ReadingDraft } from './reading-draft.ts'
import type { Token } from './tokenize.ts'
import { type Scan, wordAt } from './values/reader.ts'

/** Understands a sentence as one command, and says what did not fit. `text` is the message that the tokens are of. */
export function readCommand(scan: Scan, candidate: Candidate, text: string, isQuestion: boolean): Reading {
  const draft = new ReadingDraft(scan, candidate, isQuestion)
  const { tokens } = scan
  const { phrase, start, end, tailStart, tailEnd } = candidate
  let at = 0
  while (at < tokens.length && !draft.isNoOrder) {
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
  const args = Object.fromEntries(
    draft.scan.command.arguments.flatMap(({ name }) => {
      const value = draft.args.values.get(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const isThere = (name: string): boolean => args[name] !== undefined
  const missing = draft.scan.command.arguments
    .filter((argument) => argument.required && !isThere(argument.name) && !argument.unless?.some(isThere))
    .map((argument) => argument.name)
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
