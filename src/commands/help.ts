import type { Answer } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, HelpTheme } from './command.ts'
import { type Example, exampleButton, exampleOf, written } from './examples.ts'
import { featureOf, gapOf, notInVersion } from './feature.ts'
import { gapAnswer } from './gap-answer.ts'
import { explain } from './help-detail.ts'
import { helpWords } from './words/help.ts'

const themes: readonly HelpTheme[] = [
  'deploy',
  'operate',
  'look',
  'backup',
  'ci',
  'tickets',
  'docs',
  'reports',
  'schedules',
  'me',
  'words',
  'team',
]
/** Orders that one theme shows. */
const mostExamples = 3
const mostButtons = 3

function exampleValue(context: CommandContext, { said, verdict }: Example): Value {
  const example = written(context, said)
  return verdict === 'ask' ? phrase('help.asked', { example }) : { kind: 'code', text: example }
}

function themeLine(context: CommandContext, theme: HelpTheme): { line: Phrase | null; examples: readonly Example[] } {
  const examples = context.allCommands
    .filter((command) => command.theme === theme && command.words.name !== 'help')
    .map((command) => exampleOf(context, command))
    .filter((example) => example !== null)
    .slice(0, mostExamples)
  if (examples.length === 0) return { line: null, examples }
  const items = examples.map((example) => exampleValue(context, example))
  const words = { theme: phrase(`help.theme.${theme}`), examples: { kind: 'list', items } as const }
  return { line: phrase('help.line', words), examples }
}

async function overview(context: CommandContext): Promise<Answer> {
  const shown = themes.map((theme) => themeLine(context, theme))
  const examples = shown.flatMap((each) => each.examples)
  const lines = shown.map((each) => each.line).filter((line) => line !== null)
  const looks = examples.filter(({ command }) => command.words.effect === 'read')
  const buttons = looks.slice(0, mostButtons).map((example) => exampleButton(example, context.knowledge))
  // A name in two parts (`channel.show`) is nothing that anybody types.
  const detailed = examples.map(({ command }) => command.words.name).find((name) => !name.includes('.')) ?? 'whoami'
  const more = phrase('help.more', { example: written(context, context.say('help', { topic: detailed })) })
  const deploy = context.allCommands.find((command) => command.words.name === 'deploy')
  const gap = deploy ? gapOf(deploy, context.knowledge) : null
  const title = phrase('help.title')
  if (gap) {
    const { lines: reasons, buttons: ways } = await gapAnswer(context, gap, featureOf('deploy'))
    return { kind: 'list', title, lines: [...lines, ...reasons], buttons: [...ways, ...buttons], context: [more] }
  }
  const isClosed = examples.every(({ command }) => command.theme === 'me' || command.theme === 'words')
  if (!isClosed) return { kind: 'list', title, lines, buttons, context: [more] }
  const names = await context.admins()
  const who = names.length > 0 ? [phrase('help.whoOpens', { people: { kind: 'people', names } })] : []
  return { kind: 'list', title, lines: [...lines, phrase('help.onlyThis'), ...who], buttons, context: [more] }
}

async function answerFor(context: CommandContext, args: Arguments): Promise<Answer> {
  const topic = optionalText(args, 'topic')
  if (topic === undefined) return overview(context)
  const command = context.allCommands.find((each) => each.words.name === topic)
  if (command) return explain(context, command)
  return {
    kind: 'list',
    title: notInVersion(topic),
    buttons: [{ label: phrase('button.help'), does: { kind: 'order', command: 'help', args: {} } }],
  }
}

export const help: Command = {
  words: helpWords,
  theme: 'me',
  timeLimitMs: 30_000,
  example: () => ({}),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.help'),
  run: async (context, args) => ({ result: 'done', changed: false, answer: await answerFor(context, args) }),
}
