import { fr } from './fr.ts'
import type { TextKey } from './keys.ts'
import { phrase, type Value } from './phrase.ts'

const isKey = (key: string): key is TextKey => Object.hasOwn(fr, key)

/** What an argument is called in a sentence: `le nombre de réplicas`; its own name where the message book has none. */
export function argumentName(argument: string): Value {
  const key = `name.${argument}`
  return isKey(key) ? phrase(key) : argument
}
