import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Connection } from '../../bench/connection.ts'
import { runLoad } from '../../bench/load.ts'
import { mentionRequest } from '../../bench/mention.ts'
import { type SlackEnd, startSlackEnd } from '../../bench/slack-end.ts'
import { startBareBolt, startHubot, startRawHttp, type Target } from '../../bench/targets.ts'

let slack: SlackEnd
beforeAll(async () => {
  slack = await startSlackEnd()
})
afterAll(() => slack.close())

describe.each([
  ['bare Bolt', startBareBolt],
  ['raw HTTP', startRawHttp],
  ['Hubot', startHubot],
])('%s', (_, start) => {
  let target: Target
  beforeAll(async () => {
    target = await start(slack.apiUrl)
  })
  afterAll(() => target.stop())

  it('answers each mention in its thread, so that it is a peer at all', async () => {
    const seen = await runLoad({ ports: [target.port], slack, text: 'whoami', count: 8, concurrency: 4 })
    expect(seen.lost).toBe(0)
    expect(seen.answers).toHaveLength(8)
  })

  it('checks signatures, as NOX has to', async () => {
    const connection = await new Connection().open(target.port)
    const genuine = mentionRequest(1_000_000, 'whoami', target.port)
    const forged = genuine.replace(/v0=[0-9a-f]{4}/, (start) => (start === 'v0=0000' ? 'v0=1111' : 'v0=0000'))
    expect(await connection.request(forged)).toBe(401)
    connection.close()
  })
})
