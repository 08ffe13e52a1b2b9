import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'

const topic: ArgumentSpec = { name: 'topic', kind: 'command' }

/** The words of `help`. */
export const helpWords: CommandWords = {
  name: 'help',
  action: null,
  effect: 'read',
  arguments: [topic],
  words: {
    fr: [
      'aide',
      'aide-moi',
      'que sais-tu faire',
      'que peux-tu faire',
      'que fais-tu',
      'comment ça marche',
      'comment tu marches',
      '?',
    ],
    en: ['help', 'help me', 'what can you do', 'how does this work', 'how do you work', 'commands'],
  },
}
