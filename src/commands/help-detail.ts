import type { Answer } from '../domain/answer.ts'
import type { ArgumentSpec } from '../domain/command-spec.ts'
import { fr } from '../texts/fr.ts'
import type { TextKey } from '../texts/keys.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import type { Command, CommandContext, Question, Verdict } from './command.ts'
import { exampleButton, examplesOf, written } from './examples.ts'
import { featureOf, gapOf } from './feature.ts'
import { gapAnswer } from './gap-answer.ts'
import { spokenWords } from './spoken-words.ts'

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
  const words = spokenWords(command.words, context.language)
  return {
    kind: 'list',
    title: phrase('help.detail', { command: name, what: phrase(what) }),
    lines: [
      ...(words.length > 0 ? [phrase('help.words', { words: words.join(', ') })] : []),
      ...argumentLine(
        'help.arguments',
        name,
        specs.filter(({ required }) => required),
      ),
      ...argumentLine(
        'help.optional',
        name,
        specs.filter(({ required }) => !required),
      ),
      ...(items.length > 0 ? [phrase('help.examples', { n: items.length, examples: { kind: 'list', items } })] : []),
      ...(missing ? missing.lines : await rightsLines(context, command)),
    ],
    buttons: [
      ...(missing?.buttons ?? []),
      ...examples.map((example) => exampleButton(example, context.knowledge)),
    ].slice(0, 4),
  }
}

function argumentLine(
  key: 'help.arguments' | 'help.optional',
  command: string,
  specs: readonly ArgumentSpec[],
): readonly Phrase[] {
  if (specs.length === 0) return []
  const items = specs.map(({ name }): Value => {
    const known = firstKey([`argument.${command}.${name}`, `argument.${name}`])
    return known ? phrase(known) : name
  })
  return [phrase(key, { arguments: { kind: 'list', items } })]
}

/** What it takes for this person, by environment. */
async function rightsLines(context: CommandContext, command: Command): Promise<readonly Phrase[]> {
  const { name, action, effect } = command.words
  if (command.theme === 'approve') return []
  const needs = command.needs?.(context.knowledge)
  if (needs === 'member') return [phrase('help.members')]
  if (needs) {
    const who = await context.whoMay({ command: name, action, effect, environment: null, resources: [], needs })
    return [phrase('refused.who', { people: { kind: 'people', names: who.directly } })]
  }
  if (action === null || command.theme === 'me') return [phrase('help.everybody')]
  if (!command.words.arguments.some((each) => each.name === 'environment') && command.capability) {
    return plainRights(context, { command: name, action, effect, environment: null, resources: [] })
  }
  const where = new Map<Way, string[]>()
  for (const environment of environmentsOf(context, command)) {
    const question: Question = { command: name, action, effect, environment, resources: [] }
    const way = bestWay(context, command, question)
    where.set(way, [...(where.get(way) ?? []), environment])
  }
  const lines = ways.flatMap((way) => {
    const items = where.get(way) ?? []
    return items.length > 0 ? [phrase(wayKeys[way], { where: { kind: 'environments', names: items } })] : []
  })
  const [closed] = where.get('no') ?? []
  if (closed === undefined || where.size > 1 || context.member.role === 'guest') return lines
  const resources = thingsIn(context, command, closed)
    .slice(0, 1)
    .map((thing) => thing.name)
  const who = await context.whoMay({ command: name, action, effect, environment: closed, resources })
  return who.directly.length > 0
    ? [...lines, phrase('refused.who', { people: { kind: 'people', names: who.directly } })]
    : lines
}

/** What it takes where no environment plays a part. */
async function plainRights(context: CommandContext, question: Question): Promise<readonly Phrase[]> {
  const way = wayOf(context.may(question))
  if (way !== 'no') return [phrase(way === 'yes' ? 'help.plain.yes' : 'help.plain.asked')]
  const who = await context.whoMay(question)
  const people = { kind: 'people', names: who.directly } as const
  return [phrase('help.plain.no'), ...(who.directly.length > 0 ? [phrase('refused.who', { people })] : [])]
}

function environmentsOf({ knowledge }: CommandContext, command: Command): readonly string[] {
  const things =
    command.theme === 'backup' ? knowledge.backupTargets : knowledge.services.flatMap((each) => each.targets)
  return [...new Set(things.map((each) => each.environment))]
}

/** Ways to do something, the best first. */
const ways = ['yes', 'confirm', 'ask', 'request', 'no'] as const
type Way = (typeof ways)[number]
const wayKeys = {
  yes: 'help.directly',
  confirm: 'help.confirmed',
  ask: 'help.approved',
  request: 'help.request',
  no: 'help.closed',
} as const satisfies Record<Way, TextKey>

const wayOf = ({ verdict, canAsk }: Verdict): Way => (verdict === 'no' && canAsk ? 'request' : verdict)

const thingsIn = ({ knowledge }: CommandContext, command: Command, environment: string | null) =>
  command.theme === 'backup'
    ? knowledge.backupTargets.filter((each) => each.environment === environment)
    : knowledge.services.filter((each) => each.targets.some((target) => target.environment === environment))

/** The best that this person may do in an environment: to some resource of it at least. */
function bestWay(context: CommandContext, command: Command, question: Question): Way {
  let best: Way = 'no'
  for (const { name, aliases } of thingsIn(context, command, question.environment)) {
    const way = wayOf(context.may({ ...question, resources: [name, ...aliases] }))
    if (ways.indexOf(way) < ways.indexOf(best)) best = way
    if (best === 'yes') break
  }
  return best
}
