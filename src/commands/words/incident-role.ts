import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { incidentNumber } from './ids.ts'
import { allOf, phrases } from './phrases.ts'
import { required } from './shared-arguments.ts'

const role: ArgumentSpec = {
  name: 'role',
  kind: 'choice',
  nouns: { fr: ['rôle'], en: ['role'] },
  choices: { lead: { fr: ['pilote'], en: ['lead'] }, communication: { fr: ['communication'], en: ['communication'] } },
}
const person: ArgumentSpec = { name: 'person', kind: 'actor', nouns: { fr: ['à', 'personne'], en: ['to', 'person'] } }

const leads = {
  fr: phrases(['pilote', 'pilote de', 'piloter', 'rôle pilote'], ['incident']),
  en: phrases(['lead', 'lead of', 'lead for', 'leader of'], ['incident']),
}
const speaks = {
  fr: phrases(['communication', 'communication de', 'porte-parole'], ['incident']),
  en: phrases(['communication', 'communication of', 'communication for', 'comms for'], ['incident']),
}

/** The words of `incident.role`: who leads, and who tells others. */
export const incidentRoleWords: CommandWords = {
  name: 'incident.role',
  action: 'incident',
  effect: 'write',
  arguments: [incidentNumber, required(role), required(person)],
  words: { fr: [...leads.fr, ...speaks.fr], en: [...leads.en, ...speaks.en] },
  implies: {
    ...allOf([...leads.fr, ...leads.en], { role: 'lead' }),
    ...allOf([...speaks.fr, ...speaks.en], { role: 'communication' }),
  },
}
