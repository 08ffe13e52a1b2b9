import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf } from './phrases.ts'
import { mine, repository } from './shared-arguments.ts'

const state: ArgumentSpec = {
  name: 'state',
  kind: 'choice',
  nouns: { fr: ['état', 'statut'], en: ['state'] },
  choices: {
    open: {
      fr: ['ouvertes', 'ouverts', 'ouverte', 'en cours', 'en attente'],
      en: ['open', 'opened', 'pending'],
    },
    merged: { fr: ['mergées', 'mergés', 'fusionnées'], en: ['merged'] },
    closed: { fr: ['fermées', 'fermés'], en: ['closed'] },
  },
}

/** The words of `pulls`. */
export const pullsWords: CommandWords = {
  name: 'pulls',
  action: 'ci',
  effect: 'read',
  arguments: [repository, state, mine],
  words: {
    fr: ['pull requests', 'pull request', 'prs', 'pr', 'merge requests', 'mrs'],
    en: ['pull requests', 'pull request', 'prs', 'pr', 'merge requests', 'mrs', 'open prs'],
  },
  implies: { ...allOf(['open prs'], { state: 'open' }) },
}
