import { expect } from 'vitest'
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

/** A conversation with a sandbox whose answers are kept as scenes. */
export interface Stage {
  readonly sandbox: TestSandbox
  readonly scenes: Scene[]
  /** Says it in #devops and keeps the first answer that fits. */
  ask(
    user: string,
    text: string,
    fits: RegExp,
    options?: { title?: string; channel?: string; team?: string },
  ): Promise<{ ts: string; message: Message }>
  /** Keeps the first answer of a thread that fits. */
  keep(title: string, thread: string, fits: RegExp): Promise<Message>
  keepMessage(title: string, message: Message): void
}

/** @param speed simulated seconds of a cluster in a real one */
export async function openStage(speed = 50): Promise<Stage> {
  const sandbox = await startTestSandbox(undefined, speed)
  const scenes: Scene[] = []
  const keepMessage = (title: string, message: Message) => {
    scenes.push({ title, drawn: drawMessage(message) })
  }
  return {
    sandbox,
    scenes,
    keepMessage,
    async ask(user, text, fits, { title, channel = '#devops', team = societeX } = {}) {
      const { ts } = sandbox.say(user, text, { channel, team })
      const message = await sandbox.answer(ts, fits)
      keepMessage(title ?? `${user.slice(2).toLowerCase()}: ${text}`, message)
      return { ts, message }
    },
    async keep(title, thread, fits) {
      const message = await sandbox.answer(thread, fits)
      keepMessage(title, message)
      return message
    },
  }
}

export const fitsAll = (message: Message, ...parts: readonly RegExp[]): boolean =>
  parts.every((part) => part.test(contentOf(message)))
