import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { project, required } from './shared-arguments.ts'

const email: ArgumentSpec = { name: 'email', kind: 'email', nouns: { fr: ['mail', 'email'], en: ['email', 'mail'] } }

const person: ArgumentSpec = { name: 'person', kind: 'actor' }

const role: ArgumentSpec = {
  name: 'role',
  kind: 'choice',
  nouns: { fr: ['rôle', 'comme', 'en tant que', "en tant qu'"], en: ['role', 'as'] },
  choices: {
    member: { fr: ['membre', 'member'], en: ['member'] },
    admin: { fr: ['admin', 'administrateur', 'administratrice'], en: ['admin', 'administrator'] },
    guest: { fr: ['invité', 'invitée', 'guest'], en: ['guest'] },
  },
}
const until: ArgumentSpec = {
  name: 'until',
  kind: 'date',
  nouns: { fr: ["jusqu'au", "jusqu'à", 'pendant', 'pour', 'durant'], en: ['until', 'till', 'for', 'through'] },
}

/** The words of `invite`. */
export const inviteWords: CommandWords = {
  name: 'invite',
  action: null,
  effect: 'write',
  arguments: [{ ...required(email), unless: ['person'] }, person, role, project, until],
  words: {
    fr: [...ordersOf('invit'), ...phrases(['ajoute', 'ajouter', 'ajoutez'], ['{email}'])],
    en: ['invite', 'add user', 'add member', 'add {email}'],
  },
}
