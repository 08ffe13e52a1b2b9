import type { Answer, Button } from '../domain/answer.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { type Phrase, phrase } from '../texts/phrase.ts'
import { optionalText } from './arguments.ts'
import type { Command, CommandContext, HelpTheme } from './command.ts'
import { helpWords } from './words/help.ts'

const themes: readonly HelpTheme[] = ['deploy', 'operate', 'look', 'backup', 'approve', 'me']
const shownWords = 6

interface Example {
  readonly command: Command
  readonly args: Arguments
}

/** An order that would make sense here, if the person may give it. */
function exampleOf(context: CommandContext, command: Command): Example | null {
  const args = command.example(context.knowledge)
  if (!args) return null
  const { name, action, effect } = command.words
  const filled = { environment: 'staging', ...args }
  const subject = action === null ? { environment: null, resources: [] } : command.subject(filled, context.knowledge)
  const { verdict } = context.may({ command: name, action, effect, ...subject })
  return verdict === 'no' ? null : { command, args }
}

function overview(context: CommandContext): Answer {
  const lines: Phrase[] = []
  const buttons: Button[] = []
  for (const theme of themes) {
    for (const command of context.allCommands.filter((each) => each.theme === theme)) {
      const example = exampleOf(context, command)
      if (!example || command.words.name === 'help') continue
      const said = `@NOX ${context.say(command.words.name, example.args)}`
      lines.push(phrase('help.line', { theme: phrase(`help.theme.${theme}`), example: said }))
      if (command.words.effect === 'read' && buttons.length < 3) {
        buttons.push({
          label: phrase('action.plain', { command: context.say(command.words.name, example.args) }),
          does: { kind: 'order', command: command.words.name, args: example.args },
        })
      }
    }
  }
  return { kind: 'list', title: phrase('help.title'), lines, buttons }
}

function detail(context: CommandContext, command: Command): Answer {
  const example = exampleOf(context, command)
  const words = command.words.words[context.language].slice(0, shownWords).join(', ')
  return {
    kind: 'list',
    title: phrase('help.detail', {
      command: command.words.name,
      what: phrase(`help.theme.${command.theme}`),
    }),
    lines: [
      phrase('help.words', { words }),
      ...(example
        ? [phrase('help.example', { example: `@NOX ${context.say(command.words.name, example.args)}` })]
        : []),
    ],
  }
}

export const help: Command = {
  words: helpWords,
  theme: 'me',
  timeLimitMs: 30_000,
  example: () => ({}),
  subject: () => ({ environment: null, resources: [] }),
  describe: () => phrase('action.help'),
  async run(context, args) {
    const topic = optionalText(args, 'topic')
    const command = context.allCommands.find((each) => each.words.name === topic)
    const answer = command ? detail(context, command) : overview(context)
    return { result: 'done', changed: false, answer }
  },
}
