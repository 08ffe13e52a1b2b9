import { beforeAll, expect, it, vi } from 'vitest'
import { createSocketWay } from '../../src/start/slack-entrance.ts'
import { eachBareNox } from '../helpers/bare-nox.ts'

const team = 'T0SOCIETEX'

eachBareNox(
  'Socket Mode',
  (bare) => {
    const answerTo = (ts: string, timeoutMs = 8_000) =>
      bare().slack.waitForMessage((message) => message.threadTs === ts && message.ts !== ts, timeoutMs)

    beforeAll(async () => {
      await vi.waitFor(() => expect(bare().slack.connected).toBe(true), 5_000)
      await bare().slack.install(team, 'U0ALICE')
    })

    it('answers a mention in its thread', async () => {
      const { ts } = bare().slack.say(team, 'U0ALICE', '#devops', '@NOX qui suis-je')
      expect(JSON.stringify((await answerTo(ts)).blocks)).toContain('Alice Martin')
    })

    it('answers a slash command, and tells what it could not take', async () => {
      await bare().slack.slash(team, 'U0ALICE', '#devops', '/nox', 'qui suis-je')
      const announced = await bare().slack.waitForMessage((each) => JSON.stringify(each.blocks).includes('/nox qui'))
      expect(JSON.stringify((await answerTo(announced.ts)).blocks)).toContain('Alice Martin')
    })

    it('hears that somebody chose another language', async () => {
      const { slack } = bare()
      const home = (fits: RegExp) => slack.waitForHome('U0ALICE', ({ json }) => fits.test(JSON.stringify(json)))
      slack.openHome(team, 'U0ALICE')
      await home(/Bonjour/)
      await slack.speak('U0ALICE', 'en-GB')
      slack.openHome(team, 'U0ALICE')
      await home(/Hello/)
      await slack.speak('U0ALICE', 'fr-FR')
    })

    it('acknowledges nothing that was not stored: it comes again, and is done once', async () => {
      const { ledger } = bare().nox.storage
      const accept = vi.spyOn(ledger, 'accept').mockRejectedValueOnce(new Error('the disk is full'))
      const { ts } = bare().slack.say(team, 'U0ALICE', '#devops', '@NOX usage')
      expect(JSON.stringify((await answerTo(ts)).blocks)).toContain('Vous')
      expect(accept.mock.calls.length).toBeGreaterThanOrEqual(2)
      accept.mockRestore()
      const tenantId = (await bare().nox.storage.installations.tenantOf(team)) ?? ''
      const orders = await ledger.list(tenantId, { limit: 100 })
      expect(orders.filter(({ place }) => place.threadTs === ts)).toHaveLength(1)
    })

    it('connects again when Slack drops the connection', async () => {
      bare().slack.dropSockets()
      await vi.waitFor(() => expect(bare().slack.connected).toBe(false), 5_000)
      await vi.waitFor(() => expect(bare().slack.connected).toBe(true), 10_000)
      const { ts } = bare().slack.say(team, 'U0ALICE', '#devops', '@NOX qui suis-je')
      expect(JSON.stringify((await answerTo(ts)).blocks)).toContain('Alice Martin')
    })

    it('tells a token that Slack does not accept before anything else is begun', async () => {
      const way = createSocketWay(
        { appToken: 'xapp-1-A0NOX-1-wrong', apiUrl: bare().slack.apiUrl, botToken: undefined },
        bare().nox.channel,
        () => {},
      )
      await expect(way.check()).rejects.toThrow('SLACK_APP_TOKEN: Slack does not accept this token (invalid_auth)')
    })
  },
  { socket: true },
)
