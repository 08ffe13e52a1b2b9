import type { CommandWords } from '../../domain/command-spec.ts'
import { actionId } from './ids.ts'
import { ordersOf } from './phrases.ts'
import { required } from './shared-arguments.ts'

/** The words of `approve`. */
export const approveWords: CommandWords = {
  name: 'approve',
  action: 'approve',
  effect: 'write',
  arguments: [required(actionId)],
  words: {
    fr: [...ordersOf('approuv'), ...ordersOf('valid'), ...ordersOf('accept'), ...ordersOf('autoris'), 'donne feu vert'],
    en: ['approve', 'accept', 'lgtm {id}'],
  },
}
