import type { ArgumentSpec, Arguments, ArgumentValue, CommandWords, Language } from '../domain/command-spec.ts'

/** Names that stand without a noun before them. */
const bare = new Set(['service', 'target', 'id', 'topic', 'action'])
const inWord: Record<Language, string> = { fr: 'en', en: 'in' }

const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value)

/** Says orders as a person would write them: help's examples, buttons of several readings. */
export function createSayer(
  allWords: readonly CommandWords[],
): (command: string, args: Arguments, language: Language) => string {
  const byName = new Map(allWords.map((words) => [words.name, words]))

  function sayArgument(spec: ArgumentSpec, value: ArgumentValue, language: Language): string {
    if (typeof value === 'object') return say(value.command, value.args, language)
    const text = quoted(String(value))
    if (bare.has(spec.name)) return text
    if (spec.name === 'environment') return `${inWord[language]} ${text}`
    if (value === true) return `--${spec.name}`
    const noun = spec.name === 'branch' || spec.name === 'cluster' ? spec.nouns?.[language][0] : undefined
    return noun === undefined ? `--${spec.name} ${text}` : `${noun} ${text}`
  }

  function say(command: string, args: Arguments, language: Language): string {
    const words = byName.get(command)
    const parts = [words?.words[language][0] ?? command]
    for (const spec of words?.arguments ?? []) {
      const value = args[spec.name]
      if (value !== undefined) parts.push(sayArgument(spec, value, language))
    }
    return parts.join(' ')
  }

  return say
}
