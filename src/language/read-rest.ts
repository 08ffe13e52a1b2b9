import type { ArgumentsDraft } from './reading.ts'
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

/**
 * Reads a title, text or query: the rest of the message. Attributes before it are left to the engine (`null`), as are all
 * commands that have no such argument.
 */
export function readRest(scan: Scan, at: number, args: ArgumentsDraft, text: string): number | null {
  const argument = scan.command.arguments.find(({ kind }) => kind === 'rest')
  if (!argument || args.has(argument.name)) return null
  if (isAttribute(scan, at, args) || beforeColon(scan, at)) return null
  const { tokens, vocabulary } = scan
  const token = tokens[at] as Token
  if (at === scan.phraseEnd || tokens[at - 1]?.kind === 'mark') {
    if (openings.has(wordAt(tokens, at)) && tokens.length > at + 1) return at + 1
  }
  if (token.kind === 'quoted') {
    args.set(argument, token.text)
    return at + 1
  }
  let last = tokens.length
  const flags: [number, number][] = []
  for (let index = at; index < tokens.length; index += 1) {
    if (tokens[index]?.kind !== 'flag' || !vocabulary.flags.get(scan.command.name)?.has(tokens[index]?.fold ?? ''))
      continue
    flags.push([index, Math.min(tokens.length, index + 2)])
    index += 1
  }
  const trailing = scan.command.arguments.find((candidate) => candidate.trailing)
  let end = flags[0]?.[0] ?? tokens.length
  last = end
  end = dropPoliteness(scan, at, end)
  if (trailing && end - at >= 3) {
    const match = vocabulary.announcements.get(scan.command.name)?.longest(tokens, end - 1)
    const value = match?.entries.find((entry) => entry.argument.name === trailing.name)?.value
    if (value !== undefined && ['dans', 'sur', 'in', 'on', 'en', 'from', 'within'].includes(wordAt(tokens, end - 2))) {
      args.set(trailing, value)
      end -= 2
    }
  }
  const from = token.start
  const to = end < tokens.length ? endOf(tokens, end, text) : text.length
  const value = text.slice(from, to).trim()
  if (value !== '') args.set(argument, value)
  return flags.length > 0 ? last : tokens.length
}

/** Where the text before a token ends. */
const endOf = (tokens: readonly Token[], at: number, text: string): number => {
  const start = tokens[at]?.start ?? text.length
  return start
}

/** A trailing `stp` or `please` is no part of a title. */
function dropPoliteness({ tokens }: Scan, from: number, to: number): number {
  let end = to
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
  ['stp', 'svp', 'please', 'pls', 'plz', 'merci', 'thanks', 'thx'].includes(wordAt(tokens, at))

/** True at a value or noun of another argument: type, priority, key. */
function isAttribute(scan: Scan, at: number, args: ArgumentsDraft): boolean {
  const token = scan.tokens[at] as Token
  if (token.kind === 'mark') return true
  const match = scan.vocabulary.announcements.get(scan.command.name)?.longest(scan.tokens, at)
  const isAnnounced = match?.entries.some(
    (entry) => entry.value === undefined || args.values.get(entry.argument.name) === undefined,
  )
  if (match && isAnnounced && match.end < scan.tokens.length) return true
  return scan.command.arguments.some(
    (argument) =>
      !args.has(argument.name) &&
      (argument.kind === 'key' || argument.kind === 'id') &&
      valueReaders[argument.kind](scan, at, false, argument) !== null,
  )
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
    if (match) at = match.end
    else if (around?.entries.includes('fillers')) at = around.end
    else if (scan.command.arguments.some((argument) => argument.bare) && names === 0) {
      names += 1
      at += 1
    } else return false
  }
  return true
}
