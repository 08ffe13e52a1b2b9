import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf } from './phrases.ts'
import { mine, project } from './shared-arguments.ts'

const state: ArgumentSpec = {
  name: 'state',
  kind: 'choice',
  nouns: { fr: ['état', 'statut'], en: ['state', 'status'] },
  choices: {
    open: { fr: ['ouverts', 'ouvert', 'en cours', 'ouvertes'], en: ['open', 'opened', 'ongoing'] },
    closed: { fr: ['fermés', 'fermé', 'clos', 'résolus', 'fermées'], en: ['closed', 'resolved', 'done'] },
    all: { fr: ['tous', 'tout', 'toutes'], en: ['all', 'every'] },
  },
}

const listed: ArgumentSpec = {
  ...project,
  nouns: { fr: [...(project.nouns?.fr ?? []), 'dans'], en: [...(project.nouns?.en ?? []), 'in'] },
}

const own: ArgumentSpec = {
  ...mine,
  nouns: {
    fr: [...(mine.nouns?.fr ?? []), "m'étant assignés", 'assignés à moi', 'qui me sont assignés'],
    en: [...(mine.nouns?.en ?? []), 'assigned to me'],
  },
}

/** The words of `ticket.list`. */
export const ticketListWords: CommandWords = {
  name: 'ticket.list',
  action: 'ticket',
  effect: 'read',
  arguments: [state, listed, own],
  words: {
    fr: ['tickets', 'liste tickets', 'mes tickets', 'issues'],
    en: ['tickets', 'list tickets', 'my tickets', 'issues', 'backlog'],
  },
  implies: { ...allOf(['mes tickets', 'my tickets'], { mine: true }) },
}
