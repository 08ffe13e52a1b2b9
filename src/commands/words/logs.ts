import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { cluster, environment, required, service, since } from './shared-arguments.ts'

const lines: ArgumentSpec = {
  name: 'lines',
  kind: 'lines',
  nouns: { fr: ['lignes', 'ligne'], en: ['lines', 'line', 'tail'] },
}

const contains: ArgumentSpec = {
  name: 'contains',
  kind: 'quoted',
  nouns: {
    fr: ['contenant', 'contient', 'contiennent', 'avec', 'grep', 'filtre'],
    en: ['containing', 'contains', 'with', 'grep', 'matching', 'filter'],
  },
}

const level: ArgumentSpec = {
  name: 'level',
  kind: 'level',
  nouns: { fr: ['niveau'], en: ['level'] },
}

const previous: ArgumentSpec = {
  name: 'previous',
  kind: 'flag',
  nouns: { fr: ['conteneur précédent', 'container précédent'], en: ['previous container', 'previous'] },
}

/** The words of `logs`. */
export const logsWords: CommandWords = {
  name: 'logs',
  action: 'logs',
  effect: 'read',
  arguments: [required(service), environment, cluster, since, lines, contains, level, previous],
  words: {
    fr: ['logs', 'log', 'journaux', 'journal'],
    en: ['logs', 'log', 'tail'],
  },
}
