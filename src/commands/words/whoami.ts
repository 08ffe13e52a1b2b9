import type { CommandWords } from '../../domain/command-spec.ts'

/** The words of `whoami`. */
export const whoamiWords: CommandWords = {
  name: 'whoami',
  action: null,
  effect: 'read',
  arguments: [],
  words: {
    fr: [
      'qui suis-je',
      'mes droits',
      'mes permissions',
      'mes accès',
      'mon rôle',
      'mon profil',
      'quels sont mes droits',
      'mon compte',
      'que puis-je faire',
      "qu'est-ce que je peux faire",
      "qu'ai-je le droit de faire",
      'je suis qui',
    ],
    en: [
      'whoami',
      'who am i',
      'my permissions',
      'my rights',
      'my role',
      'my access',
      'my profile',
      'what am i allowed to do',
      'what can i do',
      'my account',
    ],
  },
}
