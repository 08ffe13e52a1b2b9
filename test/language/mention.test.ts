import { expect, it } from 'vitest'
import { allWords } from '../../src/commands/words/index.ts'
import { createParser } from '../../src/language/index.ts'

it.each(['<@U0NOXSOCX> whoami', 'hey <@U0NOXSOCX> whoami', 'whoami <@U0NOXSOCX>', '<@U0NOXSOCX|nox> whoami'])(
  'takes the bot out wherever it stands: %s',
  (text) => {
    expect(createParser(allWords).parse(text, { botUserId: 'U0NOXSOCX' })).toMatchObject({
      command: 'whoami',
      args: {},
    })
  },
)
