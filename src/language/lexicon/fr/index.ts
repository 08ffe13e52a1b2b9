import type { Lexicon } from '../lexicon.ts'
import { between } from './between.ts'
import { commonWords } from './common-words.ts'
import { followUps, sequences } from './follow-ups.ts'
import { politeness } from './politeness.ts'
import { requests } from './requests.ts'
import { telling } from './telling.ts'
import { verbs } from './verbs.ts'

/** The French words around the commands. */
export const frenchLexicon: Lexicon = {
  ...politeness,
  ...requests,
  ...verbs,
  ...between,
  ...telling,
  ...commonWords,
  followUps,
  sequences,
}
