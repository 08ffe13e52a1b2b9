import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf, phrases } from './phrases.ts'
import { environment, required, service } from './shared-arguments.ts'

const action: ArgumentSpec = {
  name: 'action',
  kind: 'action',
  nouns: { fr: ['action'], en: ['action'] },
  choices: {
    status: {
      fr: [
        'voir',
        'consulter',
        'regarder',
        'visualiser',
        'afficher',
        'lire',
        'surveiller',
        ...phrases(['accéder', 'accède'], ['à', 'au', 'aux']),
      ],
      en: ['see', 'view', 'show', 'display', 'read', 'look at', 'watch', 'access', 'get access to'],
    },
  },
}

const actor: ArgumentSpec = { name: 'actor', kind: 'actor' }

const me = {
  fr: [
    'puis-je',
    'je peux',
    "est-ce que j'ai le droit de",
    "j'ai le droit de",
    'ai-je le droit de',
    'suis-je autorisé à',
    'est-ce que je peux',
    'peut-on',
    'on peut',
    "est-ce qu'on peut",
  ],
  en: [
    'can i',
    'may i',
    'am i allowed to',
    'can we',
    'are we allowed to',
    'do i have permission to',
    'could i',
    'am i able to',
  ],
}

const anyone = {
  fr: ['qui peut', 'qui a le droit de', 'qui est autorisé à', 'qui sont ceux qui peuvent', 'qui pourrait'],
  en: ['who can', 'who may', 'who is allowed to', 'who could', "who's allowed to", 'who has permission to'],
}

/** Who sees it: the question has no other verb. */
const seers = {
  fr: ['qui a accès à', 'qui a accès au', 'qui a accès aux', 'qui voit'],
  en: ['who has access to', 'who sees'],
}

/** The words of `can`. */
export const canWords: CommandWords = {
  name: 'can',
  action: null,
  effect: 'read',
  arguments: [required(action), environment, service, actor],
  words: {
    fr: [
      ...me.fr,
      ...anyone.fr,
      ...seers.fr,
      '{mention} peut',
      '{mention} peut-il',
      '{mention} peut-elle',
      '{mention} a le droit de',
      'peut {mention}',
    ],
    en: [
      ...me.en,
      ...anyone.en,
      ...seers.en,
      'can {mention}',
      'may {mention}',
      'is {mention} allowed to',
      '{mention} can',
      'is … allowed to',
      'does … have the right to',
      'does … have permission to',
    ],
  },
  implies: {
    ...allOf([...me.fr, ...me.en], { actor: 'me' }),
    ...allOf([...anyone.fr, ...anyone.en], { actor: 'anyone' }),
    ...allOf([...seers.fr, ...seers.en], { actor: 'anyone', action: 'status' }),
  },
}
