import { expect, it } from 'vitest'
import { readThread } from '../../../src/channels/slack/read-thread.ts'

const at = 1_700_000_000
const read = async (text: string) => {
  const asked: string[] = []
  const call = async () => ({ messages: [{ ts: `${at}.000100`, user: 'U1', text }] })
  const said = await readThread(
    { call } as unknown as Parameters<typeof readThread>[0],
    { workspaceId: 'T1', appId: 'A1', botUserId: 'UNOX', botToken: 'xoxb' } as Parameters<typeof readThread>[1],
    { conversation: 'C1', threadTs: `${at}.000000` },
    { from: at * 1_000, to: (at + 60) * 1_000 },
    async (id) => {
      asked.push(id)
      return `Bob ${id}`
    },
  )
  return { asked, words: said.map((each) => each.text) }
}

it('asks for the names of those alone whom the kept beginning of a message mentions, each once', async () => {
  const crowd = Array.from({ length: 5_000 }, (_, n) => `<@U${1_000 + n}>`)
  const { asked, words } = await read(`${crowd.join(' ')} ${crowd.join(' ')}`)
  expect(asked.length).toBeLessThan(300)
  expect(words[0]).toMatch(/^@Bob U1000 @Bob U1001 .*…$/)
  expect(words[0]).toHaveLength(500)
})

it('writes names in place of ids, on one line', async () => {
  const { asked, words } = await read('  <@U22>:\n\n look, <@U33> and <@U22>  ')
  expect([asked, words]).toEqual([['U22', 'U33'], ['@Bob U22: look, @Bob U33 and @Bob U22']])
  expect((await read(`${' '.repeat(39_000)}<@U22> is here`)).words).toEqual(['@Bob U22 is here'])
})
