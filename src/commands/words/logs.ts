import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf } from './phrases.ts'
import { cluster, environment, required, service, since } from './shared-arguments.ts'

const lines: ArgumentSpec = {
  name: 'lines',
  kind: 'lines',
  short: 'n',
  nouns: { fr: ['lignes', 'ligne'], en: ['lines', 'line', 'log lines', 'tail'] },
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
  short: 'p',
  nouns: {
    fr: ['conteneur précédent', 'container précédent', 'du conteneur précédent'],
    en: ['previous container', 'previous'],
  },
}

const logged: ArgumentSpec = {
  ...service,
  nouns: {
    fr: [...(service.nouns?.fr ?? []), 'pod', 'conteneur'],
    en: [...(service.nouns?.en ?? []), 'pod', 'container'],
  },
}
const warnings = { fr: ['avertissements'], en: ['warnings'] }
const errors = { fr: ['erreurs', 'erreur'], en: ['errors'] }

/** The words of `logs`. */
export const logsWords: CommandWords = {
  name: 'logs',
  action: 'logs',
  effect: 'read',
  arguments: [required(logged), environment, cluster, since, lines, contains, level, previous],
  words: {
    fr: [
      'logs',
      'log',
      'journaux',
      'journal',
      'traces',
      'que disent logs',
      'dernières lignes',
      'lignes de {name}',
      'erreurs dans {name}',
      ...errors.fr,
      ...warnings.fr,
    ],
    en: [
      'logs',
      'log',
      'log lines',
      'tail',
      'errors in {name}',
      'error in {name}',
      'what do logs say',
      'last … lines',
      'lines of {name}',
      'lines from {name}',
      ...errors.en,
      ...warnings.en,
    ],
  },
  implies: {
    ...allOf([...errors.fr, ...errors.en, 'erreurs dans {name}', 'errors in {name}', 'error in {name}'], {
      level: 'error',
    }),
    ...allOf([...warnings.fr, ...warnings.en], { level: 'warn' }),
  },
  ignoredFlags: ['f', 'follow'],
}
