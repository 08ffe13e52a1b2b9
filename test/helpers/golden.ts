import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Language } from '../../src/domain/command-spec.ts'
import type { Message } from '../../src/sandbox/slack/model.ts'
import { drawMessage } from './draw-message.ts'
import { contentOf, societeX, startTestSandbox, type TestSandbox } from './sandbox.ts'

/** One answer in a golden file: what was said or pressed, and what NOX wrote. */
export interface Scene {
  readonly title: string
  readonly drawn: string
}

/** Compares scenes with `test/golden/<name>.md`; `npx vitest run test/golden -u` writes it anew: look at the diff. */
export async function expectGolden(name: string, scenes: readonly Scene[]): Promise<void> {
  const parts = scenes.map(({ title, drawn }) => `## ${title}\n\n${drawn}\n`)
  await expect(parts.join('\n')).toMatchFileSnapshot(`../golden/${name}.md`)
}

export interface AskOptions {
  readonly title?: string
  readonly channel?: string
  readonly team?: string
  readonly threadTs?: string
  readonly timeoutMs?: number
}

/** A conversation with a sandbox whose answers are kept as scenes. */
export interface Stage {
  readonly sandbox: TestSandbox
  readonly tenantId: string
  readonly scenes: Scene[]
  /** Says it in #devops and keeps the first answer that fits. */
  ask(user: string, text: string, fits: RegExp, options?: AskOptions): Promise<{ ts: string; message: Message }>
  /** Presses a button and keeps what comes of it in the thread. */
  press(
    user: string,
    message: Message,
    label: string,
    fits: RegExp,
    options?: { team?: string; timeoutMs?: number },
  ): Promise<Message>
  /** Presses a button and keeps what the presser alone gets to see. */
  pressQuietly(user: string, message: Message, label: string, fits: RegExp): Promise<Message>
  /** Keeps the first answer of a thread that fits. */
  keep(title: string, thread: string, fits: RegExp, timeoutMs?: number): Promise<Message>
  /** Keeps a direct message of NOX. */
  keepDirect(title: string, user: string, fits: RegExp, team?: string): Promise<Message>
  keepMessage(title: string, message: Message): void
  /** Changes what is stored of the tenant, and makes NOX forget what it knew. */
  change(change: (storage: TestSandbox['nox']['storage'], tenantId: string) => Promise<unknown>): Promise<void>
}

const nameOf = (user: string) => user.slice(2).toLowerCase()

/** @param speed simulated seconds of a cluster in a real one */
export async function openStage(speed = 50, language: Language = 'fr', workspace = societeX): Promise<Stage> {
  const sandbox = await startTestSandbox(undefined, speed)
  const { storage, services } = sandbox.nox
  // What a question shows of the cluster is there however slow the machine is.
  Object.assign(services, { lookMs: 120_000 })
  const tenantId = (await storage.installations.tenantOf(workspace)) ?? ''
  const change: Stage['change'] = async (make) => {
    await make(storage, tenantId)
    services.knowledge.drop(tenantId)
  }
  await change(() => storage.tenants.update(tenantId, { language }))
  const scenes: Scene[] = []
  const keepMessage = (title: string, message: Message) => {
    scenes.push({ title, drawn: drawMessage(message) })
  }
  /** What an answer tells may be written a moment after it: numbers and quotas of the next one depend on it. */
  const ended = async () => {
    for (let looks = 0; looks < 100; looks += 1) {
      const running = await storage.ledger.list(tenantId, { states: ['running'], limit: 1 })
      if (running.length === 0) return
      await sleep(20)
    }
  }
  const keep: Stage['keep'] = async (title, thread, fits, timeoutMs) => {
    const message = await sandbox.answer(thread, fits, timeoutMs)
    await ended()
    keepMessage(title, message)
    return message
  }
  return {
    sandbox,
    tenantId,
    scenes,
    keepMessage,
    keep,
    change,
    async ask(user, text, fits, { title, channel = '#devops', team = workspace, threadTs, timeoutMs } = {}) {
      const said = sandbox.say(user, text, { channel, team, ...(threadTs === undefined ? {} : { threadTs }) })
      const thread = threadTs ?? said.ts
      const message = await sandbox.answer(thread, fits, timeoutMs)
      await ended()
      keepMessage(title ?? `${nameOf(user)}: ${text}`, message)
      return { ts: thread, message }
    },
    async press(user, message, label, fits, { team = workspace, timeoutMs } = {}) {
      await sandbox.press(user, message, label, team)
      return keep(`${nameOf(user)} → [${label}]`, message.threadTs ?? message.ts, fits, timeoutMs)
    },
    async pressQuietly(user, message, label, fits) {
      await sandbox.press(user, message, label, workspace)
      const seen = await sandbox.slack.waitForMessage((each) => each.onlyFor === user && fits.test(contentOf(each)))
      keepMessage(`${nameOf(user)} → [${label}]`, seen)
      return seen
    },
    async keepDirect(title, user, fits, team = workspace) {
      const conversation = sandbox.slack.directMessages(team, user)
      const message = await sandbox.slack.waitForMessage(
        (each) => each.channel === conversation && each.user !== user && fits.test(contentOf(each)),
      )
      keepMessage(title, message)
      return message
    },
  }
}

export const fitsAll = (message: Message, ...parts: readonly RegExp[]): boolean =>
  parts.every((part) => part.test(contentOf(message)))
