import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ActionPress } from '../../src/sandbox/client-api.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { eachBareNox } from '../helpers/bare-nox.ts'
import { plainSpaces, readable } from '../helpers/home.ts'
import { contentOf } from '../helpers/sandbox.ts'
import { sendInteraction } from '../helpers/signed-form.ts'

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

    describe('who presses, sends a form, or opens a menu or Home', () => {
      const carol = 'U0CAROL'
      const silence = /Slack ne dit pas encore qui vous êtes/
      const stranger = async () => bare().nox.storage.members.findBySlackId(await tenantOf(), carol)
      const recorded = async () => {
        const records = await bare().nox.storage.audit.list(await tenantOf(), { actor: carol, limit: 50 })
        return records.filter(({ result, details }) => result === 'refused' && details.rule === 'slack.silent').length
      }
      const call = async (method: string, args: Record<string, unknown>) => {
        const installation = await bare().nox.storage.installations.find(company)
        return bare().nox.channel.api.call(installation?.botToken ?? null, method, args)
      }
      const button = (action_id: string, effect: object = {}) => {
        const text = { type: 'plain_text', text: 'x' }
        return { type: 'button', action_id, text, value: JSON.stringify(effect) }
      }
      const row = (element: object) => [{ type: 'actions', block_id: 'row', elements: [element] }]
      type Button = ReturnType<typeof button>
      const press = (source: ActionPress['source'], { action_id, value }: Button) =>
        bare().slack.press(company, carol, { source, block_id: 'row', action_id, element: { type: 'button', value } })

      /** NOX has written a message with this button, and Carol presses it; gives the thread. */
      async function pressIn(element: Button): Promise<string> {
        const { ts: threadTs } = bare().slack.say(company, 'U0ALICE', channel, 'un fil')
        const args = { channel, thread_ts: threadTs, text: 'x', blocks: row(element) }
        const { ts } = await call('chat.postMessage', args)
        await press({ kind: 'message', channel, ts: String(ts) }, element)
        return threadTs
      }
      /** NOX has drawn Carol's Home with this element; gives the view. */
      async function homeWith(element: object): Promise<ActionPress['source']> {
        await call('views.publish', { user_id: carol, view: { type: 'home', blocks: row(element) } })
        return { kind: 'view', view_id: bare().slack.home(carol)?.id ?? '' }
      }

      beforeEach(() => bare().slack.faults.add({ kind: 'server-error', method: 'users.info' }))
      afterEach(async () => expect(await stranger()).toBeNull())

      it.each([
        ['a decision', button('press.0.fr', { a: 'approve', i: 'x' })],
        ['a form to open', button('open.0.fr', { o: 'connect-vendor', n: 'github' })],
      ])('is told in the thread of a message: %s', async (_, element) => {
        const before = await recorded()
        const thread = await pressIn(element)
        const told = await bare().slack.waitForMessage((each) => each.threadTs === thread && each.onlyFor === carol)
        expect(contentOf(told)).toMatch(silence)
        expect(await recorded()).toBe(before + 1)
      })

      it('is told in a modal where there is no message', async () => {
        const before = await recorded()
        const element = button('admin.add.cluster')
        await press(await homeWith(element), element)
        expect(readable((await bare().slack.waitForView(carol)).json)).toMatch(silence)
        expect(await recorded()).toBe(before + 1)
      })

      it('is told in the form, which stays to be sent again', async () => {
        const before = await recorded()
        await pressIn(button('open.0.fr', { o: 'deny-reason', i: 'x' }))
        const form = await bare().slack.waitForView(carol, ({ json }) => json.callback_id === 'dialog')
        const [input] = (form.json.blocks as { type: string; block_id: string }[]).filter(
          ({ type }) => type === 'input',
        )
        const block = input?.block_id ?? ''
        const sent = await bare().slack.submitView(company, carol, form.id, { [block]: { [block]: { value: 'non' } } })
        const said = 'Slack ne dit pas encore qui vous êtes. Réessayez dans une minute : rien n’a été fait.'
        expect(plainSpaces(sent.errors?.[block] ?? '')).toBe(said)
        expect(await recorded()).toBe(before + 1)
      })

      it('is told in the place of a form that has no field', async () => {
        const view = {
          id: 'V0',
          type: 'modal',
          callback_id: 'admin.remove',
          private_metadata: '{"what":"cluster","id":"x"}',
          state: { values: {} },
          blocks: [],
        }
        const by = { team: { id: company }, user: { id: carol, team_id: company }, trigger_id: '1.2.3' }
        const response = await sendInteraction(bare().url, 'signing', { type: 'view_submission', ...by, view })
        expect(response.status).toBe(200)
        const answer = (await response.json()) as { response_action: string; view: unknown }
        expect(answer.response_action).toBe('update')
        expect(readable(answer.view)).toMatch(silence)
      })

      it('finds nothing in a menu', async () => {
        const placeholder = { type: 'plain_text', text: 'x' }
        const source = await homeWith({ type: 'external_select', action_id: 'find.member', placeholder })
        const ask = { source, block_id: 'row', action_id: 'find.member', value: 'a' }
        expect(await bare().slack.suggest(company, carol, ask)).toEqual([])
      })

      it('reads so in Home', async () => {
        bare().slack.openHome(company, carol)
        const home = await bare().slack.waitForHome(carol, (each) => silence.test(readable(each.json)))
        expect(readable(home.json)).toMatch(/Rouvrez cet onglet dans une minute/)
      })

      it('is told of a shortcut in the thread of its message', async () => {
        const { ts } = bare().slack.say(company, 'U0ALICE', channel, 'status')
        await bare().slack.shortcut(company, carol, 'ask_nox', channel, ts)
        const fits = (each: Message) => each.threadTs === ts && silence.test(contentOf(each))
        await bare().slack.waitForMessage(fits, 15_000)
      })
    })
  },
  { now: () => Date.now() + ahead },
)
