import type { Alias } from '../domain/alias.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText, text } from './arguments.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { written } from './examples.ts'
import { aliasListWords } from './words/alias-list.ts'
import { aliasLockWords } from './words/alias-lock.ts'
import { aliasRemoveWords } from './words/alias-remove.ts'
import { aliasSetWords } from './words/alias-set.ts'
import { aliasUnlockWords } from './words/alias-unlock.ts'

/** Lines of a list; what is beyond says how many there are. */
const mostShown = 20

const outcome = (title: Phrase, rest: Partial<Outcome['answer']> = {}): Outcome => ({
  result: 'done',
  changed: true,
  answer: { kind: 'outcome', title, ...rest },
})

const failed = (title: Phrase, why: Phrase): Outcome => ({
  result: 'failed',
  changed: false,
  answer: { kind: 'outcome', title, lines: [why] },
})

const base = {
  theme: 'words',
  timeLimitMs: 30_000,
  subject: () => ({ environment: null, resources: [] }),
} as const

const named = (name: string) => ({ name })
const lineOf = (alias: Alias) => phrase('alias.line', { name: alias.name, text: alias.text })

export const aliasSet: Command = {
  ...base,
  words: aliasSetWords,
  needs: ({ tenant }) => (tenant.aliasesLocked ? 'admin' : 'member'),
  example: ({ services: [service] }) => (service ? { alias: 'lg', expansion: `logs ${service.name}` } : null),
  describe: (args) => phrase('action.alias.set', named(optionalText(args, 'alias') ?? '')),
  async run(context, args) {
    const name = text(args, 'alias')
    const expansion = text(args, 'expansion')
    const problem = context.aliases.problemWith(name, expansion)
    if (problem) return failed(phrase('state.failed', { action: phrase('action.alias.set', named(name)) }), problem)
    await context.aliases.save(name, expansion)
    const line = phrase('alias.line', { name, text: expansion })
    return { ...outcome(phrase('alias.set', { line })), details: { alias: name, text: expansion } }
  },
}

export const aliasList: Command = {
  ...base,
  words: aliasListWords,
  example: () => ({}),
  describe: () => phrase('action.alias.list'),
  async run(context, args) {
    const wanted = optionalText(args, 'alias')?.toLowerCase()
    const all = context.knowledge.aliases
    const shown = wanted === undefined ? all : all.filter(({ name }) => name === wanted)
    if (wanted !== undefined && shown.length === 0) {
      return { ...outcome(phrase('alias.unknown', named(wanted))), changed: false }
    }
    const isLocked = context.tenant.aliasesLocked ? { context: [phrase('alias.isLocked')] } : {}
    const title = shown.length === 0 ? phrase('alias.none') : phrase('alias.title', { n: shown.length })
    const more = shown.length - mostShown
    const lines = [...shown.slice(0, mostShown).map(lineOf), ...(more > 0 ? [phrase('home.more', { n: more })] : [])]
    return { ...outcome(title, { kind: 'list', lines, ...how(context), ...isLocked }), changed: false }
  },
}

/** How one is made, for those who may. */
function how(context: CommandContext): Partial<Outcome['answer']> {
  const args = aliasSet.example(context.knowledge)
  const needs = aliasSet.needs?.(context.knowledge) ?? 'member'
  const question = { command: 'alias.set', action: null, effect: 'write', environment: null, resources: [] } as const
  if (!args || context.may({ ...question, needs }).verdict === 'no') return {}
  const example = `alias ${optionalText(args, 'alias')} = ${optionalText(args, 'expansion')}`
  return { next: phrase('alias.how', { example: written(context, example) }) }
}

export const aliasRemove: Command = {
  ...base,
  words: aliasRemoveWords,
  needs: ({ tenant }) => (tenant.aliasesLocked ? 'admin' : 'member'),
  example: ({ aliases: [alias] }) => (alias ? { alias: alias.name } : null),
  describe: (args) => phrase('action.alias.remove', named(optionalText(args, 'alias') ?? '')),
  async run(context, args) {
    const name = text(args, 'alias').toLowerCase()
    const known = context.knowledge.aliases.find((each) => each.name === name)
    // Told as removed, too, where an interrupted run had removed it before.
    if (!(await context.aliases.remove(name)) && !context.resumed) {
      return { ...outcome(phrase('alias.unknown', named(name))), changed: false }
    }
    const details = { alias: name, text: known?.text ?? null }
    return { ...outcome(phrase('alias.removed', named(name))), details }
  },
}

/** Who may make and change aliases from now on. */
const lock = (isLocked: boolean, words: Command['words']): Command => ({
  ...base,
  words,
  needs: () => 'admin',
  example: () => ({}),
  describe: () => phrase(isLocked ? 'action.alias.lock' : 'action.alias.unlock'),
  async run(context) {
    await context.aliases.setLocked(isLocked)
    return outcome(phrase(isLocked ? 'alias.locked' : 'alias.unlocked'))
  },
})

export const aliasLock = lock(true, aliasLockWords)
export const aliasUnlock = lock(false, aliasUnlockWords)
