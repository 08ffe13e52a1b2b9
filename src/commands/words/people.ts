import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { project, required } from './shared-arguments.ts'

/** Somebody, by a mention. */
const person: ArgumentSpec = { name: 'person', kind: 'actor', unless: ['name'], required: true }

/** Somebody, by a name as it is typed: `Bob`. */
const name: ArgumentSpec = {
  name: 'name',
  kind: 'name',
  bare: true,
  isPerson: true,
  nouns: { fr: ['personne'], en: ['person'] },
}

const group: ArgumentSpec = {
  name: 'group',
  kind: 'name',
  bare: true,
  nouns: { fr: ['groupe', 'équipe'], en: ['group'] },
}

const give = { fr: [...ordersOf('ajout'), 'mets', 'mettre', 'mettez'], en: ['add', 'put'] }
const take = {
  fr: [...ordersOf('retir'), 'enlève', 'enlever', 'enlevez', ...ordersOf('supprim'), 'sors', 'sortir', 'ôte'],
  en: ['remove', 'take', 'drop', 'kick'],
}

/** The words of `people.remove`. */
export const peopleRemoveWords: CommandWords = {
  name: 'people.remove',
  action: null,
  effect: 'write',
  arguments: [person, name],
  words: {
    fr: [
      "retire de l'équipe",
      ...phrases([...ordersOf('retir'), 'enlève', 'enlever', ...ordersOf('supprim')], ['{mention}']),
      ...phrases(ordersOf('retir'), ['{name}']),
      ...phrases(take.fr, ["… de l'équipe", '… de nox']),
      ...phrases(ordersOf('retir'), ['la personne', 'le membre']),
    ],
    en: [
      'remove from the team',
      ...phrases(['remove', 'offboard', 'kick'], ['{mention}']),
      'offboard {name}',
      'remove {name}',
      ...phrases(take.en, ['… from the team', '… from nox']),
      ...phrases(['remove'], ['person', 'member']),
    ],
  },
}

/** The words of `group.add`: a group begins with the first who is in it. */
export const groupAddWords: CommandWords = {
  name: 'group.add',
  action: null,
  effect: 'write',
  arguments: [person, name, required(group)],
  words: {
    fr: ['ajoute au groupe', ...phrases(give.fr, ['… au groupe', '… dans le groupe', '… dans groupe'])],
    en: [
      'add to group',
      ...phrases(give.en, ['… to the group', '… to group', '… in the group', '… in group', '… into group']),
    ],
  },
}

/** The words of `group.create`. */
export const groupCreateWords: CommandWords = {
  name: 'group.create',
  action: null,
  effect: 'write',
  arguments: [required(group), person, name],
  words: {
    fr: phrases(['crée', 'créer', 'créez', 'nouveau'], ['groupe']),
    en: phrases(['create', 'new', 'make'], ['group']),
  },
}

/** The words of `group.remove`. */
export const groupRemoveWords: CommandWords = {
  name: 'group.remove',
  action: null,
  effect: 'write',
  arguments: [person, name, required(group)],
  words: {
    fr: ['retire du groupe', ...phrases(take.fr, ['… du groupe'])],
    en: [
      'remove from group',
      ...phrases(take.en, ['… from the group', '… from group', '… out of group', '… out of the group']),
    ],
  },
}

const role: ArgumentSpec = {
  name: 'role',
  kind: 'choice',
  required: true,
  nouns: { fr: ['rôle', 'comme', 'en tant que', "en tant qu'"], en: ['role', 'as'] },
  choices: {
    member: { fr: ['membre'], en: ['member'] },
    admin: { fr: ['admin', 'administrateur', 'administratrice'], en: ['admin', 'administrator'] },
    guest: { fr: ['invité', 'invitée'], en: ['guest'] },
  },
}

/** The words of `people.role`. */
export const peopleRoleWords: CommandWords = {
  name: 'people.role',
  action: null,
  effect: 'write',
  arguments: [person, name, role, project],
  words: {
    fr: [...ordersOf('nomm'), ...phrases(['change', 'changer', 'changez'], ['le rôle', 'rôle'])],
    en: ['appoint', ...phrases(['change', 'set'], ['the role', 'role'])],
  },
}
