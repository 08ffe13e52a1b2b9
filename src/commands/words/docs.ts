import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const query: ArgumentSpec = { name: 'query', kind: 'rest' }

const source: ArgumentSpec = {
  name: 'source',
  kind: 'choice',
  trailing: true,
  nouns: { fr: ['source'], en: ['source'] },
  choices: { notion: { fr: ['notion'], en: ['notion'] }, confluence: { fr: ['confluence'], en: ['confluence'] } },
}

/** The words of `docs`. */
export const docsWords: CommandWords = {
  name: 'docs',
  action: 'docs',
  effect: 'read',
  arguments: [source, required(query)],
  words: {
    fr: [
      'cherche',
      'cherches',
      'trouve-moi doc',
      'chercher',
      'cherchez',
      'recherche',
      'rechercher',
      'doc',
      'documentation',
      'où est doc',
      'où est documentation',
      ...phrases(['cherche', 'trouve', 'trouver', 'montre', 'affiche'], ['doc', 'documentation', 'docs']),
    ],
    en: [
      'search',
      'search for',
      'look up',
      'look for',
      'docs',
      'documentation',
      ...phrases(['find', 'search', 'show', 'open'], ['doc', 'docs', 'documentation']),
      'where is doc',
      'where are docs',
    ],
  },
}
