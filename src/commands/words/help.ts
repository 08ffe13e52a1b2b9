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
      "à l'aide",
      'que sais-tu faire',
      'que peux-tu faire',
      'que fais-tu',
      "qu'est-ce que tu sais faire",
      "qu'est-ce que tu peux faire",
      'tu sais faire quoi',
      'tu peux faire quoi',
      'comment ça marche',
      'comment tu marches',
      'commandes',
      'à quoi sers-tu',
      "besoin d'aide",
      "mode d'emploi",
    ],
    en: [
      'help',
      'help me',
      'what can you do',
      'what do you do',
      'how does this work',
      'how do you work',
      'commands',
      'list commands',
      'what are you able to do',
      'what can i ask',
      'usage help',
    ],
  },
}
