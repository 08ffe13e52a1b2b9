import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { commandName } from '../../src/commands/done-to.ts'
import { commands } from '../../src/commands/index.ts'
import { administrationCommands } from '../../src/request/governance/administration-commands.ts'

const offered = new Set([...commands.map(({ words }) => words.name), ...administrationCommands])

it('says in words every command that a record can name', () => {
  const nameless = [...offered].filter((name) => commandName(name).key === 'action.plain')
  expect(nameless).toEqual([])
})

it('offers every command that the source writes into a record', () => {
  const written = globSync('src/{request,channels,actions,storage,start}/**/*.ts').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bcommand: '([a-z]+(?:\.[a-zA-Z]+)*)'/g)].map(([, name = '']) => name),
  )
  expect(written.length).toBeGreaterThan(20)
  expect([...new Set(written)].filter((name) => !offered.has(name))).toEqual([])
})
