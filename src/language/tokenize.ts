import type { CleanText } from './clean-text.ts'
import { fold } from './fold.ts'

/** A word or mark of a message, with its place in the clean text. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'mention' | 'channel' | 'code' | 'mark' | 'flag'
  /** As written; without its quotes, `--` or `<@…>`. */
  readonly text: string
  readonly fold: string
  readonly start: number
  readonly end: number
}

const marks = new Set([',', ':', ';', '.', '!', '?', '…', '(', ')', '\n', '¿', '¡', '[', ']', '{', '}'])
const elisions = new Set(['l', 'd', 'j', 'n', 's', 'c', 'm', 't', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quelqu'])
const clitics = new Set([
  'tu',
  'je',
  'moi',
  'nous',
  'vous',
  'il',
  'elle',
  'ils',
  'elles',
  'on',
  'ce',
  'le',
  'la',
  'les',
  'lui',
  'toi',
])
const pairs: Readonly<Record<string, string>> = { '"': '"', '«': '»', '`': '`', "'": "'" }
const flag = /^(?:--|—|–)([a-zA-ZÀ-ÿ][\wÀ-ÿ-]*)(=.*)?$/
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}/u
const startsPlainly = /^[a-zA-Z0-9À-ÿ#]/
const shortcode = /^:[a-z0-9_+'-]+:$/
const plainWord = /^[a-zA-Z0-9À-ÿ-]+$/
const decorated = /^[*_]|[*_\p{Extended_Pictographic}]$/u
const decorationBefore = /^[*_]+/
// Begun where it begins alone: tried from each of its marks, it would be looked through as often as it has some.
const decorationAfter = /(?<![*_\p{Extended_Pictographic}])[*_\p{Extended_Pictographic}]+$/u
// One way alone to read each sign (`->` is `-` and `>`): two would double the time with each arrow.
const arrow = /^(?:=>|[→⇒>–—|+&~@•*/-])+$/
const flagMarks = new Set(['-', '—', '–'])
const shortFlag = /^-([a-z])$/
// After these, an English 's is a verb: "how's billing".
const verbal = new Set([
  'how',
  'what',
  'who',
  'where',
  'when',
  'why',
  'let',
  'it',
  'that',
  'he',
  'she',
  'there',
  'here',
])

/** `mep=deploy`, as a shell writes an assignment. */
const assigned = /^([\p{L}\p{N}_-]+)=(.*)$/u

const otherSpace = /\s/

const isSpace = (char: string): boolean =>
  char === ' ' || char === '\n' || (char < '!' || char > '~' ? otherSpace.test(char) : false)

/**
 * Cuts a clean text into tokens, in linear time. `isVerb` tells which words may carry a French pronoun
 * (`montre-moi`, `peux-tu`); all other hyphens belong to names.
 */
export function tokenize(clean: CleanText, isVerb: (folded: string) => boolean): Token[] {
  const { text, references } = clean
  const tokens: Token[] = []
  const absent = new Set<string>()
  let reference = 0
  let at = 0
  while (at < text.length) {
    const char = text[at] as string
    const known = references[reference]
    if (known && known.start === at) {
      tokens.push({ kind: known.kind, text: known.id, fold: '', start: at, end: known.end })
      reference += 1
      at = known.end
    } else if (char !== '\n' && isSpace(char)) {
      at += 1
    } else if (char === '&' || char === '>') {
      at = quoteLineEnd(text, at, tokens)
    } else if (text.startsWith('```', at)) {
      const close = text.indexOf('```', at + 3)
      const end = close === -1 ? text.length : close + 3
      tokens.push({ kind: 'code', text: text.slice(at, end), fold: '', start: at, end })
      at = end
    } else if (pairs[char] !== undefined && !absent.has(char)) {
      const close = closingQuote(text, at, pairs[char])
      if (close === -1) {
        absent.add(char)
        at += 1
      } else {
        const inside = text.slice(at + 1, close)
        if (inside.trim() !== '')
          tokens.push({ kind: 'quoted', text: inside.trim(), fold: fold(inside.trim()), start: at, end: close + 1 })
        at = close + 1
      }
    } else if (marks.has(char) && !startsShortcode(text, at)) {
      tokens.push({ kind: 'mark', text: char, fold: char, start: at, end: at + 1 })
      at += 1
    } else {
      at = readWord(text, at, known?.start ?? text.length, tokens, isVerb)
    }
  }
  return tokens
}

const startsShortcode = (text: string, at: number): boolean =>
  text[at] === ':' && /[a-z+]/.test(text[at + 1] ?? '') && shortcodeEnd(text, at) !== -1

function shortcodeEnd(text: string, at: number): number {
  const close = text.indexOf(':', at + 1)
  return close !== -1 && close - at < 50 && shortcode.test(text.slice(at, close + 1)) ? close + 1 : -1
}

/** A line that quotes somebody else's words (`> …`) is one opaque token; elsewhere `>` is a separator. */
function quoteLineEnd(text: string, at: number, tokens: Token[]): number {
  const lineStart = at === 0 || text[at - 1] === '\n'
  if (!lineStart || text[at] !== '>') return at + 1
  const newline = text.indexOf('\n', at)
  const end = newline === -1 ? text.length : newline
  tokens.push({ kind: 'code', text: text.slice(at, end), fold: '', start: at, end })
  return end
}

/** Where a quotation ends: a single quote only before a space or a mark, the others anywhere. */
function closingQuote(text: string, at: number, close: string): number {
  let from = at + 1
  while (from < text.length) {
    const end = text.indexOf(close, from)
    if (end === -1) return -1
    const after = text[end + 1]
    if (!isEscaped(text, end) && (close !== "'" || after === undefined || isSpace(after) || marks.has(after)))
      return end
    from = end + 1
  }
  return -1
}

/** True after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === '\\') before -= 1
  return (at - before) % 2 === 1
}

/** Reads the word at `at` and gives the place after it. */
function readWord(
  text: string,
  at: number,
  limit: number,
  tokens: Token[],
  isVerb: (folded: string) => boolean,
): number {
  if (text[at] === ':') return shortcodeEnd(text, at)
  let end = at
  while (end < limit) {
    const char = text[end] as string
    if (isSpace(char) || char === '"' || char === '«' || char === '»' || char === '`') break
    if (char === '(' || char === ')') break
    if ((marks.has(char) || char === '…') && endsWord(text, end)) break
    end += 1
    if (char === '=' && pairs[text[end] ?? ''] !== undefined && text[at] !== '-') break
  }
  if (end === at) return at + 1
  pushWord(text.slice(at, end), at, tokens, isVerb)
  return end
}

/** A mark ends a word unless the word goes on after it: `v1.2.3`, `9:30`, `1,5`. */
function endsWord(text: string, at: number): boolean {
  const after = text[at + 1]
  if (after === undefined || isSpace(after) || marks.has(after) || after === '"') return true
  const char = text[at]
  if (char === '.' || char === ':') return false
  if (char === '?' || char === '[' || char === ']' || char === '{' || char === '}') return false
  return !(char === ',' && /\d/.test(after) && /\d/.test(text[at - 1] ?? ''))
}

function pushWord(whole: string, begin: number, tokens: Token[], isVerb: (folded: string) => boolean): void {
  const skip = pushElisions(whole, begin, tokens)
  const raw = whole.slice(skip)
  const start = begin + skip
  if (raw === '') return
  const flagged = flagMarks.has(raw[0] ?? '') ? flag.exec(raw) : null
  if (flagged?.[1]) {
    const end = start + raw.length - (flagged[2]?.length ?? 0)
    tokens.push({ kind: 'flag', text: flagged[1], fold: fold(flagged[1]), start, end })
    if (flagged[2] && flagged[2].length > 1) pushPlain(flagged[2].slice(1), end + 1, tokens)
    return
  }
  const short = raw.length === 2 ? shortFlag.exec(raw) : null
  if (short?.[1]) {
    tokens.push({ kind: 'flag', text: short[1], fold: short[1], start, end: start + raw.length })
    return
  }
  if (!startsPlainly.test(raw) && (arrow.test(raw) || (emoji.test(raw) && !/[\p{L}\p{N}]/u.test(raw)))) return
  const assignment = raw.length > 1 && raw.includes('=') ? assigned.exec(raw) : null
  if (assignment?.[1]) {
    const at = start + assignment[1].length
    pushPlain(assignment[1], start, tokens)
    tokens.push({ kind: 'word', text: '=', fold: '=', start: at, end: at + 1 })
    if (assignment[2]) pushPlain(assignment[2], at + 1, tokens)
    return
  }
  const hyphen = raw.lastIndexOf('-')
  if (hyphen > 0 && clitics.has(raw.slice(hyphen + 1).toLowerCase())) {
    const head = raw.slice(0, hyphen)
    const verb = head.endsWith('-t') ? head.slice(0, -2) : head
    if (isVerb(fold(verb))) {
      pushPlain(verb, start, tokens)
      pushPlain(raw.slice(hyphen + 1), start + hyphen + 1, tokens)
      return
    }
  }
  pushPlain(raw, start, tokens)
}

/** Cuts `l'`, `d'`, `qu'` off a word's front; gives how many characters they take. */
function pushElisions(raw: string, start: number, tokens: Token[]): number {
  let from = 0
  for (let at = raw.indexOf("'"); at > from; at = raw.indexOf("'", from)) {
    const elided = raw.slice(from, at)
    if (elided.length > 7 || !elisions.has(fold(elided))) break
    pushPlain(elided, start + from, tokens)
    from = at + 1
  }
  return from
}

function pushPlain(raw: string, start: number, tokens: Token[]): void {
  let bare =
    plainWord.test(raw) || !decorated.test(raw) ? raw : raw.replace(decorationBefore, '').replace(decorationAfter, '')
  if (bare.endsWith("'s") && !verbal.has(bare.slice(0, -2).toLowerCase())) bare = bare.slice(0, -2)
  if (bare === '') return
  tokens.push({ kind: 'word', text: bare, fold: fold(bare), start, end: start + raw.length })
}
