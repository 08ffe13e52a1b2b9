import { fr } from '../texts/fr.ts'
import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'

const isKey = (key: string): key is TextKey => Object.hasOwn(fr, key)

/** What a command does to a thing: `déployer user-api`, `lire les logs de user-api`. */
export function doneTo(command: string, thing: Value): Phrase {
  const key = `type.of.${command}`
  return phrase(isKey(key) ? key : 'type.of.other', { command: commandName(command), thing })
}

/** What a command does, without a thing: `déployer`, `voir la consommation`; its own name where there are no words. */
export function commandName(command: string): Phrase {
  const key = ['command', 'type', 'action'].map((kind) => `${kind}.${command}`).find(isKey)
  return phrase(key ?? 'action.plain', { command })
}
