import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { botScopes, client, startDouble } from '../helpers/bolt-on-double.ts'

const folder = mkdtempSync(join(tmpdir(), 'slack-double-'))
const team = 'T0SOCIETEX'
afterAll(() => rmSync(folder, { recursive: true }))

it('keeps installations, channels, messages, files and Home tabs over a restart', async () => {
  const options = { persist: { file: join(folder, 'deep', 'slack.json') } }
  const first = await startDouble(options)
  const { token } = first.grant(team, 'U0ALICE', botScopes)
  const before = client(first, token)
  const root = first.say(team, 'U0BOB', '#devops', 'bonjour')
  await before.chat.postMessage({ channel: 'C0DEVOPS', text: 'salut', thread_ts: root.ts })
  await before.filesUploadV2({ channel_id: 'C0DEVOPS', filename: 'a.txt', content: 'kept' })
  await before.views.publish({ user_id: 'U0BOB', view: { type: 'home', blocks: [{ type: 'divider' }] } })
  const direct = first.directMessages(team, 'U0BOB')
  await before.chat.postEphemeral({ channel: 'C0DEVOPS', user: 'U0BOB', text: 'psst' })
  await first.close()
  expect(statSync(options.persist.file).mode & 0o777).toBe(0o600)

  const second = await startDouble(options)
  const after = client(second, token)
  expect((await after.auth.test()).team_id).toBe(team)
  const { messages } = await after.conversations.replies({ channel: 'C0DEVOPS', ts: root.ts })
  expect(messages?.map((message) => message.text)).toEqual(['bonjour', 'salut'])
  expect(messages?.[0]?.reply_count).toBe(1)
  expect(second.messages('C0DEVOPS').map((message) => message.fileIds.length)).toEqual([0, 0, 1])
  expect(second.directMessages(team, 'U0BOB')).toBe(direct)
  expect(second.home('U0BOB')?.json.blocks).toEqual([{ type: 'divider', block_id: expect.any(String) }])
  const { message } = await after.chat.postMessage({ channel: 'C0DEVOPS', text: 'later' })
  expect(Number(message?.ts)).toBeGreaterThan(Number(root.ts))
  await second.close()
})

it('starts empty from a broken file', async () => {
  const file = join(folder, 'broken.json')
  writeFileSync(file, '{"version":1,')
  const double = await startDouble({ persist: { file } })
  expect(double.installation(team)).toBeUndefined()
  await double.close()
})
