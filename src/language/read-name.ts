import type { ArgumentSpec } from '../domain/command-spec.ts'
import type { ReadingDraft } from './reading-draft.ts'
import type { Token } from './tokenize.ts'
import { isNameShaped, orchestrators, platforms } from './values/names.ts'
import { wordAt } from './values/reader.ts'

/** `deployment/user-api`, as kubectl writes it: the name alone. */
function withoutKind(token: Token): Token {
  const text = token.text.replace(resourceKind, '')
  return text === token.text || text === '' ? token : { ...token, text, fold: text.toLowerCase() }
}

const resourceKind = /^(?:deployments?|deploy|services?|svc|pods?|statefulsets?|sts)\//i
const releaseShape = /^([^@:]+)[@:](v?\d+(?:\.\d+)+(?:[-+][\w.+-]+)?)$/

/** Takes the word at `at` for a name whose argument is found later; gives where to go on. */
export function readName(draft: ReadingDraft, at: number): number {
  const { tokens, vocabulary, command } = draft.scan
  const token = tokens[at] as Token
  const inPrefix = draft.isBefore(at)
  if (orchestrators.has(token.fold) && token.kind === 'word') return at + 1
  if (platforms.has(token.fold) && token.kind === 'word') return draft.leave(at)
  if (!isNameShaped(token) || /^\d+$/.test(token.fold)) return draft.leave(at)
  if (inPrefix && !mayPrecede(draft, at)) return draft.leave(at)
  if (draft.isGap(at) && command.arguments.some(({ kind }) => kind === 'rest' || kind === 'action'))
    return draft.leave(at)
  if (isOwnWord(draft, at) || (draft.isWrite && isThing(draft, at))) return draft.leave(at)
  const follows = draft.isPhrase(at - 1) || at === draft.candidate.tailEnd
  if (vocabulary.placePrepositions.has(wordAt(tokens, at - 1)) && token.kind === 'word' && !follows)
    return draft.leave(at)
  draft.names.push({ at, token: splitRelease(draft, withoutKind(token)) })
  return at + 1
}

/** `logs` is no service for logs, `deploy` none for a deploy. */
function isOwnWord({ scan: { tokens, vocabulary, command } }: ReadingDraft, at: number): boolean {
  if (tokens[at]?.kind !== 'word') return false
  return vocabulary.commandPhrases
    .matches(tokens, at)
    .some(
      (match) => match.end === at + 1 && match.entries.some((entry) => entry.command === command && entry.size === 1),
    )
}

/** `relance l'alerte`: a thing that other commands are about, no name. */
function isThing({ scan: { tokens, vocabulary } }: ReadingDraft, at: number): boolean {
  const isNamed = vocabulary.articles.has(wordAt(tokens, at - 1))
  return isNamed && tokens[at]?.kind === 'word' && vocabulary.commandPhrases.matches(tokens, at).length > 0
}

/** A name may stand before a read (`billing logs`), before a write only as what it is about: `billing: redémarre`. */
function mayPrecede(draft: ReadingDraft, at: number): boolean {
  const { tokens, vocabulary } = draft.scan
  const token = tokens[at] as Token
  if (token.kind === 'word' && vocabulary.commandPhrases.matches(tokens, at).length > 0) return false
  return !draft.isWrite || tokens[at + 1]?.text === ':' || tokens[at + 1]?.text === ','
}

/** `user-api@v1.4.0`, `user-api:1.4.0`: a name and its tag. */
function splitRelease(draft: ReadingDraft, token: Token): Token {
  const tag = draft.scan.command.arguments.find(({ kind }) => kind === 'tag')
  const both = tag && releaseShape.exec(token.text)
  if (!tag || !both?.[1] || !both[2] || !draft.args.set(tag, both[2])) return token
  return { ...token, text: both[1], fold: both[1].toLowerCase() }
}

/** Gives the bare names to the arguments that take one, in the command's order. */
export function placeNames(draft: ReadingDraft): void {
  const { command, tokens } = draft.scan
  let person: { readonly argument: ArgumentSpec; readonly end: number } | undefined
  for (const { at, token } of draft.names) {
    if (person?.end === at && token.kind === 'word') {
      draft.args.extend(person.argument, token.text)
      person = { ...person, end: at + 1 }
      continue
    }
    const bare = command.arguments.filter((argument) => argument.bare)
    const free = bare.find((argument) => !draft.args.has(argument.name))
    if (free) {
      draft.args.set(free, token.text)
      if (free.isPerson && tokens[at]?.kind === 'word') person = { argument: free, end: at + 1 }
    } else if (!bare.some((argument) => draft.args.byFlag.has(argument.name))) draft.leftover.push(token)
  }
}
