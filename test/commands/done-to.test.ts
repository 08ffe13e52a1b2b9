import { describe, expect, it } from 'vitest'
import { commandName } from '../../src/commands/done-to.ts'
import { allWords } from '../../src/commands/words/index.ts'
import { en } from '../../src/texts/en.ts'
import { fr } from '../../src/texts/fr.ts'

describe('the name of a command in a sentence', () => {
  it.each(allWords.map(({ name }) => name))('leaves nothing open: %s', (name) => {
    const { key } = commandName(name)
    for (const texts of [fr, en]) {
      const open = String(texts[key]).match(/\{(\w+)/g) ?? []
      expect(open.filter((each) => each !== '{command')).toEqual([])
    }
  })
})
