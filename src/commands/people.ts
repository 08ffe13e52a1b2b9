import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import type { PeopleDone } from './context/people.ts'
import { inviteWords } from './words/invite.ts'
import {
  groupAddWords,
  groupCreateWords,
  groupRemoveWords,
  peopleRemoveWords,
  peopleRoleWords,
} from './words/people.ts'

const base = {
  theme: 'team',
  timeLimitMs: 30_000,
  needs: () => 'people',
  subject: () => ({ environment: null, resources: [] }),
  example: () => null,
} as const satisfies Partial<Command>

/** What came of it, under the order's own words. */
async function told(described: Phrase, work: Promise<PeopleDone>): Promise<Outcome> {
  const { done, say, details = {} } = await work
  const title = phrase(done ? 'people.done' : 'people.notDone', { action: described })
  return {
    result: done ? 'done' : 'failed',
    changed: done,
    answer: { kind: 'outcome', title, ...(say ? { lines: [say] } : {}) },
    details,
  }
}

const nameOf = (args: Arguments): string => optionalText(args, 'name') ?? optionalText(args, 'email') ?? '?'
const ofGroup = (args: Arguments) => ({ name: nameOf(args), group: optionalText(args, 'group') ?? '?' })

/** Filled in by the road, which knows who is meant. */
const personOf = (args: Arguments): string => text(args, 'person')

type Work = (people: CommandContext['people'], args: Arguments) => Promise<PeopleDone>

function command(
  words: Command['words'],
  describe: (args: Arguments) => Phrase,
  work: Work,
  rest: Partial<Command> = {},
): Command {
  return { ...base, words, describe, run: (context, args) => told(describe(args), work(context.people, args)), ...rest }
}

export const invite = command(
  inviteWords,
  (args) => phrase('action.invite', { name: nameOf(args) }),
  (people, args) => people.invite(args),
  { example: () => ({ email: 'jean@example.com' }) },
)

export const peopleRemove = command(
  peopleRemoveWords,
  (args) => phrase('action.people.remove', { name: nameOf(args) }),
  (people, args) => people.remove(personOf(args)),
  { confirms: true },
)

export const groupAdd = command(
  groupAddWords,
  (args) => phrase('action.group.add', ofGroup(args)),
  (people, args) => people.setGroup(personOf(args), text(args, 'group'), true),
)

/** A group begins with the first who is in it. */
export const groupCreate: Command = { ...groupAdd, words: groupCreateWords }

export const groupRemove = command(
  groupRemoveWords,
  (args) => phrase('action.group.remove', ofGroup(args)),
  (people, args) => people.setGroup(personOf(args), text(args, 'group'), false),
  { confirms: true },
)

export const peopleRole = command(
  peopleRoleWords,
  (args) => phrase('action.people.role', { name: nameOf(args), role: phrase(`role.${roleOf(args)}`) }),
  (people, args) => people.setRole(personOf(args), args),
  { confirms: true },
)

const roleOf = (args: Arguments) =>
  (['admin', 'guest'] as const).find((role) => role === optionalText(args, 'role')) ?? 'member'
