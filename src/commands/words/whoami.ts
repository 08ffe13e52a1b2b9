import type { CommandWords } from '../../domain/command-spec.ts'

/** The words of `whoami`. */
export const whoamiWords: CommandWords = {
  name: 'whoami',
  action: null,
  effect: 'read',
  arguments: [],
  words: {
    fr: ['qui suis-je', 'whoami', 'mes droits', 'mes permissions', 'mes accès', 'mon rôle', 'mon profil'],
    en: ['whoami', 'who am i', 'my permissions', 'my rights', 'my role', 'my access', 'my profile'],
  },
}
