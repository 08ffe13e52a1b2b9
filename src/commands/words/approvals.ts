import type { CommandWords } from '../../domain/command-spec.ts'
import { phrases } from './phrases.ts'

/** The words of `approvals`. */
export const approvalsWords: CommandWords = {
  name: 'approvals',
  action: null,
  effect: 'read',
  arguments: [],
  words: {
    fr: [
      'approbations',
      ...phrases(['approbations', 'validations'], ['en attente', 'à donner', 'en cours']),
      ...phrases(['mes', 'liste'], ['approbations', 'validations']),
      ...phrases(['demandes'], ["d'approbation", 'en attente', 'à approuver', 'à valider']),
      ...phrases(['que dois-je', "qu'est-ce que je dois", 'quoi'], ['approuver', 'valider']),
      ...phrases(
        ["qu'est-ce qui attend", "qu'est ce qui attend"],
        ['mon approbation', 'ma validation', 'une approbation'],
      ),
    ],
    en: [
      'approvals',
      ...phrases(['my', 'list', 'pending', 'open', 'waiting'], ['approvals', 'approval requests']),
      'approval requests',
      'pending requests',
      ...phrases(
        ['what needs', "what's waiting for", 'what is waiting for', 'what awaits'],
        ['my approval', 'approval', 'my decision'],
      ),
      'what should I approve',
      'what do I have to approve',
    ],
  },
}
