import type { Arguments, CommandWords } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { approveWords } from './words/approve.ts'
import { cancelWords } from './words/cancel.ts'
import { denyWords } from './words/deny.ts'

/** The number of an action as people type it: `42`, `#42`; `null` = the one that this thread is about. */
function numberOf(args: Arguments): number | null {
  const typed = optionalText(args, 'id')?.replace(/^#/, '')
  return typed === undefined ? null : Number(typed)
}

/** A decision on another action, by its number or by its thread. */
function decision(act: 'approve' | 'deny' | 'cancel', words: CommandWords, describe: () => Phrase): Command {
  return {
    words,
    theme: 'approve',
    timeLimitMs: 60_000,
    example: () => null,
    subject: () => ({ environment: null, resources: [] }),
    describe,
    async run(context: CommandContext, args: Arguments): Promise<Outcome> {
      const number = numberOf(args)
      if (number !== null && !Number.isSafeInteger(number)) {
        const title = phrase('error.number', { n: optionalText(args, 'id') ?? '' })
        return { result: 'failed', changed: false, answer: { kind: 'outcome', title } }
      }
      const title = await context.decide(act, number)
      return { result: 'done', changed: false, answer: { kind: 'outcome', title } }
    },
  }
}

export const approve = decision('approve', approveWords, () => phrase('action.approve'))
export const deny = decision('deny', denyWords, () => phrase('action.deny'))
export const cancel = decision('cancel', cancelWords, () => phrase('action.cancel'))
