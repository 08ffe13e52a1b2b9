import type { CommandWords } from '../../domain/command-spec.ts'
import { actionId } from './ids.ts'
import { ordersOf } from './phrases.ts'
import { required } from './shared-arguments.ts'

/** The words of `deny`. */
export const denyWords: CommandWords = {
  name: 'deny',
  action: 'approve',
  effect: 'write',
  arguments: [required(actionId)],
  words: {
    fr: [...ordersOf('refus'), 'rejette', 'rejeter', 'rejetez'],
    en: ['deny', 'reject', 'decline'],
  },
}
