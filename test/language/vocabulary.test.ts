import { describe, expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import type { CommandWords, Language } from '../../src/domain/command-spec.ts'
import { foldWithoutAccents } from '../../src/language/fold.ts'
import { englishLexicon } from '../../src/language/lexicon/en/index.ts'
import { frenchLexicon } from '../../src/language/lexicon/fr/index.ts'

const languages: readonly Language[] = ['fr', 'en']
const articles = new Set([...frenchLexicon.articles, ...englishLexicon.articles])

/** What is left of a phrase for the engine: no articles, no accents. */
const asRead = (phrase: string): string =>
  foldWithoutAccents(phrase)
    .split(/[\s'’-]+/)
    .filter((word) => !articles.has(word))
    .join(' ')

const claims = (command: CommandWords): string[] =>
  [...new Set(languages.flatMap((language) => command.words[language].map(asRead)))].sort()

describe.each(allWords)('$name', (command) => {
  it.each(languages)('has words in %s', (language) => {
    expect(command.words[language].filter((phrase) => phrase.trim() !== '').length).toBeGreaterThan(0)
  })

  it('has words for every choice, in both languages', () => {
    for (const { choices = {} } of command.arguments)
      for (const [value, words] of Object.entries(choices))
        for (const language of languages) expect(words[language], `${value} in ${language}`).not.toEqual([])
  })

  it('has nouns in both languages, or in none', () => {
    for (const { name, nouns } of command.arguments)
      if (nouns) for (const language of languages) expect(nouns[language], `${name} in ${language}`).not.toEqual([])
  })

  it('gives a meaning only to phrases that it has', () => {
    const phrases = new Set(languages.flatMap((language) => command.words[language]))
    expect(Object.keys(command.implies ?? {}).filter((phrase) => !phrases.has(phrase))).toEqual([])
  })
})

it('no two commands claim the same words', () => {
  const claimed = new Map<string, string[]>()
  for (const command of allWords)
    for (const phrase of claims(command)) claimed.set(phrase, [...(claimed.get(phrase) ?? []), command.name])
  expect([...claimed].filter(([, names]) => names.length > 1)).toEqual([])
})

it('a command has a name of its own', () => {
  expect(new Set(allWords.map(({ name }) => name)).size).toBe(allWords.length)
})
