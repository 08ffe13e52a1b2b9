import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Config, readConfig } from '../../src/config.ts'
import { createLog } from '../../src/observability/log.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { type Sandbox, startSandbox } from '../../src/start/start-sandbox.ts'

export const societeX = 'T0SOCIETEX'
export const people = { alice: 'U0ALICE', bob: 'U0BOB', carol: 'U0CAROL', dora: 'U0DORA' } as const

export interface TestSandbox extends Sandbox {
  /** A person writes; gives the message. */
  say(user: string, text: string, options?: { channel?: string; threadTs?: string; team?: string }): Message
  /** The first answer of NOX in a thread that fits, old or new, as `text` and JSON of its blocks. */
  answer(thread: string, fits: RegExp, timeoutMs?: number): Promise<Message>
  /** Resolves once NOX knows the message of each order in a thread: what is pressed then goes on in that message. */
  known(ts: string): Promise<void>
  /** All that NOX wrote in a thread. */
  thread(ts: string, channel?: string): Message[]
  /** Presses the button with this label, or picks it behind `⋯`. */
  press(user: string, message: Message, label: string, team?: string): Promise<void>
}

interface Labelled {
  readonly text?: { readonly text?: string }
}

/** A message's text and blocks, with plain spaces. */
export const contentOf = (message: Message): string =>
  `${message.text}\n${JSON.stringify(message.blocks)}`.replace(/[\u202f\u00a0]/g, ' ')

/** Any answer but one that is still under way. */
export const settled = /^(?![\s\S]*⏳)/

/** The whole sandbox in this process, its clusters fifty times as fast. */
export async function startTestSandbox(
  database?: Config['database'],
  speed = 50,
  watch = false,
  {
    log: given,
    alerts = false,
    ...more
  }: { readonly masterKeys?: readonly string[]; readonly log?: Logger; readonly alerts?: boolean } = {},
): Promise<TestSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'nox-sandbox-'))
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', DATABASE_PATH: join(folder, 'nox.db') })
  if (config.mode !== 'sandbox') throw new TypeError('not a sandbox')
  const log = given ?? createLog({ level: process.env.TEST_LOG ?? 'silent' })
  const where = database ? { database } : {}
  const sandbox = await startSandbox({ ...config, ...where, ...more }, log, { speed, rateLimits: false, watch, alerts })
  const { slack } = sandbox
  const thread = (ts: string, channel = 'C0DEVOPS') =>
    slack.messages(channel).filter((message) => message.threadTs === ts && message.ts !== ts)

  const known = async (ts: string) => {
    const { ledger, installations } = sandbox.nox.storage
    const tenantId = (await installations.tenantOf(societeX)) ?? ''
    const unknown = async () =>
      (await ledger.inThread(tenantId, 'C0DEVOPS', ts, 20)).filter((order) => order.messageTs === null)
    while ((await unknown()).length > 0) await sleep(10)
  }

  return {
    ...sandbox,
    thread,
    known,
    say: (user, text, { channel = '#devops', threadTs, team = societeX } = {}) =>
      slack.say(team, user, channel, text, threadTs === undefined ? {} : { threadTs }),
    answer: (ts, fits, timeoutMs = 20_000) =>
      slack.waitForMessage(
        (message) => message.threadTs === ts && message.ts !== ts && fits.test(contentOf(message)),
        timeoutMs,
      ),
    async press(user, message, label, team = societeX) {
      for (const block of message.blocks as readonly { block_id: string; elements?: Record<string, unknown>[] }[]) {
        const isLabelled = ({ text }: Labelled) => text?.text === label
        const entriesOf = (each: Record<string, unknown>) => (each.options ?? []) as Labelled[]
        const element = block.elements?.find((each) => [each, ...entriesOf(each)].some(isLabelled))
        if (!element) continue
        const entry = entriesOf(element).find(isLabelled)
        return slack.press(team, user, {
          source: { kind: 'message', channel: message.channel, ts: message.ts },
          block_id: block.block_id,
          action_id: String(element.action_id),
          element: entry ? { type: element.type, selected_option: entry } : { type: 'button', value: element.value },
        })
      }
      throw new Error(`no button "${label}" in ${JSON.stringify(message.blocks)}`)
    },
    async stop() {
      await sandbox.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
