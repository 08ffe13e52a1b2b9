import { phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { onCallWords } from './words/on-call.ts'

const fold = (name: string) => name.toLowerCase()

async function run(context: CommandContext, args: Parameters<Command['run']>[1]): Promise<Outcome> {
  const named = optionalText(args, 'group')
  const all = await context.received.onCall()
  const shown = named === undefined ? all : all.filter(({ group }) => fold(group) === fold(named))
  const lines = await Promise.all(
    shown.map(async ({ group, people }) => {
      if (people.length === 0) return phrase('oncall.nobody', { group })
      const names = await Promise.all(people.map((each) => context.nameOf(each)))
      return phrase('oncall.line', { group, people: names.join(', ') })
    }),
  )
  const title =
    shown.length > 0
      ? phrase('oncall.title')
      : all.length > 0 && named !== undefined
        ? phrase('oncall.unknown', { group: named })
        : phrase('oncall.none')
  const groups = all.map(({ group }) => group)
  return {
    result: 'done',
    changed: false,
    answer: {
      kind: 'list',
      title,
      lines,
      ...(all.length === 0 ? { next: phrase('oncall.how') } : {}),
      ...(shown.length === 0 && groups.length > 0
        ? { next: phrase('oncall.groups', { groups: groups.join(', ') }) }
        : {}),
    },
  }
}

/** Who is on call now, of one group or of all: by name, without ringing them. */
export const onCall: Command = {
  words: onCallWords,
  theme: 'look',
  timeLimitMs: 30_000,
  // Where nobody is on call it would lead nowhere.
  example: () => null,
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.oncall'),
  run,
}
