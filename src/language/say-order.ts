import type { ArgumentSpec, Arguments, ArgumentValue, CommandWords, Language } from '../domain/command-spec.ts'
import { sayRecurrence } from './recurrence/say-recurrence.ts'
import { commonEnvironments, environmentWords } from './values/environment.ts'

/** Names that stand without a noun before them. */
const bare = new Set(['service', 'target', 'topic', 'action', 'repository'])
const bareKinds = new Set(['id', 'key', 'email', 'alias'])
const inWord: Record<Language, string> = { fr: 'en', en: 'in' }

const plain = /^[\p{L}\p{N}][\p{L}\p{N}._/@:+#-]*$/u

const quoted = (value: string) =>
  !plain.test(value) ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : value

/** Says orders as a person would write them: help's examples, buttons of several readings. Each is read back as it was. */
export function createSayer(
  allWords: readonly CommandWords[],
): (command: string, args: Arguments, language: Language) => string {
  const byName = new Map(allWords.map((words) => [words.name, words]))

  /** An action as a verb: `déployer`. */
  function verbOf(action: string, language: Language): string {
    const words = byName.get(action)?.words[language] ?? []
    return (language === 'fr' ? words.find((word) => /^\p{L}+er$/u.test(word)) : undefined) ?? action
  }

  function sayArgument(spec: ArgumentSpec, value: ArgumentValue, language: Language): string {
    if (typeof value === 'object') return say(value.command, value.args, language)
    const text = String(value)
    if (spec.kind === 'action') return verbOf(text, language)
    if (spec.kind === 'alias') return `${text} =`
    if (spec.kind === 'cron') return sayRecurrence(text, language) ?? `--${spec.name} ${quoted(text)}`
    if (spec.kind === 'rest' && !/["\\]/.test(text)) return `"${text}"`
    if (spec.kind === 'environment' && isKnownEnvironment(text)) return `${inWord[language]} ${text}`
    if (bare.has(spec.name) || bareKinds.has(spec.kind)) return quoted(text)
    if (value === true) return `--${spec.name}`
    const noun = spec.kind === 'branch' || spec.name === 'cluster' ? spec.nouns?.[language][0] : undefined
    return noun === undefined ? `--${spec.name} ${quoted(text)}` : `${noun} ${quoted(text)}`
  }

  function say(command: string, args: Arguments, language: Language): string {
    if (command === 'schedule') return saySchedule(args, language)
    const words = byName.get(command)
    const begin = words ? opening(words, args, language) : command
    const implied = words?.implies?.[begin] ?? {}
    const parts = [begin.replace(/ \{\w+\}$/, '')]
    for (const spec of inOrder(words?.arguments ?? [])) {
      const value = args[spec.name]
      if (value !== undefined && implied[spec.name] !== value) parts.push(sayArgument(spec, value, language))
    }
    return parts.join(' ')
  }

  /** The recurrence stands before what it repeats. */
  function saySchedule({ cron, run }: Arguments, language: Language): string {
    const inner = typeof run === 'object' ? say(run.command, run.args, language) : ''
    const when = cron === undefined ? null : sayRecurrence(String(cron), language)
    return when === null ? inner : `${when} ${inner}`
  }

  return say
}

/** True for names that are an environment without being announced. */
const isKnownEnvironment = (text: string): boolean => environmentWords.has(text) || commonEnvironments.has(text)

/** The first phrase that says nothing which the arguments do not. */
function opening(words: CommandWords, args: Arguments, language: Language): string {
  const fits = (phrase: string): boolean =>
    !phrase.includes('…') &&
    !phrase.includes('{mention}') &&
    Object.entries(words.implies?.[phrase] ?? {}).every(([name, value]) => args[name] === value)
  const phrase = words.words[language].find(fits) ?? words.words[language][0] ?? words.name
  return phrase
}

/** Keys and ids first, a title or query after them and before the flags. */
const inOrder = (specs: readonly ArgumentSpec[]): ArgumentSpec[] =>
  [...specs].sort((one, other) => rank(one) - rank(other))

const rank = ({ kind }: ArgumentSpec): number => (bareKinds.has(kind) ? 0 : kind === 'rest' ? 1 : 2)
