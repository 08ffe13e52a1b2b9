import type { CommandWords, Language } from '../domain/command-spec.ts'
import type { CommandPhrase, Placeholder } from './vocabulary.ts'

const bothLanguages: readonly Language[] = ['fr', 'en']
const placeholder = /\s*(…)?\s*((?:[^{…]*))\{(\w+)\}$/

/** The phrases that name a command, each with the languages that have it, and whether it is a noun. */
export function phrasesOf(command: CommandWords): (readonly [string, readonly Language[], boolean])[] {
  const spoken = new Map<string, { languages: Set<Language>; isNoun: boolean }>()
  const collect = (phrases: readonly string[] | undefined, language: Language, isNoun: boolean): void => {
    for (const phrase of phrases ?? []) {
      const known = spoken.get(phrase)
      if (known) known.languages.add(language)
      else spoken.set(phrase, { languages: new Set([language]), isNoun })
    }
  }
  for (const language of bothLanguages) collect(command.words[language], language, false)
  for (const language of bothLanguages) collect(command.nouns?.[language], language, true)
  return [...spoken].map(([phrase, { languages, isNoun }]) => [phrase, [...languages], isNoun])
}

/** A phrase as the engine looks for it: the words that it begins with, and the rest of what is known of it. */
export function commandPhrase(
  command: CommandWords,
  phrase: string,
  languages: readonly Language[],
  isNoun: boolean,
  split: (phrase: string) => string[],
): { head: string[]; phrase: CommandPhrase } {
  const held = placeholder.exec(phrase)
  const afterMention = phrase.startsWith('{mention} ')
  const said = phrase.replace(/^\{mention\} /, '')
  const [headText = '', gapTail = ''] = (held ? said.replace(/\{\w+\}$/, '') : said).split('…')
  const head = split(headText)
  const tail = split(gapTail)
  return {
    head,
    phrase: {
      command,
      languages,
      phrase,
      isNoun,
      tail,
      size: head.length + tail.length + (held && held[3] !== 'text' && held[3] !== 'name' ? 1 : 0),
      afterMention,
      gap: phrase.includes('…'),
      placeholder: (held?.[3] as Placeholder | undefined) ?? null,
      implies: command.implies?.[phrase] ?? {},
      needs: command.needs?.[phrase] ?? [],
    },
  }
}
