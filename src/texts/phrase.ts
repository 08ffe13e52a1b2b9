import type { TextKey } from './keys.ts'

/** A piece of a sentence: what to say of it is decided by the reader's language and the channel. */
export type Value =
  | string
  | number
  | Phrase
  /** Milliseconds: `48 s`, `1 min 48 s`. */
  | { readonly kind: 'duration'; readonly ms: number }
  /** A moment (ms since 1970): `ago` for the past, `date` for what one acts on. */
  | { readonly kind: 'time'; readonly at: number; readonly as: 'ago' | 'date' }
  /** Rings the person; use a plain name where nobody must act. */
  | { readonly kind: 'mention'; readonly userId: string }
  /** Names a conversation by its id, as a link where the surface can. */
  | { readonly kind: 'conversation'; readonly id: string }
  /** A code span, cut in the middle past 60 characters. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: number }
  /** Three, then `et 2 autres`. */
  | { readonly kind: 'people'; readonly names: readonly string[] }
  /** Names of environments, the common ones in the reader's language: `staging et développement`. */
  | { readonly kind: 'environments'; readonly names: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }

/** A sentence of the message book with its blanks filled, in no language yet. */
export interface Phrase {
  readonly key: TextKey
  readonly params: { readonly [name: string]: Value }
}

/** Names a sentence of the message book. */
export function phrase(key: TextKey, params: { readonly [name: string]: Value } = {}): Phrase {
  return { key, params }
}
