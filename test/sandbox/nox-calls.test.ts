import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webApiMethods } from '../../src/sandbox/slack/methods/index.ts'
import { readArguments } from '../../src/sandbox/slack/methods/method.ts'
import type { View } from '../../src/sandbox/slack/model.ts'
import { people, societeX, startTestSandbox, type TestSandbox } from '../helpers/sandbox.ts'

interface Element {
  readonly action_id: string
  readonly value?: string
  readonly text?: { readonly text: string }
}

const folder = process.env.NOX_CONTRACTS ?? resolve(import.meta.dirname, '../../../shared/contracts')
const file = resolve(folder, 'slack-sdk.json')
const present = existsSync(file)

/** Every call that NOX makes on its main journeys, held to the types of Slack's own client. */
describe.skipIf(!present)(
  `NOX's calls against ${present ? 'slack-sdk.json' : 'slack-sdk.json (absent: skipped)'}`,
  () => {
    const contract = present ? JSON.parse(readFileSync(file, 'utf8')) : {}
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
    let sandbox: TestSandbox

    beforeAll(async () => {
      if (present) ajv.addSchema(contract, 'slack')
      sandbox = await startTestSandbox()
      const { alice, bob, carol } = people
      const done = async (user: string, text: string, fits: RegExp) => {
        const { ts } = sandbox.say(user, text)
        return sandbox.answer(ts, fits)
      }
      await done(bob, '@NOX help', /NOX/)
      await done(bob, '@NOX status cluster kubernetes', /prod-1/)
      await done(bob, '@NOX affiche logs du service user-api', /user-api/)
      await done(bob, '@NOX déploie user-api branche feature/auth en staging', /Déployé/)
      const refused = await done(bob, '@NOX déploie user-api v2.4.0 en production', /Demander une validation/)
      await sandbox.press(bob, refused, 'Demander une validation')
      const asked = await sandbox.answer(String(refused.threadTs), /Approuver/)
      await sandbox.press(carol, asked, 'Approuver')
      await sandbox.answer(String(refused.threadTs), /Déployé/)
      await done(bob, '@NOX gibberish zorglub', /./)
      await sandbox.slack.slash(societeX, bob, 'C0DEVOPS', '/nox', 'whoami')
      sandbox.slack.openHome(societeX, alice, 'home')
      await pressHome(alice, 'Intégrations')
      await pressHome(alice, 'Connecter un cluster')
      await sandbox.slack.waitForView(alice)
      for (const tab of ['Équipe', 'Permissions', 'Audit']) await pressHome(alice, tab)
      sandbox.slack.openHome(societeX, bob, 'messages')
      await sandbox.slack.waitForMessage(() => true)
      await new Promise((done) => setTimeout(done, 200))
    })
    afterAll(() => sandbox?.stop())

    /** Presses a button of a person's Home tab, once it is there. */
    async function pressHome(user: string, label: string): Promise<void> {
      const fits = (view: View) => JSON.stringify(view.json).includes(`"${label}"`)
      const view = await sandbox.slack.waitForHome(user, fits)
      const blocks = view.json.blocks as { block_id: string; elements?: Element[]; accessory?: Element }[]
      for (const block of blocks) {
        const element = [...(block.elements ?? []), block.accessory].find((each) => each?.text?.text === label)
        if (!element) continue
        const { action_id, value } = element
        const source = { kind: 'view', view_id: view.id } as const
        return sandbox.slack.press(societeX, user, {
          source,
          block_id: block.block_id,
          action_id,
          element: { type: 'button', value },
        })
      }
      throw new Error(`no button "${label}"`)
    }

    const calls = () =>
      sandbox.slack.traces.filter((trace) => trace.direction === 'from-nox' && trace.name in webApiMethods)

    it('makes the calls that are to be looked at', () => {
      const names = new Set(calls().map(({ name }) => name))
      for (const name of [
        'chat.postMessage',
        'chat.update',
        'files.completeUploadExternal',
        'views.publish',
        'views.open',
        'users.info',
      ]) {
        expect([...names]).toContain(name)
      }
    })

    it('succeeds with every one of them', () => {
      const refused = calls().filter(({ response }) => (response as { ok?: boolean }).ok !== true)
      expect(refused.map(({ name, response }) => [name, response])).toEqual([])
    })

    it('would notice a wrong call', () => {
      const check = ajv.getSchema('slack#/components/schemas/A_chat_postMessage')
      expect(check?.({ channel: 'C1', text: 'x' })).toBe(true)
      expect(check?.({ channel: 'C1', text: 5 })).toBe(false)
      expect(check?.({ channel: 'C1', text: 'x', blocks: [{ type: 'divider', colour: 'red' }] })).toBe(false)
    })

    it('sends nothing that the types do not know, and all that they require', () => {
      const wrong = calls().flatMap(({ name, request }) => {
        const check = ajv.getSchema(`slack#/components/schemas/A_${name.replaceAll('.', '_')}`)
        const method = webApiMethods[name]
        if (!check || !method) return []
        const { token: _, ...given } = request as Record<string, unknown>
        const read = readArguments(method.args, given)
        const unknown = Object.keys(given).filter((argument) => !(argument in method.args))
        const problems = check(read)
          ? []
          : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
        return unknown.length + problems.length > 0 ? [{ name, unknown, problems: problems.slice(0, 5) }] : []
      })
      expect(wrong).toEqual([])
    })
  },
)
