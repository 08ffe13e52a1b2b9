import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { incidentId } from './ids.ts'
import { createVerbs, phrases } from './phrases.ts'

const source: ArgumentSpec = {
  name: 'source',
  kind: 'choice',
  nouns: { fr: ['source'], en: ['source'] },
  choices: { notion: { fr: ['notion'], en: ['notion'] }, confluence: { fr: ['confluence'], en: ['confluence'] } },
}

/** The words of `incident.postmortem`. */
export const incidentPostmortemWords: CommandWords = {
  name: 'incident.postmortem',
  action: 'incident',
  effect: 'write',
  arguments: [incidentId, source],
  words: {
    fr: [
      'post-mortem',
      'postmortem',
      ...phrases(
        [...createVerbs.fr, 'rédige', 'rédiger', 'écris', 'écrire', 'prépare', 'publie'],
        ['post-mortem', 'postmortem'],
      ),
    ],
    en: [
      'post-mortem',
      'postmortem',
      ...phrases([...createVerbs.en, 'write', 'draft', 'prepare', 'publish'], ['post-mortem', 'postmortem']),
    ],
  },
}
