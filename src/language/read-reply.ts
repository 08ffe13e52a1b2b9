import { cleanText } from './clean-text.ts'
import { skipAround } from './skip-around.ts'
import { tokenize } from './tokenize.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a message says to a question, beside politeness. */
export interface Reply {
  /** Agrees, or refuses, and says nothing else. */
  readonly says: 'yes' | 'no' | null
  /** The words as written. */
  readonly words: string
  /** Without those that lead to a name: `c'est web` → `web`. */
  readonly name: string
}

const yes = new Set([
  ...[
    'oui',
    'ouais',
    'ok',
    'okay',
    'go',
    'vas-y',
    'allez-y',
    'confirme',
    'confirmé',
    'je confirme',
    "d'accord",
    'fais-le',
  ],
  ...[
    'yes',
    'yep',
    'yeah',
    'go ahead',
    'confirm',
    'confirmed',
    'i confirm',
    'do it',
    'sure',
    'lgtm',
    'oui vas-y',
    'yes please',
  ],
])
const no = new Set([...['non', 'nan', 'non merci', 'surtout pas', 'no', 'nope', 'nah', 'no thanks', 'no thank you']])

const leading = /^(?:c'est|ce sera|le|la|l'|sur|en|dans|pour|à|it's|it is|the|to|in|on|for)\s+/i

const thanks = /[\s,]+(?:stp|svp|please|pls|plz|merci|thanks)$/i

/** Reads a message as an answer to a question. @param botUserId is taken out, wherever it stands */
export function readReply(vocabulary: Vocabulary, raw: string, botUserId: string): Reply {
  const clean = cleanText(raw, botUserId)
  const said = clean.text
    .toLowerCase()
    .replace(/[\s.!,…]+/g, ' ')
    .replace(/\p{Extended_Pictographic}/gu, '')
    .trim()
  const says = yes.has(said) ? 'yes' : no.has(said) ? 'no' : null
  const tokens = tokenize(clean, vocabulary.isVerb)
  const first = tokens[skipAround(vocabulary, tokens, 0)]
  const end = tokens.findLast((token) => token.kind !== 'mark' || token.text === '?')?.end ?? 0
  const written = first ? clean.text.slice(first.start, Math.max(first.start, end)).trim() : ''
  const words = written.replace(thanks, '')
  return { says, words, name: words.replace(leading, '') }
}
