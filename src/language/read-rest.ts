import type { ArgumentsDraft } from './reading-draft.ts'
import type { Token } from './tokenize.ts'
import { valueReaders } from './values/index.ts'
import { type Scan, wordAt } from './values/reader.ts'

/** Before a title, and no part of it: `ticket pour …`, `ticket intitulé …`. */
const openings = new Set([
  'pour',
  'sur',
  'intitule',
  'intitulé',
  'titre',
  'nomme',
  'titled',
  'called',
  'about',
  'for',
  'named',
  'title',
  'saying',
  'disant',
  'que',
  'that',
  'de',
  'd',
  'du',
  'of',
])

const places = new Set(['dans', 'sur', 'in', 'on', 'en', 'from', 'within'])

/**
 * Reads a title, text or query: the rest of the message. Attributes before it are left to the engine (`null`), as are all
 * commands that have no such argument.
 */
export function readRest(scan: Scan, at: number, args: ArgumentsDraft, text: string): number | null {
  const argument = scan.command.arguments.find(({ kind }) => kind === 'rest')
  if (!argument || args.has(argument.name)) return null
  if (isAttribute(scan, at, args) || beforeColon(scan, at)) return null
  const { tokens } = scan
  const token = tokens[at] as Token
  const opens = at === scan.phraseEnd || tokens[at - 1]?.kind === 'mark' || isTrailing(scan, at - 1)
  if (opens && openings.has(wordAt(tokens, at)) && tokens.length > at + 1) return at + 1
  if (['avec', 'with'].includes(wordAt(tokens, at)) && tokens[at + 1]?.kind === 'quoted') return at + 1
  if (token.kind === 'quoted') {
    args.set(argument, token.text)
    return at + 1
  }
  const last = nextFlag(scan, at) ?? tokens.length
  const end = takeTrailing(scan, at, dropPoliteness(scan, at, last), args)
  const value = text.slice(token.start, tokens[end]?.start ?? text.length).trim()
  if (value !== '') args.set(argument, value)
  return last
}

/** Where the next flag of the command stands: titles end there. */
function nextFlag({ tokens, vocabulary, command }: Scan, from: number): number | null {
  const flags = vocabulary.flags.get(command.name)
  for (let at = from; at < tokens.length; at += 1)
    if (tokens[at]?.kind === 'flag' && flags?.has(tokens[at]?.fold ?? '')) return at
  return null
}

/** Takes `dans Notion` off a query's end, and gives where the query ends. */
function takeTrailing(scan: Scan, from: number, to: number, args: ArgumentsDraft): number {
  const { tokens, vocabulary, command } = scan
  const trailing = command.arguments.find((candidate) => candidate.trailing)
  let end = to
  while (tokens[end - 1]?.kind === 'mark') end -= 1
  if (!trailing || end - from < 3 || !places.has(wordAt(tokens, end - 2))) return to
  const match = vocabulary.announcements.get(command.name)?.longest(tokens, end - 1)
  const value = match?.entries.find((entry) => entry.argument.name === trailing.name)?.value
  return value !== undefined && args.set(trailing, value) ? end - 2 : to
}

/** A trailing `stp` or `please` is no part of a title. */
function dropPoliteness({ tokens }: Scan, from: number, to: number): number {
  let end = to
  if (end > from + 2 && isThanks(tokens, end - 1) && tokens[end - 2]?.text === ',') return end - 2
  while (
    end > from + 1 &&
    tokens[end - 1]?.kind === 'mark' &&
    /^[.!,]$/.test(tokens[end - 1]?.text ?? '') &&
    isPolite(tokens, end - 2)
  )
    end -= 1
  if (end > from + 1 && isPolite(tokens, end - 1)) end -= 1
  else if (
    end > from + 4 &&
    /^(s il te plait|s il vous plait)$/.test([4, 3, 2, 1].map((back) => wordAt(tokens, end - back)).join(' '))
  )
    end -= 4
  else return to
  while (end > from + 1 && tokens[end - 1]?.text === ',') end -= 1
  return end
}

const isPolite = (tokens: readonly Token[], at: number): boolean =>
  ['stp', 'svp', 'please', 'pls', 'plz'].includes(wordAt(tokens, at))

const isThanks = (tokens: readonly Token[], at: number): boolean =>
  ['merci', 'thanks', 'thx'].includes(wordAt(tokens, at))

/** True at a value or noun of another argument: type, priority, key. */
function isAttribute(scan: Scan, at: number, args: ArgumentsDraft): boolean {
  const token = scan.tokens[at] as Token
  if (token.kind === 'mark') return true
  if (leadsToAttribute(scan, at) || leadsToKey(scan, at, args) || isTrailing(scan, at + 1) || isTrailing(scan, at))
    return at < scan.phraseEnd + 2
  const match = scan.vocabulary.announcements.get(scan.command.name)?.longest(scan.tokens, at)
  const isAnnounced = match?.entries.some(
    (entry) => entry.value === undefined || args.values.get(entry.argument.name) === undefined,
  )
  if (match && isAnnounced && match.end < scan.tokens.length) return true
  return scan.command.arguments.some(
    (argument) =>
      !args.has(argument.name) &&
      (argument.kind === 'key' || argument.kind === 'id' || argument.kind === 'alias') &&
      valueReaders[argument.kind](scan, at, false, argument) !== null,
  )
}

/** True at `avec` in `crée un ticket avec priorité haute …`. */
function leadsToAttribute({ tokens, vocabulary, command, phraseEnd }: Scan, at: number): boolean {
  if (at !== phraseEnd || !['avec', 'with', 'de', 'of', 'dans', 'in'].includes(wordAt(tokens, at))) return false
  const next = ['le', 'la', 'une', 'the', 'a'].includes(wordAt(tokens, at + 1)) ? at + 2 : at + 1
  const match = vocabulary.announcements.get(command.name)?.longest(tokens, next)
  return (match?.entries.some((entry) => entry.value === undefined) ?? false) && (match?.end ?? 0) + 1 < tokens.length
}

/** True before a key that is still to come: `ajoute un commentaire au ticket OPS-12`. */
function leadsToKey(scan: Scan, at: number, args: ArgumentsDraft): boolean {
  const key = scan.command.arguments.find(({ kind }) => kind === 'key')
  if (!key || args.has(key.name) || !scan.vocabulary.around.longest(scan.tokens, at)?.entries.includes('fillers'))
    return false
  return [1, 2, 3].some((ahead) => valueReaders.key(scan, at + ahead, false, key) !== null)
}

/** True at the value of an argument that may also end the message: `cherche dans Notion …`. */
function isTrailing({ tokens, vocabulary, command }: Scan, at: number): boolean {
  const match = vocabulary.announcements.get(command.name)?.longest(tokens, at)
  return match?.entries.some((entry) => entry.argument.trailing && entry.value !== undefined) ?? false
}

/** True where a colon follows within a few words and all before it can be attributes. */
function beforeColon(scan: Scan, at: number): boolean {
  const limit = Math.min(scan.tokens.length, at + 8)
  for (let index = at; index < limit; index += 1) {
    const token = scan.tokens[index] as Token
    if (token.kind === 'mark') return token.text === ':' && onlyAttributes(scan, at, index)
  }
  return false
}

function onlyAttributes(scan: Scan, from: number, to: number): boolean {
  let names = 0
  for (let at = from; at < to; ) {
    const match = scan.vocabulary.announcements.get(scan.command.name)?.longest(scan.tokens, at)
    const around = scan.vocabulary.around.longest(scan.tokens, at)
    if (match) at = match.end + (match.entries.some((entry) => entry.value === undefined) && match.end < to ? 1 : 0)
    else if (around?.entries.some((kind) => kind === 'fillers' || kind === 'polite')) at = around.end
    else if (scan.command.arguments.some((argument) => argument.bare) && names === 0) {
      names += 1
      at += 1
    } else return false
  }
  return true
}
