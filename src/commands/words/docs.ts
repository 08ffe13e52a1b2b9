import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf, phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const query: ArgumentSpec = { name: 'query', kind: 'rest' }

const source: ArgumentSpec = {
  name: 'source',
  kind: 'choice',
  trailing: true,
  nouns: { fr: ['source'], en: ['source'] },
  choices: { notion: { fr: ['notion'], en: ['notion'] }, confluence: { fr: ['confluence'], en: ['confluence'] } },
}

/** Said of anything: a search only where the place is named. */
const finds = { fr: ['trouve', 'trouver', 'trouvez', 'trouve-moi', 'retrouve'], en: ['find', 'find me'] }

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
      ...finds.fr,
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
      ...finds.en,
      'docs',
      'documentation',
      ...phrases(['find', 'search', 'show', 'open'], ['doc', 'docs', 'documentation']),
      'where is doc',
      'where are docs',
    ],
  },
  needs: allOf([...finds.fr, ...finds.en], ['source']),
}
