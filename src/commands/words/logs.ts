import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf } from './phrases.ts'
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
    fr: ['contenant', 'contiennent', 'contient', 'avec', 'grep', 'filtre', 'filtrés sur', 'qui contiennent'],
    en: ['containing', 'contains', 'contain', 'with', 'grep', 'matching', 'filter', 'that contain', 'filtered by'],
  },
}
const level: ArgumentSpec = { name: 'level', kind: 'level', nouns: { fr: ['niveau'], en: ['level'] } }
const previous: ArgumentSpec = {
  name: 'previous',
  kind: 'flag',
  nouns: {
    fr: ['conteneur précédent', 'container précédent', 'du conteneur précédent'],
    en: ['previous container', 'previous'],
  },
}

const errors = { fr: ['erreurs', 'erreur'], en: ['errors'] }

/** The words of `logs`. */
export const logsWords: CommandWords = {
  name: 'logs',
  action: 'logs',
  effect: 'read',
  arguments: [required(service), environment, cluster, since, lines, contains, level, previous],
  words: {
    fr: ['logs', 'log', 'journaux', 'journal', 'traces', ...errors.fr],
    en: ['logs', 'log', 'tail', ...errors.en],
  },
  implies: { ...allOf([...errors.fr, ...errors.en], { level: 'error' }) },
}
