import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'

const alias: ArgumentSpec = { name: 'alias', kind: 'name', bare: true }

/** The words of `alias.list`: all of them, or one by its name. */
export const aliasListWords: CommandWords = {
  name: 'alias.list',
  action: null,
  effect: 'read',
  arguments: [alias],
  words: {
    fr: ['alias', 'mes alias', 'nos alias', 'liste alias', 'liste des alias', 'raccourcis', 'mes raccourcis'],
    en: ['alias', 'aliases', 'my aliases', 'our aliases', 'list aliases', 'shortcuts', 'my shortcuts'],
  },
}
