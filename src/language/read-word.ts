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

/** Signs that stand for themselves. */
export const marks = new Set([',', ':', ';', '.', '!', '?', '…', '(', ')', '\n', '¿', '¡', '[', ']', '{', '}'])
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
/** What opens a quotation, with what closes it. */
export const pairs: Readonly<Record<string, string>> = { '"': '"', '«': '»', '`': '`', "'": "'" }
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

/** Whether a sign parts words. */
export const isSpace = (char: string): boolean =>
  char === ' ' || char === '\n' || (char < '!' || char > '~' ? otherSpace.test(char) : false)

/** Where an emoji's name (`:rocket:`) that begins here ends; -1 = none does. */
export function shortcodeEnd(text: string, at: number): number {
  const close = text.indexOf(':', at + 1)
  return close !== -1 && close - at < 50 && shortcode.test(text.slice(at, close + 1)) ? close + 1 : -1
}

/** Reads the word at `at` and gives the place after it. */
export function readWord(
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
