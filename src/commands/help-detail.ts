import type { Answer } from '../domain/answer.ts'
import type { ArgumentSpec } from '../domain/command-spec.ts'
import { fr } from '../texts/fr.ts'
import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import type { Command, CommandContext, Question, Verdict } from './command.ts'
import { exampleButton, examplesOf, written } from './examples.ts'
import { featureOf, gapOf } from './feature.ts'
import { gapAnswer } from './gap-answer.ts'

const mostWords = 5
const mostExamples = 3

const isKey = (key: string): key is TextKey => Object.hasOwn(fr, key)
const firstKey = (keys: readonly string[]): TextKey | undefined => keys.find(isKey)

/** Everything about one command: what it does, how it is said, and what it takes for this person here. */
export async function explain(context: CommandContext, command: Command): Promise<Answer> {
  const { name, arguments: specs } = command.words
  const what = firstKey([`help.what.${name}`, `action.${name}`, `help.theme.${command.theme}`]) ?? 'action.help'
  const examples = examplesOf(context, command, mostExamples)
  const items = examples.map(({ said }) => ({ kind: 'code', text: written(context, said) }) as const)
  const gap = gapOf(command, context.knowledge)
  const missing = gap ? await gapAnswer(context, gap, featureOf(name)) : null
  const words = wordsOf(context, command)
  return {
    kind: 'list',
    title: phrase('help.detail', { command: name, what: phrase(what) }),
    lines: [
      ...(words.length > 0 ? [phrase('help.words', { words: words.join(', ') })] : []),
      ...(specs.length > 0 ? [phrase('help.arguments', { arguments: argumentList(name, specs) })] : []),
      ...(items.length > 0 ? [phrase('help.examples', { n: items.length, examples: { kind: 'list', items } })] : []),
      ...(missing ? missing.lines : rightsLines(context, command)),
    ],
    buttons: [
      ...(missing?.buttons ?? []),
      ...examples.map((example) => exampleButton(example, context.knowledge)),
    ].slice(0, 4),
  }
}

/** Other phrases that mean the command; those with a gap or a value in them say nothing by themselves. */
const wordsOf = (context: CommandContext, command: Command): readonly string[] =>
  command.words.words[context.language].filter((each) => !/[…{]/.test(each)).slice(0, mostWords)

function argumentList(command: string, specs: readonly ArgumentSpec[]): Value {
  const items = specs.map((spec) => {
    const key = firstKey([`argument.${command}.${spec.name}`, `argument.${spec.name}`])
    const argument = key ? phrase(key) : phrase('argument.plain', { name: spec.name })
    return spec.required ? argument : phrase('help.argument.optional', { argument })
  })
  return { kind: 'list', items }
}

/** What it takes for this person, by environment. */
function rightsLines(context: CommandContext, command: Command): readonly Phrase[] {
  const { name, action, effect } = command.words
  if (action === null || command.theme === 'me') return [phrase('help.everybody')]
  const environments = environmentsOf(context, command)
  if (environments.length === 0) return []
  const where = new Map<Verdict['verdict'], string[]>()
  for (const environment of environments) {
    const question: Question = { command: name, action, effect, environment, resources: [] }
    const { verdict } = bestOf(context, command, question)
    where.set(verdict, [...(where.get(verdict) ?? []), environment])
  }
  const line = (verdict: Verdict['verdict'], key: TextKey) => {
    const items = where.get(verdict) ?? []
    return items.length > 0 ? [phrase(key, { where: { kind: 'list', items } })] : []
  }
  return [
    ...line('yes', 'help.directly'),
    ...line('confirm', 'help.confirmed'),
    ...line('ask', 'help.approved'),
    ...line('no', 'help.closed'),
  ]
}

function environmentsOf({ knowledge }: CommandContext, command: Command): readonly string[] {
  const things =
    command.theme === 'backup' ? knowledge.backupTargets : knowledge.services.flatMap((each) => each.targets)
  return [...new Set(things.map((each) => each.environment))]
}

const ranks = ['yes', 'confirm', 'ask', 'no'] as const

/** The best that this person may do in an environment: to some resource of it at least. */
function bestOf(context: CommandContext, command: Command, question: Question): Pick<Verdict, 'verdict'> {
  const { knowledge } = context
  const there =
    command.theme === 'backup'
      ? knowledge.backupTargets.filter((each) => each.environment === question.environment)
      : knowledge.services.filter((each) => each.targets.some((target) => target.environment === question.environment))
  let best: Verdict['verdict'] = 'no'
  for (const { name, aliases } of there) {
    const { verdict } = context.may({ ...question, resources: [name, ...aliases] })
    if (ranks.indexOf(verdict) < ranks.indexOf(best)) best = verdict
    if (best === 'yes') break
  }
  return { verdict: best }
}
