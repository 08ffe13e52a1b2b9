import type { ArgumentSpec, CommandWords, Language } from '../domain/command-spec.ts'
import { commandPhrase, phrasesOf } from './build-phrases.ts'
import { cleanText } from './clean-text.ts'
import { fold, foldWithoutAccents } from './fold.ts'
import { inflectionsOf } from './inflections.ts'
import { englishLexicon } from './lexicon/en/index.ts'
import { frenchLexicon } from './lexicon/fr/index.ts'
import type { Lexicon } from './lexicon/lexicon.ts'
import { indexWords } from './nearest-word.ts'
import { PhraseTree } from './phrase-tree.ts'
import { tokenize } from './tokenize.ts'
import { environmentWords } from './values/environment.ts'
import { platforms } from './values/names.ts'
import { levelWords } from './values/words.ts'
import type { Announcement, CommandPhrase, FollowUpPhrase, Vocabulary, WordClass } from './vocabulary.ts'

const lexicons: Readonly<Record<Language, Lexicon>> = { fr: frenchLexicon, en: englishLexicon }
const bothLanguages: readonly Language[] = ['fr', 'en']
const classes: readonly WordClass[] = [
  'polite',
  'requests',
  'wishes',
  'showVerbs',
  'doVerbs',
  'fillers',
  'questions',
  'poison',
  'neverNames',
  'reports',
  'quantifiers',
]

/** Values that only a noun, a flag or their place tells. */
const announcedKinds: ReadonlySet<ArgumentSpec['kind']> = new Set(['name', 'rest', 'choice', 'flag', 'cron', 'order'])

/** Builds the tables. Takes some milliseconds: once per process. */
export function buildVocabulary(commands: readonly CommandWords[]): Vocabulary {
  const verbs = collectVerbs(commands)
  const isVerb = (folded: string): boolean => verbs.has(folded)
  const split = (phrase: string): string[] => tokenize(cleanText(phrase, ''), isVerb).map((token) => token.fold)
  const ofBoth = (words: (lexicon: Lexicon) => readonly string[]): Set<string> =>
    new Set(bothLanguages.flatMap((language) => words(lexicons[language]).map(fold)))
  const articles = ofBoth((lexicon) => lexicon.articles)
  const within = ofBoth((lexicon) => [...lexicon.articles, ...lexicon.inserts])
  const languages = new Map<string, Set<Language>>()
  const correctable = new Map<string, string>()
  const learn = (words: readonly string[], language: Language): void => {
    for (const word of words) {
      const known = languages.get(word)
      if (known) known.add(language)
      else languages.set(word, new Set([language]))
    }
  }
  const spell = (phrase: string): void => {
    // A past form is no order: no typo is put right into one.
    for (const word of phrase.split(/[\s…'-]+/))
      if (/^\p{L}{4,}$/u.test(word) && fold(word) === foldWithoutAccents(word))
        correctable.set(foldWithoutAccents(word), correctable.get(foldWithoutAccents(word)) ?? word)
  }

  const commandPhrases = new PhraseTree<CommandPhrase>(within)
  const inflections = new Map<string, string>()
  const commandWords = new Set<string>()
  for (const command of commands) {
    for (const [phrase, spoken, isNoun] of phrasesOf(command)) {
      const entry = commandPhrase(command, phrase, spoken, isNoun, split)
      for (const words of spellings(entry.head)) {
        commandPhrases.add(words, entry.phrase)
        for (const language of spoken) learn(words, language)
      }
      for (const language of spoken) learn(entry.phrase.tail, language)
      spell(phrase.replace(/\{\w+\}/g, ''))
      for (const word of [...entry.head, ...entry.phrase.tail]) commandWords.add(foldWithoutAccents(word))
      if (isNoun) continue
      for (const language of spoken)
        for (const form of inflectionsOf(entry.head[0] ?? '', language)) inflections.set(form, command.name)
    }
  }

  const announcements = new Map<string, PhraseTree<Announcement>>()
  for (const command of commands) {
    const tree = new PhraseTree<Announcement>(within)
    for (const argument of command.arguments) {
      for (const [phrase, language, announcement] of announcementsOf(argument)) {
        for (const words of spellings(split(phrase))) {
          tree.add(words, announcement)
          learn(words, language)
        }
        spell(phrase)
      }
    }
    announcements.set(command.name, tree)
  }

  const around = new PhraseTree<WordClass>()
  for (const language of bothLanguages) {
    for (const kind of classes) {
      for (const phrase of lexicons[language][kind]) {
        for (const words of spellings(split(phrase))) {
          around.add(words, kind)
          // "as-tu" makes no French word of "as".
          if (kind !== 'neverNames') learn(words.length > 1 ? words.filter((word) => word.length > 2) : words, language)
          else for (const word of words) if (!languages.has(word)) languages.set(word, new Set([language]))
        }
        if (kind === 'showVerbs' || kind === 'doVerbs' || kind === 'polite' || kind === 'requests') spell(phrase)
      }
    }
  }
  for (const [word, spoken] of environmentWords) {
    for (const language of spoken.languages) learn([word], language)
    spell(spoken.spelling)
  }
  for (const word of [...levelWords, ...platforms]) languages.set(word, languages.get(word) ?? new Set(bothLanguages))
  for (const word of inflections.keys()) if (!commandWords.has(word)) correctable.delete(word)
  for (const word of languages.keys()) inflections.delete(word)
  const known = new Set([...languages.keys(), ...inflections.keys()])
  return {
    commands,
    byName: new Map(commands.map((command) => [command.name, command])),
    commandPhrases,
    announcements,
    around,
    followUps: followUpTree(split),
    sequences: sequenceTree(split),
    articles,
    placePrepositions: ofBoth((lexicon) => lexicon.placePrepositions),
    supposing: ofBoth((lexicon) => lexicon.supposing),
    inflections,
    known,
    typed: new Map(
      commands.map((command) => [command.name, command.arguments.filter(({ kind }) => !announcedKinds.has(kind))]),
    ),
    flags: new Map(commands.map((command) => [command.name, flagsOf(command)])),
    correctable,
    typoIndex: indexWords(correctable.keys()),
    languages,
    isVerb,
  }
}

/** Phrases that go on with an order: they name no command, so no typo is put right into one. */
function followUpTree(split: (phrase: string) => string[]): PhraseTree<FollowUpPhrase> {
  const tree = new PhraseTree<FollowUpPhrase>()
  for (const language of bothLanguages)
    for (const kind of ['repeat', 'change'] as const)
      for (const phrase of lexicons[language].followUps[kind])
        for (const words of spellings(split(phrase))) tree.add(words, { kind, language })
  return tree
}

function sequenceTree(split: (phrase: string) => string[]): PhraseTree<Language> {
  const tree = new PhraseTree<Language>()
  for (const language of bothLanguages)
    for (const phrase of lexicons[language].sequences)
      for (const words of spellings(split(phrase))) tree.add(words, language)
  return tree
}

/** The words of a phrase as people type them, with and without its accents. */
function spellings(words: readonly string[]): string[][] {
  const plain = words.map(foldWithoutAccents)
  return plain.join(' ') === words.join(' ') ? [[...words]] : [[...words], plain]
}

function announcementsOf(argument: ArgumentSpec): (readonly [string, Language, Announcement])[] {
  const found: (readonly [string, Language, Announcement])[] = []
  for (const language of bothLanguages) {
    for (const noun of argument.nouns?.[language] ?? []) found.push([noun, language, { argument }])
    for (const [value, words] of Object.entries(argument.choices ?? {}))
      for (const word of words[language]) found.push([word, language, { argument, value }])
  }
  return found
}

/** A flag is called as its argument or by one of its nouns: `--environment`, `--env`. */
function flagsOf(command: CommandWords): Map<string, ArgumentSpec> {
  const flags = new Map<string, ArgumentSpec>()
  for (const argument of command.arguments)
    for (const noun of [...(argument.nouns?.fr ?? []), ...(argument.nouns?.en ?? [])])
      if (!noun.includes(' ')) flags.set(fold(noun), argument)
  for (const argument of command.arguments) {
    flags.set(fold(argument.name), argument)
    if (argument.short) flags.set(argument.short, argument)
  }
  return flags
}

/** Words that may carry a pronoun with a hyphen: `montre-moi`, `peut-il`. */
function collectVerbs(commands: readonly CommandWords[]): Set<string> {
  const verbs = new Set<string>()
  const add = (phrase: string): void => {
    const [first = ''] = phrase.split(/[\s-]+/)
    verbs.add(fold(first))
  }
  for (const kind of ['requests', 'showVerbs', 'doVerbs', 'polite', 'fillers', 'questions'] as const)
    frenchLexicon[kind].forEach(add)
  for (const command of commands) command.words.fr.forEach(add)
  for (const phrase of commands.flatMap((command) => command.words.fr))
    for (const word of phrase.split(/\s+/)) if (word.includes('-')) add(word)
  return verbs
}
