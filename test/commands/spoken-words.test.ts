import { describe, expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { spokenWords } from '../../src/commands/spoken-words.ts'
import { allWords } from '../../src/commands/words/index.ts'
import { createParser } from '../../src/language/index.ts'

const parser = createParser(allWords)

describe('words that the help shows', () => {
  it.each(
    commands.flatMap(({ words }) => (['fr', 'en'] as const).map((language) => [words.name, language, words] as const)),
  )('mean their command, articles included: %s in %s', (name, language, words) => {
    const shown = spokenWords(words, language)
    for (const said of shown) {
      const {
        command,
        suggestions = [],
        readings = [],
      } = parser.parse(said.replace(' … = …', ' mep = deploy'), {
        defaultLanguage: language,
      })
      expect([command, ...suggestions, ...readings.map((each) => each.command)], said).toContain(name)
    }
  })

  it('stand with their articles', () => {
    const said = commands.flatMap(({ words }) => spokenWords(words, 'fr'))
    expect(said).toContain('annule le déploiement')
    expect(said).toContain('liste les pods')
    expect(said.filter((each) => each.includes("'"))).toEqual([])
  })
})
