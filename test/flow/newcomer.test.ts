import { afterEach, beforeEach, expect, it } from 'vitest'
import { eachBareNox } from '../helpers/bare-nox.ts'
import { contentOf } from '../helpers/sandbox.ts'

const company = 'T0SOCIETEX'
const channel = 'C0DEVOPS'
let ahead = 0

eachBareNox(
  'someone whom Slack does not tell of',
  (bare) => {
    const tenantOf = async () => (await bare().nox.storage.installations.tenantOf(company)) ?? ''
    const bob = async () => bare().nox.storage.members.findBySlackId(await tenantOf(), 'U0BOB')
    /** A word of Bob's; gives what Slack got for it, and its thread. */
    const say = async (text: string) => {
      const { ts } = bare().slack.say(company, 'U0BOB', channel, 'écoute')
      const event = { type: 'app_mention', user: 'U0BOB', text: `<@U0NOXSOCX> ${text}`, ts, channel }
      const { status, reason } = await bare().slack.emit(company, event)
      return { ts, status, reason }
    }
    const answer = (thread: string) =>
      bare().slack.waitForMessage(({ threadTs, ts }) => threadTs === thread && ts !== thread, 15_000)

    beforeEach(async () => {
      ahead = 0
      await bare().slack.install(company, 'U0ALICE')
    })
    afterEach(() => bare().slack.faults.clear())

    it('is answered in time, has no right at all, and is known with a later word', { timeout: 60_000 }, async () => {
      bare().slack.faults.add({ kind: 'slow', method: 'users.info', ms: 20_000 })
      for (const text of ['status', 'whoami', 'qui a le droit de déployer ?']) {
        const said = await say(text)
        expect(said).toMatchObject({ status: 200, reason: null })
        expect(contentOf(await answer(said.ts))).toMatch(/Slack ne dit pas encore qui vous êtes/)
        expect(await bob()).toBeNull()
      }
      const records = async () => bare().nox.storage.audit.list(await tenantOf(), { actor: 'U0BOB', limit: 9 })
      await expect
        .poll(async () => (await records()).map(({ result }) => result))
        .toEqual(['refused', 'refused', 'refused'])
      bare().slack.faults.clear()
      ahead = 60_000
      const said = await say('whoami')
      expect(contentOf(await answer(said.ts))).toMatch(/Bob/)
      expect(await bob()).toMatchObject({ role: 'member' })
    })

    it('who is a guest in Slack is one when Slack tells again', { timeout: 60_000 }, async () => {
      const { slack } = bare()
      slack.faults.add({ kind: 'server-error', method: 'users.info' })
      const dora = async () => bare().nox.storage.members.findBySlackId(await tenantOf(), 'U0DORA')
      const first = slack.say(company, 'U0DORA', '#devops', '@NOX whoami')
      expect(contentOf(await answer(first.ts))).toMatch(/ne dit pas encore/)
      expect(await dora()).toBeNull()
      slack.faults.clear()
      ahead = 60_000
      const again = slack.say(company, 'U0DORA', '#devops', '@NOX whoami')
      await answer(again.ts)
      expect(await dora()).toMatchObject({ role: 'guest' })
    })
  },
  { now: () => Date.now() + ahead },
)
