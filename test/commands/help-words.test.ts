import { expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { fr } from '../../src/texts/fr.ts'

it('every argument of a command is told in words where the help explains it', () => {
  const untold = commands.flatMap(({ words: { name, arguments: specs } }) =>
    specs
      .filter(
        (each) => ![`argument.${name}.${each.name}`, `argument.${each.name}`].some((key) => Object.hasOwn(fr, key)),
      )
      .map((each) => `${name}: ${each.name}`),
  )
  expect(untold).toEqual([])
})
